using System.Globalization;
using EventBridgeOps.Sandbox.DynamoDb.Values;

namespace EventBridgeOps.Sandbox.DynamoDb.Expressions;

/// <summary>A step into a document: a member of a map, or an element of a list.</summary>
internal readonly record struct PathStep(string? Name, int Index)
{
    public bool IsName => Name is not null;

    public override string ToString() => Name ?? $"[{Index.ToString(CultureInfo.InvariantCulture)}]";
}

/// <summary>A way into an item: a.b[1].</summary>
internal sealed class DocumentPath(IReadOnlyList<PathStep> steps)
{
    public IReadOnlyList<PathStep> Steps { get; } = steps;

    /// <summary>The attribute of the item.</summary>
    public string Attribute => Steps[0].Name!;

    public bool IsNested => Steps.Count > 1;

    public Value? Find(MapValue item)
    {
        Value? found = item;
        foreach (PathStep step in Steps)
        {
            found = (found, step) switch
            {
                (MapValue map, { Name: { } name }) => map[name],
                (ListValue list, { Name: null }) when step.Index < list.Elements.Count => list.Elements[step.Index],
                _ => null,
            };
        }

        return found;
    }

    public bool IsSame(DocumentPath other) => Steps.SequenceEqual(other.Steps);

    /// <summary>As the service's messages show it: [a, b, [1]].</summary>
    public override string ToString() => $"[{string.Join(", ", Steps)}]";
}

/// <summary>The paths of an expression, none of which may lead into another.</summary>
internal static class PathChecks
{
    public static void Distinct(IReadOnlyList<DocumentPath> paths, FaultList faults)
    {
        for (int later = 1; later < paths.Count; later++)
        {
            for (int earlier = 0; earlier < later; earlier++)
                Compare(paths[earlier], paths[later], faults);
        }
    }

    private static void Compare(DocumentPath one, DocumentPath two, FaultList faults)
    {
        string both = $"must remove or rewrite one of these paths; path one: {one}, path two: {two}";
        for (int step = 0; step < one.Steps.Count && step < two.Steps.Count; step++)
        {
            if (one.Steps[step].IsName != two.Steps[step].IsName)
            {
                faults.Add(Fault.ConflictingPaths, $"Two document paths conflict with each other; {both}");
                return;
            }

            if (one.Steps[step] != two.Steps[step])
                return;
        }

        faults.Add(Fault.OverlappingPaths, $"Two document paths overlap with each other; {both}");
    }
}
