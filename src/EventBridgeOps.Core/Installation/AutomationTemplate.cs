using System.Text;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Installation;

/// <summary>The CloudFormation templates of the automation, as they are in <c>deploy</c>.</summary>
internal static class AutomationTemplate
{
    public const string CodeBucket = "CodeBucket";
    public const string CodeKey = "CodeKey";
    public const string Architecture = "Architecture";
    public const string Settings = "Settings";

    /// <summary>What the descriptions of the templates begin with, by which their stacks are recognized.</summary>
    public const string Mark = "EventBridgeOps automation";

    /// <summary>Whose stacks they are.</summary>
    public static StackOwner Owner { get; } = new AutomationOwner();

    /// <summary>The function and all that it needs.</summary>
    public static string Text { get; } = Read("automation.yaml");

    /// <summary>The bucket of the package.</summary>
    public static string BucketText { get; } = Read("package-bucket.yaml");

    /// <summary>The names of the parameters, in the order of the template.</summary>
    public static IReadOnlyList<string> Parameters { get; } = ReadParameters();

    /// <summary>The kinds of resources that outlive the stack because they hold data, by what a user calls them.</summary>
    public static IReadOnlyDictionary<string, string> Retained { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AWS::DynamoDB::Table"] = "Table",
        ["AWS::SQS::Queue"] = "Queues",
        ["AWS::Logs::LogGroup"] = "Logs",
    };

    /// <summary>Whether a stack with resources is that of another product. Without the description, which moto does not return after a change set, its parameters show it.</summary>
    public static bool IsForeign(Stack stack) => !stack.IsEmpty && (Owner.Owns(stack) is { } ours ? !ours : !stack.Parameters.ContainsKey(CodeKey));

    /// <summary>Whether a parameter says where the package is, which only the installation knows.</summary>
    public static bool IsOfPackage(string parameter) => parameter is CodeBucket or CodeKey;

    // The template is our own, so its parameters are found by their indentation. A test reads them as YAML.
    private static string[] ReadParameters() =>
        [.. Text.Replace("\r", "").Split('\n').SkipWhile(line => line != "Parameters:").Skip(1).TakeWhile(line => line.Length == 0 || line[0] == ' ')
            .Where(line => line.Length > 3 && line[2] != ' ' && line.EndsWith(":", StringComparison.Ordinal)).Select(line => line.Trim().TrimEnd(':'))];

    private static string Read(string name)
    {
        using Stream stream = typeof(AutomationTemplate).Assembly.GetManifestResourceStream("EventBridgeOps.Installation." + name)!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Recognizes stacks by the descriptions of their templates, which moto does not return after a change set.</summary>
    private sealed class AutomationOwner : StackOwner
    {
        public override bool? Owns(Stack stack) => stack.Description?.StartsWith(Mark, StringComparison.Ordinal);

        public override bool Wrote(string template) => template.Contains("Description: " + Mark);

        public override Message NotOurs(string name) => InstallationMessages.NotOurs(name);
    }
}
