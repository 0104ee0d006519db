using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Batch;

/// <summary>Job definitions: every registration is a new revision, a number is never used twice, deregistered ones stay visible.</summary>
internal static class JobDefinitionOperations
{
    private const string Active = "ACTIVE";
    private const string Inactive = "INACTIVE";

    /// <summary>When revisions were deregistered, which their documents do not say.</summary>
    private const string EndsTable = "jobDefinitionEnds";

    /// <summary>How long a deregistered revision is kept.</summary>
    /// <remarks>https://docs.aws.amazon.com/batch/latest/APIReference/API_DeregisterJobDefinition.html: "permanently deleted after 180 days".</remarks>
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(180);

    private static readonly string[] ContainerLists =
        ["command", "volumes", "environment", "mountPoints", "ulimits", "resourceRequirements", "secrets"];

    public static RawDocument Register(Operation operation)
    {
        RawDocument input = operation.Input;
        string name = BatchNames.Checked("jobDefinitionName", BatchService.Required(input, "jobDefinitionName"));
        string type = BatchService.Required(input, "type");
        if (type is not ("container" or "multinode"))
            throw BatchService.ClientError("type must be one of: container, multinode.");
        CheckProperties(input, type);

        Table revisions = operation.State["jobDefinitionRevisions"];
        long revision = (revisions.Find(name)?.Number("last") ?? 0) + 1;
        revisions[name] = RawDocument.Empty.With("last", revision);

        RawDocument identity = RawDocument.Empty
            .With("jobDefinitionName", name)
            .With("jobDefinitionArn", operation.Arn("batch", $"job-definition/{name}:{revision}"))
            .With("revision", revision);
        operation.State["jobDefinitions"][Key(name, revision)] = identity
            .With("status", Active)
            .With("parameters", RawDocument.Empty)
            .With("tags", RawDocument.Empty)
            .With("containerOrchestrationType", input["eksProperties"] is null ? "ECS" : "EKS")
            .With(WithEmptyLists(input.Without("jobDefinitionName")));
        return identity;
    }

    public static RawDocument Deregister(Operation operation)
    {
        string reference = BatchService.Required(operation.Input, "jobDefinition");
        (string? name, int? revision) = BatchNames.JobDefinition(operation, reference);
        Table definitions = operation.State["jobDefinitions"];
        string key = Key(name, revision ?? 0);
        if (definitions.Find(key) is not { } definition)
            throw BatchService.ClientError($"Job Definition {reference} not found.");

        definitions[key] = definition.With("status", Inactive);
        if (definition.Text("status") != Inactive)
            operation.State[EndsTable][key] = RawDocument.Empty.With("at", operation.Now.ToUnixTimeMilliseconds());
        return RawDocument.Empty;
    }

    /// <summary>
    /// The answer is in no useful order, for AWS promises none: the order is by a hash of the revision's name, which stays the same
    /// from page to page.
    /// </summary>
    public static RawDocument Describe(Operation operation)
    {
        Expire(operation);
        RawDocument input = operation.Input;
        List<(string Name, int? Revision)> wanted = input.Texts("jobDefinitions").Select(reference => BatchNames.JobDefinition(operation, reference)).ToList();
        string? name = input.Text("jobDefinitionName");
        string? status = input.Text("status");
        if (wanted.Count > 100)
            throw BatchService.ClientError("jobDefinitions must have no more than 100 entries.");

        IEnumerable<KeyValuePair<string, RawDocument>> found = operation.State["jobDefinitions"].Where(row =>
            (name is null || row.Value.Text("jobDefinitionName") == name)
            && (status is null || row.Value.Text("status") == status)
            && (wanted.Count == 0 || wanted.Any(reference => IsMeant(row.Value, reference))));
        Paging.Page<(string Order, RawDocument Definition)> page = operation.Page(
            found.Select(row => (Order: Order(row.Key), Definition: row.Value)).OrderBy(row => row.Order, StringComparer.Ordinal),
            row => row.Order, input.Number("maxResults"), input.Text("nextToken"));
        return RawDocument.Empty
            .With("jobDefinitions", page.Items.Select(row => row.Definition))
            .With("nextToken", page.NextToken);
    }

    /// <summary>What a job would be made from: that revision if it is ACTIVE, or without one the newest ACTIVE.</summary>
    public static RawDocument FindActive(Operation operation, string reference)
    {
        (string Name, int? Revision) wanted = BatchNames.JobDefinition(operation, reference);
        return operation.State["jobDefinitions"].Values
            .Where(definition => IsMeant(definition, wanted) && definition.Text("status") == Active)
            .OrderByDescending(definition => definition.Number("revision"))
            .FirstOrDefault()
            ?? throw BatchService.ClientError($"Job Definition {reference} not found or not ACTIVE.");
    }

    private static void Expire(Operation operation)
    {
        long oldest = (operation.Now - KeptFor).ToUnixTimeMilliseconds();
        foreach (string key in operation.State[EndsTable].Where(row => row.Value.Number("at") <= oldest).Select(row => row.Key).ToList())
        {
            operation.State[EndsTable].Remove(key);
            operation.State["jobDefinitions"].Remove(key);
        }
    }

    private static string Key(string name, long revision) => $"{name}:{revision}";

    private static bool IsMeant(RawDocument definition, (string Name, int? Revision) reference) =>
        definition.Text("jobDefinitionName") == reference.Name
        && (reference.Revision is null || definition.Number("revision") == reference.Revision);

    /// <summary>As on AWS: what a container has none of comes back as an empty list.</summary>
    private static RawDocument WithEmptyLists(RawDocument definition) => definition.Object("containerProperties") is { } container
        ? definition.With("containerProperties", ContainerLists
            .Where(name => container[name] is null)
            .Aggregate(container, (all, name) => all.With(name, Json.Array([]))))
        : definition;

    private static string Order(string key)
    {
        uint hash = key.Aggregate(2166136261u, (hash, c) => unchecked((hash ^ c) * 16777619u));
        return hash.ToString("x8", CultureInfo.InvariantCulture) + key;
    }

    private static void CheckProperties(RawDocument input, string type)
    {
        if (type == "multinode")
        {
            if (input["nodeProperties"] is null)
                throw BatchService.ClientError("nodeProperties must be given for a multinode job definition.");
            return;
        }

        if (input["containerProperties"] is not { } container)
        {
            if (input["ecsProperties"] is null && input["eksProperties"] is null)
                throw BatchService.ClientError("containerProperties must not be empty.");
            return;
        }

        if (container.ValueKind != JsonValueKind.Object || string.IsNullOrEmpty(RawDocument.From(container).Text("image")))
            throw BatchService.ClientError("Container properties should not be empty: image must be given.");
    }
}
