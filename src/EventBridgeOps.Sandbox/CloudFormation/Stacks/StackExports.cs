using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation.Stacks;

/// <summary>The values that stacks export, and the stacks that import them.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html</remarks>
internal static class StackExports
{
    public static Table All(Operation operation) => operation.State["stackExports"];

    /// <summary>The value of an export.</summary>
    /// <exception cref="AwsError">No stack exports it.</exception>
    public static string Value(Operation operation, string name) => All(operation).Find(name)?.Text("Value") ?? throw StackErrors.Invalid($"No export named {name} found.");

    /// <summary>The names of the stacks that import a value.</summary>
    public static IEnumerable<string> Importers(Operation operation, string name) => Stack.Every(operation)
        .Where(stack => !stack.IsDeleted && stack.Kept.Texts("imports").Contains(name)).Select(stack => stack.Name).OrderBy(other => other, StringComparer.Ordinal);

    /// <summary>Replaces the exports of a stack.</summary>
    /// <exception cref="AwsError">Another stack has the name, or uses what would change.</exception>
    public static void Set(Operation operation, Stack stack, IReadOnlyDictionary<string, string> exports)
    {
        foreach (KeyValuePair<string, string> export in exports)
        {
            if (All(operation).Find(export.Key) is { } known && known.Text("ExportingStackId") != stack.Id)
                throw StackErrors.Invalid($"Export with name {export.Key} is already exported by stack {StackName(known)}. ");
        }

        foreach (KeyValuePair<string, RawDocument> before in Of(operation, stack))
        {
            bool stays = exports.TryGetValue(before.Key, out string? value);
            if ((!stays || value != before.Value.Text("Value")) && Importers(operation, before.Key).FirstOrDefault(name => name != stack.Name) is { } user)
                throw StackErrors.Invalid($"{(stays ? "Cannot update" : "Cannot delete")} export {before.Key} as it is in use by {user}");
        }

        Forget(operation, stack);
        foreach (KeyValuePair<string, string> export in exports)
            All(operation)[export.Key] = RawDocument.Empty.With("ExportingStackId", stack.Id).With("Name", export.Key).With("Value", export.Value);
    }

    /// <summary>What forbids to delete a stack; null if nothing does.</summary>
    public static string? InUse(Operation operation, Stack stack)
    {
        foreach (string name in Of(operation, stack).Select(export => export.Key))
        {
            if (Importers(operation, name).FirstOrDefault() is { } user)
                return $"Delete canceled. Cannot delete export {name} as it is in use by {user}";
        }

        return null;
    }

    public static void Forget(Operation operation, Stack stack)
    {
        foreach (string name in Of(operation, stack).Select(export => export.Key).ToList())
            All(operation).Remove(name);
    }

    private static List<KeyValuePair<string, RawDocument>> Of(Operation operation, Stack stack) =>
        [.. All(operation).Where(export => export.Value.Text("ExportingStackId") == stack.Id)];

    private static string StackName(RawDocument export) => export.Text("ExportingStackId")!.Split('/')[1];
}
