using System.Text.RegularExpressions;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Batch;

/// <summary>Batch's references: things are named by name or by ARN, job definitions with or without a revision.</summary>
internal static class BatchNames
{
    /// <summary>A name that a resource may be given.</summary>
    public static string Checked(string member, string name) =>
        Regex.IsMatch(name, @"\A[A-Za-z0-9][A-Za-z0-9_-]{0,127}\z", RegexOptions.CultureInvariant)
            ? name
            : throw BatchService.ClientError($"{member} should match valid pattern: up to 128 letters, numbers, hyphens and underscores.");

    /// <summary>The name in a name or an ARN of this account and region; an ARN of elsewhere stays one, and so finds nothing.</summary>
    public static string Plain(Operation operation, string kind, string reference)
    {
        string here = operation.Arn("batch", kind + "/");
        return reference.StartsWith(here, StringComparison.Ordinal) ? reference.Substring(here.Length) : reference;
    }

    /// <summary>A job definition's name and, if there is one, its revision; what is not a reference, or is one to elsewhere, stays whole and so finds nothing.</summary>
    public static (string Name, int? Revision) JobDefinition(Operation operation, string reference) =>
        JobDefinitionReference.TryParse(reference, out JobDefinitionReference? parsed, out _)
            && (parsed.Region is null || operation.IsHere(parsed.Partition!, parsed.Region, parsed.AccountId!))
            ? (parsed.Name, parsed.Revision)
            : (reference, null);
}
