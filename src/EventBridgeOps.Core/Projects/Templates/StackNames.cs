using System.Text.Json.Nodes;

namespace EventBridgeOps.Projects.Templates;

/// <summary>The names by which the files of a project refer to its stack.</summary>
internal static class StackNames
{
    /// <summary>The logical ID of the event bus of the project.</summary>
    public const string EventBus = "EventBus";

    /// <summary>The logical ID of the dead-letter queue that the defaults name.</summary>
    public const string DeadLetterQueue = "DeadLetterQueue";

    /// <summary>The parameter with the name of the event bus.</summary>
    public const string EventBusName = "EventBusName";

    /// <summary>The parameter with the name of the project.</summary>
    public const string ProjectName = "ProjectName";

    /// <summary>The parameter with the name of the environment.</summary>
    public const string EnvironmentName = "EnvironmentName";

    /// <summary>The parameters that each template has, besides those of the environment.</summary>
    public static readonly IReadOnlyList<string> Given = [EventBusName, ProjectName, EnvironmentName];

    /// <summary>https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html.</summary>
    public static readonly IReadOnlyList<string> Pseudo = ["AWS::AccountId", "AWS::Region", "AWS::Partition", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix", "AWS::NotificationARNs", "AWS::NoValue"];

    /// <summary>The ARN of the event bus by its name, where it is not a resource of the stack.</summary>
    public static JsonObject DefaultBusArn() => Functions.Arn("events", $"event-bus/${{{EventBusName}}}");

    /// <summary>The logical IDs of what belongs to each project.</summary>
    /// <param name="settings">The settings of the project; null if they are not valid.</param>
    public static IEnumerable<string> Made(ProjectSettings? settings) => settings?.DeadLetterQueue?.Name is null ? [EventBus] : [EventBus, DeadLetterQueue];
}
