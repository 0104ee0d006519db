using System.Globalization;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>Task definitions: every registration is a new revision of its family, a number is never used twice, deregistered ones stay visible.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html</remarks>
internal static class TaskDefinitions
{
    public const string Active = "ACTIVE";

    private static readonly string[] Outputs =
        ["taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities", "registeredAt", "deregisteredAt", "deleteRequestedAt", "registeredBy", "tags"];

    public static RawDocument Register(Operation operation)
    {
        RawDocument input = operation.Input;
        TaskDefinitionCheck.Check(input);
        string family = input.Text("family")!;
        Table revisions = operation.State["ecsTaskDefinitionRevisions"];
        long revision = (revisions.Find(family)?.Number("last") ?? 0) + 1;
        revisions[family] = RawDocument.Empty.With("last", revision);

        string arn = operation.Arn("ecs", $"task-definition/{family}:{revision}");
        RawDocument definition = RawDocument.Empty
            .With("taskDefinitionArn", arn)
            .With(TaskDefinitionDefaults.Complete(input.Without(Outputs)))
            .With("revision", revision)
            .With("status", Active)
            .With("registeredAt", Json.Time(operation.Now))
            .With("registeredBy", operation.GlobalArn("iam", "root"));
        operation.State["ecsTaskDefinitions"][Key(family, revision)] = definition;
        EcsTags.Set(operation, arn, input);
        return Answer(operation, definition, withTags: input["tags"] is not null);
    }

    public static RawDocument Describe(Operation operation)
    {
        string reference = EcsErrors.Required(operation.Input, "taskDefinition", "TaskDefinition");
        RawDocument definition = Find(operation, reference) ?? throw EcsErrors.Client("Unable to describe task definition.");
        return Answer(operation, definition, EcsTags.AreIncluded(operation));
    }

    public static RawDocument Deregister(Operation operation)
    {
        string reference = EcsErrors.Required(operation.Input, "taskDefinition", "TaskDefinition");
        (string family, long? revision) = EcsNames.TaskDefinition(operation, reference);
        if (revision is null)
            throw EcsErrors.Client("Revision is missing.");
        RawDocument definition = Find(operation, reference) ?? throw EcsErrors.Client("The specified task definition does not exist.");

        // The tasks that run it go on, and so may a service: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterTaskDefinition.html.
        definition = definition.With("status", "INACTIVE").With("deregisteredAt", Json.Time(operation.Now));
        operation.State["ecsTaskDefinitions"][Key(family, revision.Value)] = definition;
        return Answer(operation, definition, withTags: false);
    }

    /// <summary>The revision that a reference names; without a number, the latest ACTIVE one.</summary>
    public static RawDocument? Find(Operation operation, string reference)
    {
        (string family, long? revision) = EcsNames.TaskDefinition(operation, reference);
        Table definitions = operation.State["ecsTaskDefinitions"];
        return revision is { } number
            ? definitions.Find(Key(family, number))
            : Of(operation, family).Where(definition => definition.Text("status") == Active).LastOrDefault();
    }

    /// <summary>The revision that a service is to run.</summary>
    public static RawDocument FindActive(Operation operation, string reference)
    {
        RawDocument definition = Find(operation, reference) ?? throw EcsErrors.Client("TaskDefinition not found.");
        return definition.Text("status") == Active ? definition : throw EcsErrors.Client("TaskDefinition is inactive");
    }

    /// <summary>The revisions of a family, oldest first.</summary>
    public static IEnumerable<RawDocument> Of(Operation operation, string family) =>
        operation.State["ecsTaskDefinitions"].Values.Where(definition => definition.Text("family") == family);

    private static RawDocument Answer(Operation operation, RawDocument definition, bool withTags)
    {
        RawDocument answer = RawDocument.Empty.With("taskDefinition", definition);
        return withTags ? answer.With("tags", EcsTags.Of(operation, definition.Text("taskDefinitionArn")!)) : answer;
    }

    private static string Key(string family, long revision) => string.Format(CultureInfo.InvariantCulture, "{0}:{1:D10}", family, revision);
}
