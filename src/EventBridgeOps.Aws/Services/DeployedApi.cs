using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Projects.Publishing;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Services;

/// <summary>What a project consists of, over the wire.</summary>
/// <param name="clients">The client of a service, which is made when it is needed.</param>
internal sealed class DeployedApi(Func<AwsService, AwsDocumentClient> clients) : IDeployedApi
{
    /// <summary>The most actions of a simulation: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html does not say it; IAM refuses long requests.</summary>
    private const int ActionsAtOnce = 100;

    private static readonly ServiceOperation DescribeSchema = new(AwsService.Schemas, nameof(DescribeSchema), "schemas:DescribeSchema", "/v1/registries/name/{RegistryName}/schemas/name/{SchemaName}") { Method = "GET" };
    private static readonly ServiceOperation DescribeRegistry = new(AwsService.Schemas, nameof(DescribeRegistry), "schemas:DescribeRegistry", "/v1/registries/name/{RegistryName}") { Method = "GET" };
    private static readonly ServiceOperation DescribeArchive = new(AwsService.EventBridge, nameof(DescribeArchive), "events:DescribeArchive");
    private static readonly ServiceOperation DescribeEventBus = new(AwsService.EventBridge, nameof(DescribeEventBus), "events:DescribeEventBus");
    private static readonly ServiceOperation DescribeRule = new(AwsService.EventBridge, nameof(DescribeRule), "events:DescribeRule");
    private static readonly ServiceOperation GetQueueAttributes = new(AwsService.Sqs, nameof(GetQueueAttributes), "sqs:GetQueueAttributes");
    private static readonly ServiceOperation DescribeLogGroups = new(AwsService.Logs, nameof(DescribeLogGroups), "logs:DescribeLogGroups");
    private static readonly ServiceOperation GetDelivery = new(AwsService.Logs, nameof(GetDelivery), "logs:GetDelivery");
    private static readonly ServiceOperation GetDeliverySource = new(AwsService.Logs, nameof(GetDeliverySource), "logs:GetDeliverySource");
    private static readonly ServiceOperation GetDeliveryDestination = new(AwsService.Logs, nameof(GetDeliveryDestination), "logs:GetDeliveryDestination");
    private static readonly ServiceOperation GetTopicAttributes = new(AwsService.Sns, nameof(GetTopicAttributes), "sns:GetTopicAttributes");
    private static readonly ServiceOperation GetFunctionConfiguration = new(AwsService.Lambda, nameof(GetFunctionConfiguration), "lambda:GetFunctionConfiguration", "/2015-03-31/functions/{FunctionName}/configuration") { Method = "GET" };
    private static readonly ServiceOperation DescribeAlarms = new(AwsService.CloudWatch, nameof(DescribeAlarms), "cloudwatch:DescribeAlarms");
    private static readonly ServiceOperation GetMetricStatistics = new(AwsService.CloudWatch, nameof(GetMetricStatistics), "cloudwatch:GetMetricStatistics");
    private static readonly ServiceOperation GetRole = new(AwsService.Iam, nameof(GetRole), "iam:GetRole");
    private static readonly ServiceOperation GetPolicy = new(AwsService.Iam, nameof(GetPolicy), "iam:GetPolicy");
    private static readonly ServiceOperation SimulatePrincipalPolicy = new(AwsService.Iam, nameof(SimulatePrincipalPolicy), "iam:SimulatePrincipalPolicy");
    private static readonly ServiceOperation DescribeTable = new(AwsService.DynamoDb, nameof(DescribeTable), "dynamodb:DescribeTable");

    public async Task<string?> ReadSchemaAsync(string registry, string schema, CancellationToken cancellationToken) =>
        (await FindAsync(DescribeSchema, ServicesMessages.Schema(schema, registry), new JsonObject { ["RegistryName"] = registry, ["SchemaName"] = schema }, cancellationToken))?.String("Content");

    public async Task<bool?> ExistsAsync(string kind, string name, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.ResourceOf(kind, name);
        switch (kind)
        {
            case "AWS::Events::EventBus":
                return await FindAsync(DescribeEventBus, subject, new JsonObject { ["Name"] = name }, cancellationToken) is not null;
            case "AWS::Events::Archive":
                return await FindAsync(DescribeArchive, subject, new JsonObject { ["ArchiveName"] = name }, cancellationToken) is not null;
            case "AWS::Events::Rule":
                RuleName rule = RuleName.OfPhysicalId(name);
                return await FindAsync(DescribeRule, subject, new JsonObject { ["Name"] = rule.Name, ["EventBusName"] = rule.Bus }, cancellationToken) is not null;
            case "AWS::EventSchemas::Registry":
                return await FindAsync(DescribeRegistry, subject, new JsonObject { ["RegistryName"] = NameOf(name) }, cancellationToken) is not null;
            case "AWS::EventSchemas::Schema":
                // arn:aws:schemas:REGION:ACCOUNT:schema/REGISTRY/SCHEMA
                return name.Split('/') is { Length: 3 } parts ? await ReadSchemaAsync(parts[1], parts[2], cancellationToken) is not null : null;
            case "AWS::Logs::Delivery":
                return await FindAsync(GetDelivery, subject, new JsonObject { ["id"] = name }, cancellationToken) is not null;
            case "AWS::Logs::DeliverySource":
                return await FindAsync(GetDeliverySource, subject, new JsonObject { ["name"] = name }, cancellationToken) is not null;
            case "AWS::Logs::DeliveryDestination":
                return await FindAsync(GetDeliveryDestination, subject, new JsonObject { ["name"] = name }, cancellationToken) is not null;
            case "AWS::SNS::Topic":
                return await FindAsync(GetTopicAttributes, subject, new JsonObject { ["TopicArn"] = name }, cancellationToken) is not null;
            case "AWS::Lambda::Function":
                return await FindAsync(GetFunctionConfiguration, subject, new JsonObject { ["FunctionName"] = name }, cancellationToken) is not null;
            case "AWS::SQS::Queue":
                return await QueueExistsAsync(subject, name, cancellationToken);
            case "AWS::DynamoDB::Table":
                return await FindAsync(DescribeTable, subject, new JsonObject { ["TableName"] = name }, cancellationToken) is not null;
            case "AWS::IAM::Role":
                return await FindAsync(GetRole, subject, new JsonObject { ["RoleName"] = name }, cancellationToken) is not null;
            case "AWS::IAM::ManagedPolicy":
                return await FindAsync(GetPolicy, subject, new JsonObject { ["PolicyArn"] = name }, cancellationToken) is not null;
            case "AWS::Logs::LogGroup":
                return await IsListedAsync(DescribeLogGroups, subject, new JsonObject { ["logGroupNamePrefix"] = name }, "logGroups", "logGroupName", name, cancellationToken);
            case "AWS::CloudWatch::Alarm":
                return await IsListedAsync(DescribeAlarms, subject, new JsonObject { ["AlarmNames"] = new JsonArray(name) }, "MetricAlarms", "AlarmName", name, cancellationToken);
            default:
                return null;
        }
    }

    public async Task<long> SumAsync(string metric, IReadOnlyDictionary<string, string> dimensions, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        JsonObject request = new()
        {
            ["Namespace"] = "AWS/Events",
            ["MetricName"] = metric,
            ["Dimensions"] = new JsonArray([.. dimensions.Select(dimension => (JsonNode)new JsonObject { ["Name"] = dimension.Key, ["Value"] = dimension.Value })]),
            ["StartTime"] = since.ToUnixTimeSeconds(),
            ["EndTime"] = until.ToUnixTimeSeconds(),
            ["Period"] = 60,
            ["Statistics"] = new JsonArray("Sum"),
        };
        JsonObject found = await clients(AwsService.CloudWatch).InvokeAsync(GetMetricStatistics, ServicesMessages.Metric(metric), request, cancellationToken);
        return (long)(found["Datapoints"] as JsonArray ?? []).OfType<JsonObject>().Sum(point => point["Sum"] is { } sum && double.TryParse(sum.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : 0);
    }

    public async Task<IReadOnlyList<string>> DeniedAsync(string principalArn, IReadOnlyList<string> actions, IReadOnlyList<string> resources, string? passedTo, CancellationToken cancellationToken)
    {
        List<string> denied = [];
        for (int first = 0; first < actions.Count; first += ActionsAtOnce)
        {
            string? marker = null;
            do
            {
                JsonObject request = new() { ["PolicySourceArn"] = principalArn, ["ActionNames"] = List(actions.Skip(first).Take(ActionsAtOnce)), ["ResourceArns"] = List(resources) };
                if (passedTo is not null)
                    request["ContextEntries"] = new JsonArray(new JsonObject { ["ContextKeyName"] = "iam:PassedToService", ["ContextKeyType"] = "string", ["ContextKeyValues"] = new JsonArray(passedTo) });
                if (marker is not null)
                    request["Marker"] = marker;
                Message subject = ServicesMessages.Role(principalArn);
                Answer answer = new(SimulatePrincipalPolicy, subject, await clients(AwsService.Iam).InvokeAsync(SimulatePrincipalPolicy, subject, request, cancellationToken));
                denied.AddRange(answer.Documents("EvaluationResults", "EvalDecision").Where(result => result.String("EvalDecision") != "allowed").Select(result => result.String("EvalActionName") ?? ""));
                marker = answer.Document.String("Marker");
            }
            while (!string.IsNullOrEmpty(marker));
        }

        return [.. denied.Distinct()];
    }

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    /// <summary>What an ARN or a name ends in.</summary>
    private static string NameOf(string name) => name.Substring(name.LastIndexOf('/') + 1);

    private async Task<bool?> QueueExistsAsync(Message subject, string name, CancellationToken cancellationToken)
    {
        try
        {
            string url = Arn.TryParse(name, out Arn? arn) ? await QueueAddress.FindAsync(clients(AwsService.Sqs), arn, cancellationToken) : name;
            return await FindAsync(GetQueueAttributes, subject, new JsonObject { ["QueueUrl"] = url, ["AttributeNames"] = new JsonArray("QueueArn") }, cancellationToken) is not null;
        }
        catch (ServiceCallException e) when (e.ErrorId == ErrorIds.ResourceNotFound)
        {
            return false;
        }
    }

    private async Task<bool?> IsListedAsync(ServiceOperation operation, Message subject, JsonObject request, string list, string field, string name, CancellationToken cancellationToken) =>
        ((await clients(operation.Service).InvokeAsync(operation, subject, request, cancellationToken))[list] as JsonArray ?? []).OfType<JsonObject>().Any(each => each.String(field) == name);

    private async Task<JsonObject?> FindAsync(ServiceOperation operation, Message subject, JsonObject request, CancellationToken cancellationToken)
    {
        try
        {
            return await clients(operation.Service).InvokeAsync(operation, subject, request, cancellationToken);
        }
        catch (ServiceCallException e) when (e.ErrorId is ErrorIds.ResourceNotFound or ErrorIds.EventBusNotFound or ErrorIds.RuleNotFound)
        {
            return null;
        }
    }
}
