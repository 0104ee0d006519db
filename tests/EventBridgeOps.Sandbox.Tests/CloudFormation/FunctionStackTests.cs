using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.Tests.Lambda;

namespace EventBridgeOps.Sandbox.Tests.CloudFormation;

/// <summary>A function is deployed as the automation is: its package and its template are in a bucket.</summary>
public sealed class FunctionStackTests : StackTest
{
    private const string Template = """
        Parameters: { Key: { Type: String } }
        Resources:
          Role:
            Type: AWS::IAM::Role
            Properties:
              AssumeRolePolicyDocument: { Version: 2012-10-17, Statement: [ { Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole } ] }
              Policies: [ { PolicyName: p, PolicyDocument: { Version: 2012-10-17, Statement: [ { Effect: Allow, Action: [ "sqs:*", "logs:*" ], Resource: "*" } ] } } ]
          Log: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: !Sub "/aws/lambda/${Function}", RetentionInDays: 14 } }
          Function:
            Type: AWS::Lambda::Function
            Properties:
              FunctionName: !Sub "${AWS::StackName}-function"
              Runtime: provided.al2023
              Handler: bootstrap
              Role: !GetAtt Role.Arn
              Timeout: 300
              MemorySize: 256
              Environment: { Variables: { STAGE: test } }
              Code: { S3Bucket: packages, S3Key: !Ref Key }
          Config: { Type: AWS::Lambda::EventInvokeConfig, Properties: { FunctionName: !Ref Function, Qualifier: $LATEST, MaximumRetryAttempts: 0 } }
          Permission: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !GetAtt Function.Arn, Action: lambda:InvokeFunction, Principal: events.amazonaws.com, SourceArn: !GetAtt Rule.Arn } }
          Rule: { Type: AWS::Events::Rule, Properties: { EventPattern: { source: [ test ] }, Targets: [ { Id: function, Arn: !GetAtt Function.Arn } ] } }
          Queue: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 300 } }
          Mapping: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: !Ref Function, EventSourceArn: !GetAtt Queue.Arn, BatchSize: 5, FunctionResponseTypes: [ ReportBatchItemFailures ] } }
        """;

    [Fact]
    public async Task FunctionIsDeployedUpdatedAndRemoved()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "SKIPPED: bash is needed for the bootstrap of the test.");
        await Put("packages", "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>"u8.ToArray());
        foreach (string version in new[] { "one", "two" })
            await Put($"packages/{version}.zip", Convert.FromBase64String(LambdaTest.Zip($"respond '\"{version}'$STAGE'\"'")));
        await Put("packages/template.yaml", Encoding.UTF8.GetBytes(Template));
        string[] before = await Everything();

        Assert.Equal("CREATE_COMPLETE", await Deployed("CreateStack", "one.zip"));
        Assert.Equal("\"onetest\"", await Invoke());
        Assert.Equal("UPDATE_COMPLETE", await Deployed("UpdateStack", "two.zip"));
        Assert.Equal("\"twotest\"", await Invoke());
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await Deployed("UpdateStack", "three.zip"));
        Assert.Contains("S3 Error Code: NoSuchKey.", await Reason("Function"));
        Assert.Equal("\"twotest\"", await Invoke());
        string tags = (await Aws.Send("lambda", "/2017-03-31/tags/arn:aws:lambda:eu-west-1:123456789012:function:app-function", null, "", method: HttpMethod.Get)).Succeeded().Text;
        Assert.Contains("\"aws:cloudformation:stack-name\":\"app\"", tags);

        Assert.Equal("DELETE_COMPLETE", await Deleted());
        Assert.Equal(before, await Everything());
        Refused(await Cfn("CreateStack", ("StackName", Name), ("TemplateURL", Url("none.yaml"))), "S3 error: The specified key does not exist.");
        Refused(await Cfn("CreateStack", ("StackName", Name), ("TemplateURL", "template.yaml")), "TemplateURL must be a supported URL.");
    }

    /// <summary>The templates that are installed: each of their resources is simulated, but for the alarms that compute with several metrics.</summary>
    [Fact]
    public async Task TemplatesOfTheAutomationAreDeployed()
    {
        (await Deploy("CreateStack", "bucket", await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "CloudFormation", "package-bucket.yaml"), Token))).Succeeded();
        Assert.Equal("CREATE_COMPLETE", await Settled("bucket"));
        string bucket = (await Outputs("bucket"))["BucketName"];
        await Put($"{bucket}/one.zip", Convert.FromBase64String(LambdaTest.Zip("respond '1'")));
        string[] before = await Everything();
        string template = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "CloudFormation", "automation.yaml"), Token);
        template = Regex.Replace(template.ReplaceLineEndings("\n"), @"^  (EventsSentToDeadLetterQueue|EventsLost):\n(    .*\n|\n)+", "", RegexOptions.Multiline);
        (string, string?)[] parameters = [("Parameters.member.1.ParameterKey", "CodeBucket"), ("Parameters.member.1.ParameterValue", bucket), ("Parameters.member.2.ParameterKey", "CodeKey"), ("Parameters.member.2.ParameterValue", "one.zip")];
        string status = await Created(template, parameters);
        Assert.True(status == "CREATE_COMPLETE", string.Join("\n", (await Events()).Select(one => $"{one} {one.Reason}")));
        Invalid(await Update(template, parameters), "No updates are to be performed.");
        status = await Updated(template, [.. parameters, ("Parameters.member.3.ParameterKey", "MemorySize"), ("Parameters.member.3.ParameterValue", "512"), ("Parameters.member.4.ParameterKey", "DriftMode"), ("Parameters.member.4.ParameterValue", "Repair")]);
        Assert.True(status == "UPDATE_COMPLETE", string.Join("\n", (await Events()).Select(one => $"{one} {one.Reason}")));
        Assert.Equal("DELETE_COMPLETE", await Deleted());
        // What has data stays, as the template says.
        string[] left = [.. (await Everything()).Except(before)];
        Assert.Equal(["DeadLetterQueue", "Logs", "ParkedQueue", "Table"], left.Select(row => Regex.Match(row, "app-([A-Za-z]+)-").Groups[1].Value).Distinct().Order(StringComparer.Ordinal));
        Assert.Empty(before.Except(await Everything()));
    }

    private async Task<string> Deployed(string action, string key)
    {
        Answer answer = await Cfn(action, ("StackName", Name), ("TemplateURL", Url("template.yaml")), ("Capabilities.member.1", "CAPABILITY_IAM"),
            ("Parameters.member.1.ParameterKey", "Key"), ("Parameters.member.1.ParameterValue", key));
        answer.Succeeded();
        string status = await Settled();
        return status == "ROLLBACK_COMPLETE" ? string.Join("\n", (await Events()).Select(one => $"{one} {one.Reason}")) : status;
    }

    private static string Url(string key) => $"https://packages.s3.eu-west-1.amazonaws.com/{key}";

    private async Task<string> Invoke() => (await Aws.Send("lambda", "/2015-03-31/functions/app-function/invocations", null, "{}", "application/json")).Text;

    private async Task Put(string path, byte[] body)
    {
        using HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
        using HttpRequestMessage request = new(HttpMethod.Put, new Uri(Server.Endpoint, path)) { Content = new ByteArrayContent(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("AWS4-HMAC-SHA256", "Credential=test/20260101/eu-west-1/s3/aws4_request");
        using HttpResponseMessage response = await http.SendAsync(request, Token);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Token));
    }
}
