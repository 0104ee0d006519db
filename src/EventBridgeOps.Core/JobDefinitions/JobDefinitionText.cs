using EventBridgeOps.Events.Names;

namespace EventBridgeOps.JobDefinitions;

/// <summary>Job definition references in as few characters as people need.</summary>
public static class JobDefinitionText
{
    /// <summary>The name and the revision, without the rest of an ARN; what is not a reference stays as it is.</summary>
    /// <param name="reference">A reference as written in a target.</param>
    public static string Short(string reference) =>
        JobDefinitionReference.TryParse(reference, out JobDefinitionReference? read, out _) ? read.Name + Suffix(read) : reference;

    /// <summary>The name alone; what is not a reference, as a name with wildcards, stays as it is.</summary>
    /// <param name="reference">A reference as written in a target.</param>
    public static string Name(string reference) =>
        JobDefinitionReference.TryParse(reference, out JobDefinitionReference? read, out _) ? read.Name : reference;

    /// <summary>From one reference to another, with a common name only once: <c>job-def:12 -> :14</c>.</summary>
    /// <param name="from">The reference before; null or empty when there was none.</param>
    /// <param name="to">The reference after; null or empty when there is none.</param>
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
