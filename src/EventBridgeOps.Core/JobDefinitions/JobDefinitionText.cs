using EventBridgeOps.Events.Names;

namespace EventBridgeOps.JobDefinitions;

/// <summary>Short forms of job definition references.</summary>
public static class JobDefinitionText
{
    /// <summary>The name and the revision, without the rest of an ARN; text that is not a reference is returned unchanged.</summary>
    /// <param name="reference">A reference as written in a target.</param>
    public static string Short(string reference) =>
        JobDefinitionReference.TryParse(reference, out JobDefinitionReference? read, out _) ? read.Name + Suffix(read) : reference;

    /// <summary>The name only; text that is not a reference, such as a name with wildcards, is returned unchanged.</summary>
    /// <param name="reference">A reference as written in a target.</param>
    public static string Name(string reference) =>
        JobDefinitionReference.TryParse(reference, out JobDefinitionReference? read, out _) ? read.Name : reference;

    /// <summary>From one reference to another, with a common name only once: <c>job-def:12 -> :14</c>.</summary>
    /// <param name="from">The reference before the change; null or empty for none.</param>
    /// <param name="to">The reference after the change; null or empty for none.</param>
    public static string Step(string? from, string? to)
    {
        if (from is null or "" || to is null or "" || from == to)
            return Short(from is not (null or "") ? from : to is not (null or "") ? to : "-");
        return JobDefinitionReference.TryParse(from, out JobDefinitionReference? before, out _) && JobDefinitionReference.TryParse(to, out JobDefinitionReference? after, out _) && before.Name == after.Name
            ? $"{Short(from)} -> {(after.IsPinned ? Suffix(after) : "floating")}"
            : $"{Short(from)} -> {Short(to)}";
    }

    private static string Suffix(JobDefinitionReference reference) => reference.Revision is { } revision ? $":{revision}" : "";
}
