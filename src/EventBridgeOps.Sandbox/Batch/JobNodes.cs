using System.Globalization;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Batch;

/// <summary>The nodes of a multi-node parallel job. The jobs of single nodes (<c>id#0</c>) are not simulated: the job runs as a whole.</summary>
/// <remarks>https://docs.aws.amazon.com/batch/latest/userguide/multi-node-parallel-jobs.html; the service model: NodeProperties, NodeOverrides.</remarks>
internal static class JobNodes
{
    private const string Count = "numNodes";
    private const string Main = "mainNode";
    private const string Ranges = "nodeRangeProperties";
    private const string Target = "targetNodes";

    /// <summary>The nodes of a job with overrides.</summary>
    /// <exception cref="AwsError">The overrides break a rule of the service, or are for nodes of which the sandbox does not know what AWS makes.</exception>
    public static RawDocument Overridden(RawDocument nodes, RawDocument overrides)
    {
        if (overrides.Number(Count) is { } count)
            nodes = Resized(nodes, count);
        long all = nodes.Number(Count) ?? 0;
        List<RawDocument> ranges = [.. nodes.List(Ranges).Select(RawDocument.From)];
        foreach (RawDocument changed in overrides.List("nodePropertyOverrides").Select(RawDocument.From))
        {
            (long, long)? wanted = Range(changed.Text(Target), all);
            int index = wanted is null ? -1 : ranges.FindIndex(range => Range(range.Text(Target), all) == wanted);
            if (index < 0) // AWS does not document what becomes of an override for a part of a range.
                throw BatchService.ClientError(BatchMessages.NotARange(changed.Text(Target), ranges.Select(range => range.Text(Target) ?? "")).ToString());
            ranges[index] = OfRange(ranges[index], changed);
        }

        return nodes.With(Ranges, ranges);
    }

    /// <summary>Whether an ID is that of a single node.</summary>
    public static bool IsNode(string id) => id.Contains('#');

    /// <summary>The three conditions that the service model states for another number of nodes.</summary>
    private static RawDocument Resized(RawDocument nodes, long count)
    {
        List<string> open = [.. nodes.List(Ranges).Select(range => RawDocument.From(range).Text(Target)).OfType<string>().Where(range => range.EndsWith(":", StringComparison.Ordinal))];
        if (open.Count == 0)
            throw BatchService.ClientError("numNodes can be overridden only if the job definition has a node range with an open upper boundary.");
        if (nodes.List(Ranges).Select(range => Range(RawDocument.From(range).Text(Target), long.MaxValue)).Any(range => range is { } known && known.First >= count))
            throw BatchService.ClientError("The lower boundary of a node range must be fewer than numNodes.");
        if (nodes.Number(Main) >= count)
            throw BatchService.ClientError("The index of the main node must be fewer than numNodes.");
        return nodes.With(Count, count);
    }

    private static RawDocument OfRange(RawDocument range, RawDocument overrides)
    {
        if (overrides.Object("containerOverrides") is { } container)
            range = range.With("container", JobContainers.OfContainer(Own(range, "container"), container));
        if (overrides.Object("ecsPropertiesOverride") is { } tasks)
            range = range.With(JobContainers.Ecs, JobContainers.OfTasks(Own(range, JobContainers.Ecs), tasks));
        if (overrides.Object("eksPropertiesOverride") is { } pod)
            range = range.With(JobContainers.Eks, JobContainers.OfPod(Own(range, JobContainers.Eks), pod));
        if (overrides.Object("consumableResourcePropertiesOverride") is { } resources)
            range = range.With("consumableResourceProperties", resources);
        return range.With(overrides.Only("instanceTypes"));
    }

    private static RawDocument Own(RawDocument range, string properties) =>
        range.Object(properties) ?? throw BatchService.ClientError($"The node range {range.Text(Target)} has no {properties} that could be overridden.");

    /// <summary>The first and the last node of a range: "0:3", ":3", "0:", "2".</summary>
    private static (long First, long Last)? Range(string? text, long count)
    {
        string[] ends = (text ?? "").Split(':');
        if (ends.Length > 2 || text is null || text.Length == 0)
            return null;
        long? first = ends[0].Length == 0 ? 0 : Index(ends[0]);
        long? last = ends.Length == 1 ? first : ends[1].Length == 0 ? count - 1 : Index(ends[1]);
        return first is { } from && last is { } to ? (from, to) : null;
    }

    private static long? Index(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long index) ? index : null;
}
