using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Services;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Aws.Services;

/// <summary>AWS CloudFormation over the wire.</summary>
internal sealed class StackApi(AwsDocumentClient client) : IStackApi
{
    private static readonly ServiceOperation DescribeStacks = Operation(nameof(DescribeStacks));
    private static readonly ServiceOperation GetTemplate = Operation(nameof(GetTemplate));
    private static readonly ServiceOperation CreateChangeSet = Operation(nameof(CreateChangeSet)) with { IsRepeatable = false };
    private static readonly ServiceOperation DescribeChangeSet = Operation(nameof(DescribeChangeSet));
    private static readonly ServiceOperation ExecuteChangeSet = Operation(nameof(ExecuteChangeSet)) with { IsRepeatable = false, HasResult = false };
    private static readonly ServiceOperation DeleteChangeSet = Operation(nameof(DeleteChangeSet)) with { HasResult = false };
    private static readonly ServiceOperation ListChangeSets = Operation(nameof(ListChangeSets));
    private static readonly ServiceOperation DescribeStackEvents = Operation(nameof(DescribeStackEvents));
    private static readonly ServiceOperation ListStackResources = Operation(nameof(ListStackResources));
    private static readonly ServiceOperation ContinueUpdateRollback = Operation(nameof(ContinueUpdateRollback)) with { IsRepeatable = false };
    private static readonly ServiceOperation DeleteStack = Operation(nameof(DeleteStack)) with { HasResult = false };

    public async Task<Stack?> DescribeAsync(string stack, CancellationToken cancellationToken)
    {
        Answer answer;
        try
        {
            answer = await InvokeAsync(DescribeStacks, stack, Named(stack), cancellationToken);
        }
        catch (ServiceCallException e) when (e.Call.Code == "ValidationError" && e.Message.Contains("does not exist"))
        {
            return null; // CloudFormation has no code of its own for it.
        }

        JsonObject found = Members(answer.Document, "Stacks").FirstOrDefault() ?? throw answer.Wrong(ServicesMessages.FieldMissing("Stacks"));
        Answer read = new(DescribeStacks, ServicesMessages.Stack(stack), found);
        return new Stack(read.RequiredText("StackId"), read.RequiredText("StackName"), read.RequiredText("StackStatus"), Text(found, "StackStatusReason"))
        {
            Parameters = Map(found, "Parameters", "ParameterKey", "ParameterValue"),
            Outputs = Map(found, "Outputs", "OutputKey", "OutputValue"),
            Tags = Map(found, "Tags", "Key", "Value"),
            Description = Text(found, "Description"),
            ChangedAt = Text(found, "LastUpdatedTime") ?? Text(found, "CreationTime"),
        };
    }

    public async Task<string> GetTemplateAsync(string stack, CancellationToken cancellationToken) =>
        (await InvokeAsync(GetTemplate, stack, Named(stack), cancellationToken)).RequiredText("TemplateBody");

    public async Task<string> CreateChangeSetAsync(ChangeSetRequest request, CancellationToken cancellationToken)
    {
        JsonObject body = new()
        {
            ["StackName"] = request.StackName,
            ["ChangeSetName"] = request.Name,
            ["ChangeSetType"] = request.IsNew ? "CREATE" : "UPDATE",
            [request.TemplateUrl is null ? "TemplateBody" : "TemplateURL"] = request.TemplateUrl ?? request.Template,
            ["Capabilities"] = new JsonArray(request.NamesRoles ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM"),
            ["Parameters"] = new JsonArray([.. request.Parameters.Select(parameter => (JsonNode)(parameter.Value is { } value
                ? new JsonObject { ["ParameterKey"] = parameter.Key, ["ParameterValue"] = value }
                : new JsonObject { ["ParameterKey"] = parameter.Key, ["UsePreviousValue"] = "true" }))]),
        };
        if (request.Tags.Count > 0)
            body["Tags"] = new JsonArray([.. request.Tags.Select(tag => (JsonNode)new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]);
        return (await InvokeAsync(CreateChangeSet, request.StackName, body, cancellationToken)).RequiredText("Id");
    }

    public async Task<ChangeSet> DescribeChangeSetAsync(string changeSet, CancellationToken cancellationToken)
    {
        List<StackChange> changes = [];
        string? token = null;
        while (true)
        {
            JsonObject body = new() { ["ChangeSetName"] = changeSet };
            if (token is not null)
                body["NextToken"] = token;
            Answer answer = new(DescribeChangeSet, ServicesMessages.ChangeSet(changeSet), await client.InvokeAsync(DescribeChangeSet, ServicesMessages.ChangeSet(changeSet), body, cancellationToken));
            changes.AddRange(Members(answer.Document, "Changes").Select(change => change["ResourceChange"]).OfType<JsonObject>().Select(Change));
            token = Text(answer.Document, "NextToken");
            if (token is null)
                return new ChangeSet(answer.RequiredText("StackId"), answer.RequiredText("Status"), Text(answer.Document, "StatusReason"), changes);
        }
    }

    public async Task ExecuteChangeSetAsync(string changeSet, CancellationToken cancellationToken) =>
        await client.InvokeAsync(ExecuteChangeSet, ServicesMessages.ChangeSet(changeSet), new JsonObject { ["ChangeSetName"] = changeSet }, cancellationToken);

    public async Task DeleteChangeSetAsync(string changeSet, CancellationToken cancellationToken) =>
        await client.InvokeAsync(DeleteChangeSet, ServicesMessages.ChangeSet(changeSet), new JsonObject { ["ChangeSetName"] = changeSet }, cancellationToken);

    public async IAsyncEnumerable<PendingChangeSet> ListChangeSetsAsync(string stack, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Answer page in PagesAsync(ListChangeSets, stack, cancellationToken))
        {
            foreach (JsonObject changeSet in Members(page.Document, "Summaries"))
                yield return new PendingChangeSet(Text(changeSet, "ChangeSetId") ?? "", Text(changeSet, "ChangeSetName") ?? "", Text(changeSet, "Status") ?? "");
        }
    }

    public async IAsyncEnumerable<StackEvent> ListEventsAsync(string stack, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Answer page in PagesAsync(DescribeStackEvents, stack, cancellationToken))
        {
            foreach (JsonObject happened in Members(page.Document, "StackEvents"))
                yield return Event(happened);
        }
    }

    public async IAsyncEnumerable<StackResource> ListResourcesAsync(string stack, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Answer page in PagesAsync(ListStackResources, stack, cancellationToken))
        {
            foreach (JsonObject resource in Members(page.Document, "StackResourceSummaries"))
                yield return new StackResource(Text(resource, "LogicalResourceId") ?? "", Text(resource, "PhysicalResourceId"), Text(resource, "ResourceType") ?? "", Text(resource, "ResourceStatus") ?? "");
        }
    }

    public async Task DeleteAsync(string stack, IReadOnlyList<string> retained, CancellationToken cancellationToken)
    {
        JsonObject body = Named(stack);
        if (retained.Count > 0)
            body["RetainResources"] = Texts(retained);
        await InvokeAsync(DeleteStack, stack, body, cancellationToken);
    }

    public async Task ContinueRollbackAsync(string stack, IReadOnlyList<string> skipped, CancellationToken cancellationToken)
    {
        JsonObject body = Named(stack);
        if (skipped.Count > 0)
            body["ResourcesToSkip"] = Texts(skipped);
        await InvokeAsync(ContinueUpdateRollback, stack, body, cancellationToken);
    }

    private static StackEvent Event(JsonObject happened) => new(Text(happened, "EventId") ?? "", Text(happened, "LogicalResourceId") ?? "", Text(happened, "ResourceType") ?? "", Text(happened, "ResourceStatus") ?? "", Text(happened, "ResourceStatusReason"))
    {
        PhysicalId = Text(happened, "PhysicalResourceId"),
        Time = DateTimeOffset.TryParse(Text(happened, "Timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : default,
    };

    private static StackChange Change(JsonObject change) => new(Text(change, "Action") ?? "", Text(change, "LogicalResourceId") ?? "", Text(change, "PhysicalResourceId"), Text(change, "ResourceType") ?? "")
    {
        Replacement = Text(change, "Replacement"),
        PolicyAction = Text(change, "PolicyAction"),
        Properties = [.. Members(change, "Details").Select(detail => detail["Target"]).OfType<JsonObject>().Select(target => Text(target, "Name") ?? Text(target, "Attribute") ?? "").Where(name => name.Length > 0).Distinct()],
    };

    // Not Listing, since a list of a form's answer that is empty is an empty text.
    private async IAsyncEnumerable<Answer> PagesAsync(ServiceOperation operation, string stack, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> used = new(StringComparer.Ordinal);
        JsonObject body = Named(stack);
        while (true)
        {
            Answer answer = await InvokeAsync(operation, stack, body, cancellationToken);
            yield return answer;
            if (Text(answer.Document, "NextToken") is not { } token)
                yield break;
            if (!used.Add(token))
                throw new OpsException(ErrorIds.RepeatedPageToken, ServicesMessages.RepeatedPageToken(operation.Name, ServicesMessages.Stack(stack)));
            body = Named(stack);
            body["NextToken"] = token;
        }
    }

    private static JsonArray Texts(IReadOnlyList<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static JsonObject Named(string stack) => new() { ["StackName"] = stack };

    private static Dictionary<string, string> Map(JsonObject document, string list, string key, string value) =>
        Members(document, list).ToDictionary(member => Text(member, key) ?? "", member => Text(member, value) ?? "", StringComparer.Ordinal);

    private static IEnumerable<JsonObject> Members(JsonObject document, string list) => (document[list] as JsonArray ?? []).OfType<JsonObject>();

    private static string? Text(JsonObject document, string name) => document.String(name) is { Length: > 0 } text ? text : null;

    private async Task<Answer> InvokeAsync(ServiceOperation operation, string stack, JsonObject body, CancellationToken cancellationToken) =>
        new(operation, ServicesMessages.Stack(stack), await client.InvokeAsync(operation, ServicesMessages.Stack(stack), body, cancellationToken));

    private static ServiceOperation Operation(string name) => new(AwsService.CloudFormation, name, "cloudformation:" + name);
}
