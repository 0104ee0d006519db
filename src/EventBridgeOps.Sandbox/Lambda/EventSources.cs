using System.Text.Json;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Sqs;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>Event source mappings of queues: which function gets the messages of which queue, and how many at once.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html</remarks>
internal static class EventSources
{
    private const string TableName = "lambdaSources";
    private const string Window = "MaximumBatchingWindowInSeconds";
    private const int MostFifo = 10;
    private const int MostStandard = 10_000;
    private const int MostFilters = 5;

    private static readonly string[] Settings = ["BatchSize", Window, "FunctionResponseTypes", "FilterCriteria", "ScalingConfig"];

    public static RawDocument Create(Operation operation)
    {
        RawDocument input = operation.Input;
        Function function = Function.At(operation);
        string source = input.Text("EventSourceArn") ?? throw LambdaErrors.Invalid("EventSourceArn is required.");
        if (!Arn.TryParse(source, out Arn? arn) || arn.Service != "sqs")
            throw LambdaErrors.NotSupported("the event source " + source);
        Queue queue = Queue.AtArn(operation, source)
            ?? throw LambdaErrors.Invalid("Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.");
        if (All(operation).Values.FirstOrDefault(other => other.Text("EventSourceArn") == source && other.Text("FunctionArn") == function.Arn) is { } same)
            throw LambdaErrors.Conflict($"An event source mapping with SQS arn (\" {source} \") and function (\" {function.Name} \") already exists. Please update or delete the existing mapping with UUID {same.Text("UUID")}");

        string id = operation.Account.Random.Id();
        RawDocument mapping = RawDocument.Empty
            .With("UUID", id)
            .With("BatchSize", 10)
            .With(Window, 0)
            .With("EventSourceArn", source)
            .With("FunctionArn", function.Arn)
            .With("StateTransitionReason", "USER_INITIATED")
            .With("FunctionResponseTypes", Array.Empty<string>())
            .With("EventSourceMappingArn", operation.Arn("lambda", "event-source-mapping:" + id))
            .With("Tags", input.Object("Tags") ?? RawDocument.Empty);
        Keep(operation, Checked(operation, mapping, queue, function));
        return Shown(operation, id).With("State", "Creating");
    }

    public static RawDocument Get(Operation operation) => Shown(operation, At(operation).Text("UUID")!);

    public static RawDocument List(Operation operation)
    {
        RawDocument input = operation.Input;
        string? function = input["FunctionName"] is null ? null : Function.At(operation).Arn;
        Paging.Page<string> page = operation.Page(
            All(operation).Where(row => (function ?? row.Value.Text("FunctionArn")) == row.Value.Text("FunctionArn") && (input.Text("EventSourceArn") ?? row.Value.Text("EventSourceArn")) == row.Value.Text("EventSourceArn")).Select(row => row.Key),
            id => id, input.Number("MaxItems"), input.Text("Marker"));
        return RawDocument.Empty.With("EventSourceMappings", page.Items.Select(id => Shown(operation, id))).With("NextMarker", page.NextToken);
    }

    public static RawDocument Update(Operation operation)
    {
        RawDocument mapping = At(operation);
        Function function = operation.Input["FunctionName"] is null
            ? Function.AtArn(operation, mapping.Text("FunctionArn")) ?? throw LambdaErrors.NotFound("Function not found: " + mapping.Text("FunctionArn"))
            : Function.At(operation);
        Queue queue = Queue.AtArn(operation, mapping.Text("EventSourceArn")) ?? throw LambdaErrors.Invalid("The queue of the event source mapping does not exist.");
        Keep(operation, Checked(operation, mapping.With("FunctionArn", function.Arn), queue, function));
        return Shown(operation, mapping.Text("UUID")!).With("State", "Updating");
    }

    public static RawDocument Delete(Operation operation)
    {
        RawDocument mapping = At(operation);
        string id = mapping.Text("UUID")!;
        RawDocument shown = Shown(operation, id).With("State", "Deleting");
        All(operation).Remove(id);
        Watch(operation, mapping.Text("EventSourceArn")!);
        return shown;
    }

    /// <summary>The mapping of an ARN; null if there is none.</summary>
    public static RawDocument? AtArn(Operation operation, string arn) => All(operation).Values.FirstOrDefault(mapping => mapping.Text("EventSourceMappingArn") == arn);

    /// <summary>Keeps the tags of a mapping.</summary>
    public static void KeepTags(Operation operation, RawDocument mapping, RawDocument tags) => All(operation)[mapping.Text("UUID")!] = mapping.With("Tags", tags);

    /// <summary>The enabled mappings of a queue.</summary>
    public static IEnumerable<RawDocument> Of(Operation operation, Queue queue) =>
        [.. All(operation).Values.Where(mapping => mapping.Text("EventSourceArn") == queue.Arn && !mapping.Flag("IsDisabled"))];

    /// <summary>Checks a changed timeout of a function against the queues that it reads from.</summary>
    /// <exception cref="AwsError">The messages of a queue would come back while the function works on them.</exception>
    public static void CheckTimeout(Operation operation, string function, long timeout)
    {
        string arn = Function.ArnOf(operation, function);
        foreach (RawDocument mapping in All(operation).Values.Where(mapping => mapping.Text("FunctionArn") == arn))
        {
            if (Queue.AtArn(operation, mapping.Text("EventSourceArn")) is { } queue)
                CheckTimeout(queue, timeout);
        }
    }

    private static void CheckTimeout(Queue queue, long timeout)
    {
        if (queue.VisibilityTimeout.TotalSeconds < timeout)
            throw LambdaErrors.Invalid($"Queue visibility timeout: {queue.VisibilityTimeout.TotalSeconds} seconds is less than Function timeout: {timeout} seconds");
    }

    private static RawDocument Checked(Operation operation, RawDocument mapping, Queue queue, Function function)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        constraints.Number("batchSize", input["BatchSize"], 1, MostStandard);
        constraints.Number("maximumBatchingWindowInSeconds", input[Window], 0, 300);
        constraints.Flag("enabled", input["Enabled"]);
        RawDocument scaling = constraints.Object("scalingConfig", input["ScalingConfig"]);
        constraints.Number("scalingConfig.maximumConcurrency", scaling["MaximumConcurrency"], 2, 1000);
        IReadOnlyList<JsonElement> filters = constraints.List("filterCriteria.filters", constraints.Object("filterCriteria", input["FilterCriteria"])["Filters"], 0, MostFilters, required: false);
        foreach (JsonElement type in constraints.List("functionResponseTypes", input["FunctionResponseTypes"], 0, 1, required: false))
            constraints.OneOf("functionResponseTypes.1.member", type, "ReportBatchItemFailures");
        constraints.Check();

        mapping = mapping.With(input.Only(Settings));
        foreach (string pattern in filters.Select(filter => RawDocument.From(filter).Text("Pattern") ?? ""))
        {
            if (!SourceFilter.IsValid(pattern))
                throw LambdaErrors.Invalid("Invalid filter pattern definition.");
        }

        long size = mapping.Number("BatchSize")!.Value, window = mapping.Number(Window)!.Value;
        if (queue.IsFifo && (size > MostFifo || window > 0))
            throw LambdaErrors.Invalid(window > 0 ? "Batching window is not supported for FIFO queues" : $"Maximum batch size for FIFO queues is {MostFifo}");
        if (size > 10 && window == 0)
            throw LambdaErrors.Invalid("Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10");
        CheckTimeout(queue, function.Document.Number("Timeout") ?? 3);
        foreach (string action in new[] { "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes" })
            FunctionOutput.CheckRole(operation, function.Role, function.Arn, action, queue.Arn);
        return input["Enabled"] is null ? mapping : mapping.With("IsDisabled", !input.Flag("Enabled"));
    }

    private static void Keep(Operation operation, RawDocument mapping)
    {
        All(operation)[mapping.Text("UUID")!] = mapping.With("LastModified", Json.Time(operation.Now));
        Watch(operation, mapping.Text("EventSourceArn")!);
    }

    /// <summary>Notes whether something polls a queue; what is in it already is looked for at once.</summary>
    private static void Watch(Operation operation, string source)
    {
        if (Queue.AtArn(operation, source) is not { } queue)
            return;
        if (!Of(operation, queue).Any())
        {
            operation.State[Queue.ConsumersTable].Remove(queue.Name);
            return;
        }

        operation.State[Queue.ConsumersTable][queue.Name] = RawDocument.Empty.With("by", "lambda");
        foreach (KeyValuePair<string, RawDocument> message in queue.Messages.ToList())
            queue.Put(message.Key, message.Value);
    }

    private static Table All(Operation operation) => operation.State[TableName];

    private static RawDocument At(Operation operation) =>
        All(operation).Find(operation.Input.Text("UUID") ?? "") ?? throw LambdaErrors.NotFound("The resource you requested does not exist.");

    private static RawDocument Shown(Operation operation, string id)
    {
        RawDocument mapping = All(operation)[id];
        return mapping.Without("IsDisabled", "Tags").With("State", mapping.Flag("IsDisabled") ? "Disabled" : "Enabled");
    }
}
