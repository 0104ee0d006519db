using System.Text.Json;
using EventBridgeOps.Sandbox.Deliveries;

namespace EventBridgeOps.Sandbox.Tests;

/// <summary>The members of rules and targets are those of the service model, https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html, unless a sandbox keeps unknown ones.</summary>
public sealed class MemberTests : SandboxTest
{
    private const string Role = "\"RoleArn\":\"arn:aws:iam::123456789012:role/r\"";

    public static TheoryData<string, string> Known { get; } = new()
    {
        { "ecs:eu-west-1:123456789012:cluster/c", """ "EcsParameters":{"TaskDefinitionArn":"arn:t","TaskCount":1,"LaunchType":"FARGATE","NetworkConfiguration":{"awsvpcConfiguration":{"Subnets":["s"],"SecurityGroups":[],"AssignPublicIp":"ENABLED"}},"CapacityProviderStrategy":[{"capacityProvider":"p","weight":1,"base":0}],"EnableECSManagedTags":true,"EnableExecuteCommand":false,"PlacementConstraints":[{"type":"memberOf","expression":"e"}],"PlacementStrategy":[{"type":"spread","field":"f"}],"PropagateTags":"TASK_DEFINITION","ReferenceId":"r","PlatformVersion":"LATEST","Group":"g","Tags":[{"Key":"k","Value":"v"}]} """ },
        { "events:eu-west-1:123456789012:api-destination/d/1", """ "HttpParameters":{"PathParameterValues":["a"],"HeaderParameters":{"x-y":"z"},"QueryStringParameters":{"q":"$.detail"}} """ },
        { "kinesis:eu-west-1:123456789012:stream/s", """ "KinesisParameters":{"PartitionKeyPath":"$.id"} """ },
        { "redshift:eu-west-1:123456789012:cluster:c", """ "RedshiftDataParameters":{"Database":"d","DbUser":"u","Sql":"select 1","WithEvent":true,"Sqls":["select 2"],"StatementName":"s","SecretManagerArn":"$.a"} """ },
        { "ssm:eu-west-1:123456789012:document/d", """ "RunCommandParameters":{"RunCommandTargets":[{"Key":"tag:a","Values":["b"]}]} """ },
        { "sagemaker:eu-west-1:123456789012:pipeline/p", """ "SageMakerPipelineParameters":{"PipelineParameterList":[{"Name":"n","Value":"v"}]} """ },
        { "appsync:eu-west-1:123456789012:endpoints/graphql-api/a", """ "AppSyncParameters":{"GraphQLOperation":"mutation"} """ },
    };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await PutRule("r");
    }

    [Theory]
    [MemberData(nameof(Known))]
    public async Task Parameters_of_other_services_are_kept_and_their_delivery_is_not_simulated(string arn, string parameters)
    {
        string target = $$"""{"Id":"t","Arn":"arn:aws:{{arn}}",{{Role}},{{parameters}}}""";
        (await PutTargets("r", target)).Succeeded();
        Assert.Equal($$"""{"Targets":[{{target}}]}""", (await ListTargets("r")).Text);
        (await Aws.Events("PutEvents", """{"Entries":[{"Source":"a","DetailType":"d","Detail":"{}"}]}""")).Succeeded();
        Assert.Equal(DeliveryOutcome.NotSimulated, Assert.Single(Server.Deliveries).Outcome);
    }

    [Theory]
    [MemberData(nameof(Known))]
    public async Task A_value_of_another_kind_is_refused_wherever_it_is(string arn, string parameters)
    {
        JsonProperty whole = JsonDocument.Parse($"{{{parameters}}}").RootElement.EnumerateObject().Single();
        foreach (string changed in Changed(whole.Value))
        {
            Answer answer = await PutTargets("r", $$"""{"Id":"t","Arn":"arn:aws:{{arn}}",{{Role}},"{{whole.Name}}":{{changed}}}""");
            Assert.True(answer.Status == 400 && answer.ErrorCode is "SerializationException" or "ValidationException", $"{changed}: {answer.Text}");
        }

        Assert.Equal("""{"Targets":[]}""", (await ListTargets("r")).Text);
    }

    [Theory]
    [InlineData("\"Invented\":1", "The sandbox does not support the member Invented of targets.1.member.")]
    [InlineData("\"sqsParameters\":{}", "The sandbox does not support the member sqsParameters of targets.1.member.")]
    [InlineData("\"SqsParameters\":{\"MessageDeduplicationId\":\"d\"}", "The sandbox does not support the member MessageDeduplicationId of targets.1.member.sqsParameters.")]
    [InlineData("\"RetryPolicy\":{\"Backoff\":2}", "The sandbox does not support the member Backoff of targets.1.member.retryPolicy.")]
    [InlineData("\"EcsParameters\":{\"Tags\":[{\"Key\":\"k\",\"Value\":\"v\"},{\"Name\":\"n\"}]}", "The sandbox does not support the member Name of targets.1.member.ecsParameters.tags.2.member.")]
    [InlineData("\"EcsParameters\":{}", "1 validation error detected: Value null at 'targets.1.member.ecsParameters.taskDefinitionArn' failed to satisfy constraint: Member must not be null")]
    [InlineData("\"BatchParameters\":{}", "2 validation errors detected: Value null at 'targets.1.member.batchParameters.jobDefinition' failed to satisfy constraint: Member must not be null; Value null at 'targets.1.member.batchParameters.jobName' failed to satisfy constraint: Member must not be null")]
    public async Task What_the_model_does_not_have_or_requires_is_said(string member, string message) =>
        (await PutTargets("r", $$"""{"Id":"t","Arn":"arn:aws:sqs:eu-west-1:123456789012:q",{{member}}}""")).Failed(400, "ValidationException", message);

    [Fact]
    public async Task Unknown_members_of_requests_are_refused()
    {
        (await Aws.Events("PutRule", """{"Name":"s","EventPattern":"{\"source\":[\"a\"]}","Invented":{"deep":1}}"""))
            .Failed(400, "ValidationException", "The sandbox does not support the member Invented of PutRule.");
        (await Aws.Events("DescribeRule", """{"Name":"s"}""")).Failed(400, "ResourceNotFoundException");
        (await Aws.Events("PutTargets", """{"Rule":"r","Targets":[{"Id":"t","Arn":"arn:aws:sqs:eu-west-1:123456789012:q"}],"DryRun":true}""")).Failed(400, "ValidationException");
        (await PutTargets("r", """{"Id":"t","Arn":"arn:aws:sqs:eu-west-1:123456789012:q","SqsParameters":null}""")).Succeeded();
    }

    /// <summary>The document with each of its values replaced by one of another kind.</summary>
    private static IEnumerable<string> Changed(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                yield return "[]";
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    foreach (string other in Changed(member.Value))
                        yield return Written(element, member.Name, other);
                }

                break;
            case JsonValueKind.Array:
                yield return "{}";
                if (element.GetArrayLength() > 0)
                {
                    foreach (string other in Changed(element[0]))
                        yield return $"[{other}]";
                }

                break;
            case JsonValueKind.String:
                yield return "7";
                break;
            default:
                yield return "\"7\"";
                break;
        }
    }

    private static string Written(JsonElement element, string name, string value) => "{" + string.Join(',', element.EnumerateObject()
        .Select(member => $"{JsonSerializer.Serialize(member.Name)}:{(member.Name == name ? value : member.Value.GetRawText())}")) + "}";
}
