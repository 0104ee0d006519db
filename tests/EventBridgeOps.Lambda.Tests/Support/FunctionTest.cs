using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Sandbox;

namespace EventBridgeOps.Lambda.Tests.Support;

/// <summary>An account with a table, a repository, a job definition that runs it, and a target that is pinned to the first revision.</summary>
public abstract class FunctionTest : SandboxFixture
{
    public const string Table = "ebops";
    protected const string Registry = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

    protected override SandboxOptions Options => new() { Seed = 1, KeepUnknownMembers = true };

    /// <summary>The usual configuration.</summary>
    protected static Dictionary<string, string> Settings => new() { ["EBOPS_TABLE"] = Table, ["IMAGE_TAG"] = "v*" };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await FillAsync();
    }

    /// <summary>Makes what the account has.</summary>
    protected async Task FillAsync()
    {
        (await Aws.Send("dynamodb", "/", "DynamoDB_20120810.CreateTable", $$$$"""
            {"TableName":"{{{{Table}}}}","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},{"AttributeName":"at","AttributeType":"S"}],
             "KeySchema":[{"AttributeName":"id","KeyType":"HASH"},{"AttributeName":"at","KeyType":"RANGE"}]}
            """, "application/x-amz-json-1.0")).Succeeded();
        (await Aws.Ecr("CreateRepository", """{"repositoryName":"team/app"}""")).Succeeded();
        await PushAsync("v1");
        (await Aws.Batch("RegisterJobDefinition", $$$$"""{"jobDefinitionName":"job","type":"container","containerProperties":{"image":"{{{{Registry}}}}/team/app:v1","vcpus":1,"memory":128,"odd":1.0}}""")).Succeeded();
        await MakeQueueAsync();
        (await Aws.Events("PutRule", """{"Name":"r","EventPattern":"{\"source\":[\"s\"]}"}""")).Succeeded();
        await PutTargetAsync("r", "job:1");
    }

    /// <summary>What a later version of the service may have in a target.</summary>
    protected virtual string Unknown => ""","Odd":[1.0,1e400]""";

    protected virtual async Task MakeQueueAsync()
    {
        (await Aws.Batch("CreateComputeEnvironment", """{"computeEnvironmentName":"e","type":"MANAGED"}""")).Succeeded();
        (await Aws.Batch("CreateJobQueue", """{"jobQueueName":"q","priority":1,"state":"ENABLED","computeEnvironmentOrder":[{"order":1,"computeEnvironment":"e"}]}""")).Succeeded();
    }

    protected async Task PutTargetAsync(string rule, string jobDefinition) => (await Aws.Events("PutTargets", $$$$"""
        {"Rule":"{{{{rule}}}}","Targets":[{"Id":"t","Arn":"arn:aws:batch:eu-west-1:123456789012:job-queue/q","RoleArn":"arn:aws:iam::123456789012:role/r"{{{{Unknown}}}},
         "BatchParameters":{"JobDefinition":"{{{{jobDefinition}}}}","JobName":"n","Odd":true}}]}
        """)).Succeeded();

    /// <summary>Pushes an image, and returns the event of ECR.</summary>
    protected async Task<string> PushAsync(string tag)
    {
        await Aws.Ecr("PutImage", $$$$"""{"repositoryName":"team/app","imageTag":"{{{{tag}}}}","imageManifest":"{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":{\"digest\":\"{{{{tag}}}}\"}}"}""");
        JsonElement image = (await Aws.Ecr("DescribeImages", $$$$"""{"repositoryName":"team/app","imageIds":[{"imageTag":"{{{{tag}}}}"}]}""")).Json.GetProperty("imageDetails")[0];
        return $$$$"""
            {"version":"0","id":"e-{{{{tag}}}}","detail-type":"ECR Image Action","source":"aws.ecr","account":"123456789012","time":"2026-11-27T10:00:0{{{{tag[^1]}}}}Z","region":"eu-west-1","resources":[],
             "detail":{"result":"SUCCESS","repository-name":"team/app","image-digest":"{{{{image.GetProperty("imageDigest").GetString()}}}}","action-type":"PUSH","image-tag":"{{{{tag}}}}"}}
            """;
    }

    /// <summary>The images of the ACTIVE revisions, by number.</summary>
    protected async Task<string[]> ImagesAsync() =>
        [.. (await Aws.Batch("DescribeJobDefinitions", """{"jobDefinitionName":"job","status":"ACTIVE"}""")).Json.GetProperty("jobDefinitions").EnumerateArray()
            .OrderBy(revision => revision.GetProperty("revision").GetInt32())
            .Select(revision => $"{revision.GetProperty("revision").GetInt32()} {revision.GetProperty("containerProperties").GetProperty("image").GetString()!.Split(':')[^1]}")];

    protected async Task<JsonObject> TargetAsync(string rule = "r") =>
        (JsonObject)JsonNode.Parse((await Aws.Events("ListTargetsByRule", $$$$"""{"Rule":"{{{{rule}}}}"}""")).Text)!["Targets"]![0]!;

    protected async Task<string> JobDefinitionAsync(string rule = "r") => (string)(await TargetAsync(rule))["BatchParameters"]!["JobDefinition"]!;

    protected Task<Answer> Sqs(string operation, string input) => Aws.Send("sqs", "/", "AmazonSQS." + operation, input, "application/x-amz-json-1.0");

    protected async Task<string> QueueAsync(string name) => (await Sqs("CreateQueue", $$$$"""
        {"QueueName":"{{{{name}}}}","Attributes":{"Policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":[\"events.amazonaws.com\",\"sns.amazonaws.com\"]},\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\"}]}"}}
        """)).Json.GetProperty("QueueUrl").GetString()!;

    protected async Task<string[]> BodiesAsync(string queue) =>
        (await Sqs("ReceiveMessage", $$$$"""{"QueueUrl":"{{{{queue}}}}","MaxNumberOfMessages":10}""")).Json.TryGetProperty("Messages", out JsonElement messages)
            ? [.. messages.EnumerateArray().Select(message => message.GetProperty("Body").GetString()!)]
            : [];

    /// <summary>Makes a service "app" in the cluster "web" that runs the first image, and rolls back what fails.</summary>
    protected async Task MakeServiceAsync()
    {
        (await Aws.Ecs("CreateCluster", """{"clusterName":"web"}""")).Succeeded();
        (await Aws.Ecs("RegisterTaskDefinition", $$"""
            {"family":"app","containerDefinitions":[{"name":"main","image":"{{Registry}}/team/app:v1","memory":128,"essential":true,"environment":[{"name":"A","value":"1"}]}]}
            """)).Succeeded();
        (await Aws.Ecs("CreateService", """
            {"cluster":"web","serviceName":"app","taskDefinition":"app:1","desiredCount":1,"deploymentConfiguration":{"deploymentCircuitBreaker":{"enable":true,"rollback":true},"maximumPercent":200,"minimumHealthyPercent":100}}
            """)).Succeeded();
        Server.AdvanceTime(TimeSpan.FromMinutes(1));
    }

    /// <summary>A queue that gets the result events, by its URL.</summary>
    protected async Task<string> ResultsAsync()
    {
        string results = await QueueAsync("results");
        (await Aws.Events("PutRule", """{"Name":"results","EventPattern":"{\"source\":[\"EventBridgeOps\"]}"}""")).Succeeded();
        (await Aws.Events("PutTargets", """{"Rule":"results","Targets":[{"Id":"q","Arn":"arn:aws:sqs:eu-west-1:123456789012:results"}]}""")).Succeeded();
        return results;
    }

    /// <summary>The event that an image is ready to be deployed.</summary>
    protected static string Ready(string id, string tag = "v2", string source = "github.actions", string repository = "team/app") =>
        $$$"""{"version":"0","id":"{{{id}}}","source":"{{{source}}}","detail-type":"Deployment Ready","account":"123456789012","time":"2026-11-27T10:00:00Z","region":"eu-west-1","resources":[],"detail":{"repository":"{{{repository}}}","tag":"{{{tag}}}","commit":"c0ffee","actor":"ann"}}""";

    /// <summary>The task definitions and their images.</summary>
    protected async Task<string[]> DefinitionsAsync()
    {
        List<string> all = [];
        foreach (JsonElement arn in (await Aws.Ecs("ListTaskDefinitions", """{"familyPrefix":"app"}""")).Json.GetProperty("taskDefinitionArns").EnumerateArray())
        {
            JsonElement definition = (await Aws.Ecs("DescribeTaskDefinition", $$"""{"taskDefinition":{{arn.GetRawText()}}}""")).Json.GetProperty("taskDefinition");
            all.Add($"{arn.GetString()!.Split('/')[^1]} {definition.GetProperty("containerDefinitions")[0].GetProperty("image").GetString()!.Split(':')[^1]}");
        }

        return [.. all.Order(StringComparer.Ordinal)];
    }

    /// <summary>The deployments of the service, the most recent first: ID and task definition.</summary>
    protected async Task<(string Id, string TaskDefinition)[]> DeploymentsAsync() =>
        [.. (await Aws.Ecs("DescribeServices", """{"cluster":"web","services":["app"]}""")).Json.GetProperty("services")[0].GetProperty("deployments").EnumerateArray()
            .Select(deployment => (deployment.GetProperty("id").GetString()!, deployment.GetProperty("taskDefinition").GetString()!.Split('/')[^1]))];
}
