using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Ecs;

/// <summary>Calls ECS with raw documents; what it reports arrives in the queue "q".</summary>
public abstract class EcsTest : QueueTest
{
    internal const string Arns = "arn:aws:ecs:eu-west-1:123456789012:";
    internal const string Registry = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/";
    internal const string Breaker = """ ,"deploymentConfiguration":{"deploymentCircuitBreaker":{"enable":true,"rollback":true}} """;

    internal static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    internal Task<Answer> Ecs(string operation, string input) => Aws.Send("ecs", "/", "AmazonEC2ContainerServiceV20141113." + operation, input);

    internal async Task MakeEventQueue(string source)
    {
        await MakeQueue("q");
        (await PutAnyRule("events", $$""" "EventPattern":"{\"source\":[\"{{source}}\"]}" """)).Succeeded();
        (await PutTargets("events", QueueTarget("q"))).Succeeded();
    }

    internal async Task<string> RegisterTask(string image, string family = "api", string more = "") => Text((await Ecs(
        "RegisterTaskDefinition",
        $$"""{"family":"{{family}}","containerDefinitions":[{"name":"web","image":"{{image}}","memory":128}]{{more}}}""")).Succeeded().Json.GetProperty("taskDefinition"), "taskDefinitionArn");

    /// <summary>Creates the cluster "c" with a service "api" that runs one task.</summary>
    internal async Task MakeService(string image = "busybox", string more = Breaker)
    {
        (await Ecs("CreateCluster", """{"clusterName":"c"}""")).Succeeded();
        await RegisterTask(image);
        (await Ecs("CreateService", $$"""{"cluster":"c","serviceName":"api","taskDefinition":"api","desiredCount":1{{more}}}""")).Succeeded();
        Server.AdvanceTime(Soon);
    }

    internal async Task<JsonElement> Service(string name = "api") =>
        (await Ecs("DescribeServices", $$"""{"cluster":"c","services":["{{name}}"]}""")).Succeeded().Json.GetProperty("services")[0];

    internal Task<Answer> Update(string more) => Ecs("UpdateService", $$"""{"cluster":"c","service":"api"{{more}}}""");

    internal async Task<JsonElement> Deployment(string more)
    {
        JsonElement service = (await Update(more)).Succeeded().Json.GetProperty("service");
        return service.GetProperty("deployments")[0];
    }

    /// <summary>The deployments of the service: status, rollout state, revision.</summary>
    internal async Task<List<string>> Deployments() => (await Service()).GetProperty("deployments").EnumerateArray()
        .Select(deployment => $"{Text(deployment, "status")} {Text(deployment, "rolloutState")} {Text(deployment, "taskDefinition").Split('/')[1]}").ToList();

    internal async Task<JsonElement> LastServiceDeployment()
    {
        string arn = Text((await Ecs("ListServiceDeployments", $$"""{"service":"{{Arns}}service/c/api"}""")).Succeeded().Json.GetProperty("serviceDeployments")[0], "serviceDeploymentArn");
        return (await Ecs("DescribeServiceDeployments", $$"""{"serviceDeploymentArns":["{{arn}}"]}""")).Succeeded().Json.GetProperty("serviceDeployments")[0];
    }

    internal static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
