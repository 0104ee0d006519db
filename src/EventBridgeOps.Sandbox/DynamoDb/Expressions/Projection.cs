using EventBridgeOps.Sandbox.DynamoDb.Values;

namespace EventBridgeOps.Sandbox.DynamoDb.Expressions;

/// <summary>The parts of an item that a ProjectionExpression names, or that an update changed.</summary>
internal sealed class Projection
{
    private readonly SortedDictionary<int, Projection> elements = [];
    private readonly Dictionary<string, Projection> members = new(StringComparer.Ordinal);

    /// <summary>Whether a path ends here: all that is below belongs to the projection.</summary>
    private bool isEnd;

    /// <summary>The projection onto paths, none of which leads into another.</summary>
    public Projection(IEnumerable<DocumentPath> paths)
    {
        foreach (DocumentPath path in paths)
        {
            Projection at = path.Steps.Aggregate(this, (node, step) => node.Below(step));
            at.isEnd = true;
        }
    }

    private Projection()
    {
    }

    public static (Projection Projection, IReadOnlyList<DocumentPath> Paths) Parse(string name, string expression, ExpressionScope scope) =>
        ExpressionReader.Read(name, expression, scope, reader =>
        {
            List<DocumentPath> paths = reader.Several(reader.Path);
            PathChecks.Distinct(paths, reader.Faults);
            reader.Faults.Check();
            return (new Projection(paths), (IReadOnlyList<DocumentPath>)paths);
        });

    public MapValue Of(MapValue item) => OfMap(item) ?? MapValue.Empty;

    private Projection Below(PathStep step)
    {
        Projection? below;
        if (step.Name is { } name)
        {
            if (!members.TryGetValue(name, out below))
                members[name] = below = new();
        }
        else if (!elements.TryGetValue(step.Index, out below))
        {
            elements[step.Index] = below = new();
        }

        return below;
    }

    private Value? Take(Value value) => isEnd ? value : value switch
    {
        MapValue map when members.Count > 0 => OfMap(map),
        ListValue list when elements.Count > 0 => OfList(list),
        _ => null,
    };

    private MapValue? OfMap(MapValue map)
    {
        Dictionary<string, Value> taken = new(StringComparer.Ordinal);
        foreach (KeyValuePair<string, Projection> member in members)
        {
            if (map[member.Key] is { } value && member.Value.Take(value) is { } part)
                taken[member.Key] = part;
        }

        return taken.Count > 0 ? new(taken) : null;
    }

    /// <summary>The elements close up: of [1] and [3] a list of two is left.</summary>
    private ListValue? OfList(ListValue list)
    {
        List<Value> taken = [];
        foreach (KeyValuePair<int, Projection> element in elements)
        {
            if (element.Key < list.Elements.Count && element.Value.Take(list.Elements[element.Key]) is { } part)
                taken.Add(part);
        }

        return taken.Count > 0 ? new(taken) : null;
    }
}
