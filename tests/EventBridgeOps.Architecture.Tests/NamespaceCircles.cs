namespace EventBridgeOps.Architecture.Tests;

/// <summary>Namespaces that refer to each other in a circle, by one example for each way.</summary>
internal sealed class NamespaceCircles
{
    private readonly Dictionary<string, SortedDictionary<string, string>> _ways = new(StringComparer.Ordinal);

    public void Add(string from, string to, string example)
    {
        if (from == to)
            return;
        if (!_ways.TryGetValue(from, out SortedDictionary<string, string>? ways))
            _ways[from] = ways = new(StringComparer.Ordinal);
        ways.TryAdd(to, example);
    }

    /// <summary>What is wrong, as a text for each knot of namespaces that all reach each other: a shortest circle in it first, then all its ways.</summary>
    public IEnumerable<string> Tell()
    {
        HashSet<string> told = new(StringComparer.Ordinal);
        foreach (string start in _ways.Keys.Order(StringComparer.Ordinal))
        {
            if (told.Contains(start) || Circle(start) is null)
                continue;
            string[] knot = [.. Reach(start).Where(other => Reach(other).Contains(start)).Order(StringComparer.Ordinal)];
            told.UnionWith(knot);
            List<string> circle = knot.Select(member => Circle(member)!).MinBy(found => found.Count)!;
            IEnumerable<string> ways = from one in knot from way in _ways[one] where knot.Contains(way.Key) select $"  {one} -> {way.Key}: {way.Value}";
            yield return $"{knot.Length} namespaces are in a circle, for example {string.Join(" -> ", circle)}:{Environment.NewLine}{string.Join(Environment.NewLine, ways)}";
        }
    }

    private HashSet<string> Reach(string start)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        Stack<string> open = new([start]);
        while (open.TryPop(out string? one))
        {
            foreach (string next in Next(one).Where(seen.Add))
                open.Push(next);
        }

        return seen;
    }

    /// <summary>The shortest way from a namespace to itself, or null.</summary>
    private List<string>? Circle(string start)
    {
        Dictionary<string, string> cameFrom = new(StringComparer.Ordinal);
        Queue<string> open = new([start]);
        while (open.TryDequeue(out string? one))
        {
            foreach (string next in Next(one).Where(next => cameFrom.TryAdd(next, one)))
            {
                if (next != start)
                {
                    open.Enqueue(next);
                    continue;
                }

                List<string> circle = [start];
                for (string back = cameFrom[start]; back != start; back = cameFrom[back])
                    circle.Insert(0, back);
                circle.Insert(0, start);
                return circle;
            }
        }

        return null;
    }

    private ICollection<string> Next(string from) => _ways.TryGetValue(from, out SortedDictionary<string, string>? ways) ? ways.Keys : Array.Empty<string>();
}
