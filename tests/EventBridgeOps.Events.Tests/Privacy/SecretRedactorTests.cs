using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Privacy;

namespace EventBridgeOps.Events.Tests;

public class SecretRedactorTests
{
    [Theory]
    [InlineData("postgres://user:hunter2@db.example.com:5432/app")]
    [InlineData("connect to mysql://root:p%40hunter2@host failed")]
    [InlineData("password=hunter2")]
    [InlineData("Password: hunter2")]
    [InlineData("db_password:hunter2")]
    [InlineData("PGPASSWORD=hunter2 psql")]
    [InlineData("DB_PASSWORD = 'two words hunter2'")]
    [InlineData("""{"password":"hunter2"}""")]
    [InlineData("""{"dbPassword" : "a,b}c;hunter2 & more"}""")]
    [InlineData("""{\"apiKey\":\"hunter2 \\\" x\"}""")]
    [InlineData("""{"Name":"DATABASE_URL","Value":"hunter2"}""")]
    [InlineData("""{\"name\": \"API_TOKEN\", \"value\": \"hunter2\"}""")]
    [InlineData("""["--api-token","hunter2"]""")]
    [InlineData("run --password hunter2 --verbose")]
    [InlineData("Authorization: Bearer hunter2")]
    [InlineData("""{"Authorization":"Basic hunter2=="}""")]
    [InlineData("GITHUB_TOKEN: hunter2")]
    [InlineData("aws_secret_access_key = hunter2/+x")]
    [InlineData("X-Amz-Security-Token=hunter2&X-Amz-Date=1")]
    [InlineData("post to https://hooks.slack.com/services/T000/B000/hunter2, please")]
    [InlineData("https://discord.com/api/webhooks/123/hunter2")]
    [InlineData("https://ptb.discordapp.com/api/v10/webhooks/123/hunter2?wait=true")]
    [InlineData("""{"Url":"https://acme.webhook.office.com/webhookb2/hunter2@x/IncomingWebhook/y"}""")]
    [InlineData("https://chat.googleapis.com/v1/spaces/A/messages?key=hunter2&token=hunter2")]
    [InlineData("https://acme.blob.core.windows.net/c/b.txt?sv=2022&se=2030&sig=hunter2%2Bx%3D")]
    [InlineData("https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=hunter2%2F2030&X-Amz-Signature=hunter2ff&X-Amz-Expires=60")]
    [InlineData("https://storage.googleapis.com/b/k?X-Goog-Signature=hunter2ff")]
    [InlineData("https://prod-1.westeurope.logic.azure.com/workflows/1/triggers/manual?api-version=1&sig=hunter2")]
    public void A_secret_is_taken_out(string text)
    {
        string redacted = SecretRedactor.Redact(text);

        Assert.DoesNotContain("hunter2", redacted, StringComparison.Ordinal);
        Assert.Contains(SecretRedactor.Mark, redacted, StringComparison.Ordinal);
        Assert.Equal(redacted, SecretRedactor.Redact(redacted));
    }

    [Theory]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("key ASIAIOSFODNN7EXAMPLE.")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U")]
    public void Keys_and_web_tokens_are_taken_out(string text) => Assert.Contains(SecretRedactor.Mark, SecretRedactor.Redact(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("arn:aws:batch:eu-west-1:123456789012:job-definition/rotate-token:14")]
    [InlineData("arn:aws:secretsmanager:eu-west-1:123456789012:secret:mydb-AbCdEf")]
    [InlineData("arn:aws:iam::123456789012:role/token-service")]
    [InlineData("reset-password:3 -> reset-password:4")]
    [InlineData("'db_secret:12' is not ACTIVE. ACTIVE are 13, 14.")]
    [InlineData("Target token of rule mvp-secret-rotation (bus credentials) is no longer what was planned for: it is gone.")]
    [InlineData("https://eu-west-1.console.aws.amazon.com/events/home?region=eu-west-1#/eventbus/default/rules/key=value")]
    [InlineData("https://api.example.com/orders?page=2&sort=signature&code=ok")]
    [InlineData("cron(0/15 3 * * ? *)")]
    [InlineData("ExpiredTokenException: The security token included in the request is expired")]
    [InlineData("ExpiredToken: The provided token has expired.")]
    [InlineData("InvalidClientTokenId: The security token included in the request is invalid.")]
    [InlineData("UnrecognizedClientException. The security token included in the request is invalid. (request id 1-2)")]
    [InlineData("ListRules on bus a does not end: the service gave the same page token again. Try again")]
    [InlineData("could not reach http://127.0.0.1:5000: connection refused")]
    [InlineData("see https://health.aws.amazon.com:443/status or mail ops@example.com")]
    [InlineData("bus/password-rule/target: Behind, job:12 -> job:14")]
    [InlineData("User: arn:aws:iam::123456789012:user/a is not authorized to perform: events:PutTargets on resource: arn:aws:events:eu-west-1:123456789012:rule/b/r")]
    [InlineData("refresh-token rotation is off")]
    [InlineData("Give -ProfileName, -AccessKey and -SecretKey, or --access-key and --secret-key; -SessionToken goes with them.")]
    [InlineData("{\"InputPathsMap\":{\"key\":\"$.detail.key\"}}")]
    public void What_is_no_secret_stays(string text) => Assert.Equal(text, SecretRedactor.Redact(text));

    [Theory]
    [InlineData("a")]
    [InlineData("a://b:")]
    [InlineData("password")]
    [InlineData("password=")]
    [InlineData("token:")]
    [InlineData("\"token\":\"")]
    [InlineData("--token ")]
    [InlineData("--")]
    [InlineData("a-b_")]
    [InlineData("\\\\\"")]
    [InlineData("eyJabcdefghij.")]
    [InlineData(":= \"")]
    public void A_long_text_is_not_given_up(string part)
    {
        string text = string.Concat(Enumerable.Repeat(part, 100_000 / part.Length));

        // One that would take too long is replaced as a whole.
        Assert.NotEqual(SecretRedactor.Mark, SecretRedactor.Redact(text));
    }

    [Theory]
    [InlineData("""{"Id":"t","Input":"{\"password\":\"hunter2\",\"n\":1}"}""")]
    [InlineData("""{"Id":"t","Input":"{\"environment\":[{\"value\":\"hunter2\",\"name\":\"DB_PASSWORD\"}]}"}""")]
    [InlineData("""{"Id":"t","Input":"{\"ContainerOverrides\":{\"Environment\":[{\"Name\":\"API_KEY\",\"Value\":\"hunter2\"}],\"Command\":[\"run\",\"--token\",\"hunter2\"]}}"}""")]
    [InlineData("""{"Id":"t","Input":"{\"inner\":\"{\\\"secret\\\":{\\\"a\\\":[\\\"hunter2\\\"]}}\"}"}""")]
    [InlineData("""{"Id":"t","Input":"[\"postgres://u:hunter2@h/d\"]"}""")]
    [InlineData("""{"Id":"t","Input":"\"password=hunter2\""}""")]
    [InlineData("""{"Id":"t","InputTransformer":{"InputPathsMap":{"k":"$.k"},"InputTemplate":"{\"key\": <k>, \"apiKey\": \"hunter2\", \"Name\": \"DB_URL\", \"Value\": \"hunter2\"}"}}""")]
    [InlineData("""{"Id":"t","HttpParameters":{"HeaderParameters":{"X-Api-Key":"hunter2","Accept":"*/*"},"QueryStringParameters":{"access_token":"hunter2"}}}""")]
    [InlineData("""{"Id":"t","credentials":{"user":"hunter2","pins":[1,"hunter2"]}}""")]
    public void No_secret_of_a_document_is_kept(string json)
    {
        JsonObject document = Document.Parse(json);

        string redacted = Document.Write(DocumentRedactor.Redact(document));

        Assert.DoesNotContain("hunter2", redacted, StringComparison.Ordinal);
        Assert.Equal(json, Document.Write(document));
        Assert.Equal(redacted, Document.Write(DocumentRedactor.Redact(Document.Parse(redacted))));
    }

    [Theory]
    [InlineData("""{"Id":"token","Arn":"arn:aws:batch:eu-west-1:123456789012:job-queue/secrets","BatchParameters":{"JobDefinition":"rotate-token:12","JobName":"rotate","ArrayProperties":{"Size":10}},"RetryPolicy":{"MaximumRetryAttempts":3}}""")]
    [InlineData("""{"Id":"t","Input":"{ \"key\" : \"value\", \"n\" : 1.0 }","DeadLetterConfig":{"Arn":"arn:aws:sqs:eu-west-1:123456789012:dead"}}""")]
    [InlineData("""{"Id":"t","BatchParameters":{"JobDefinition":"password:x y"}}""")]
    public void An_ordinary_document_is_kept_letter_by_letter(string json) => Assert.Equal(json, Document.Write(DocumentRedactor.Redact(Document.Parse(json))));
}
