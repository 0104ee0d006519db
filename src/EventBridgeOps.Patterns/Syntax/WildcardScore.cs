using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Syntax;

/// <summary>
/// How complex the wildcards of one field are, as the service counts (aws/event-ruler, <c>MachineComplexityEvaluator</c>): the
/// largest number of transitions of the wildcards' automaton that one input can keep alive at once, each counted once for every
/// pattern that can be reached by it. Wildcards that begin alike share their beginning.
/// </summary>
internal static class WildcardScore
{
    /// <summary>Counting stops here: far above what the service accepts.</summary>
    public const int Limit = 100;

    // No pattern that the service accepts comes near; beyond, the score counted so far is what is known.
    private const int MaxStates = 20_000;
    private const int MaxNodes = 100_000;

    /// <summary>The score of a field's tests; 0 without wildcards.</summary>
    public static int Of(IReadOnlyList<ValueTest> tests)
    {
        Tree tree = new();
        int patterns = 0;
        foreach (ValueTest test in tests)
        {
            if (test is WildcardTest wildcard)
            {
                tree.Add(wildcard.Text, patterns++);
            }
            else if (test is AnythingButTest { Excluded: var excluded } && excluded[0] is WildcardTest)
            {
                // The wildcards of one anything-but are one pattern.
                foreach (WildcardTest one in excluded.OfType<WildcardTest>())
                {
                    tree.Add(one.Text, patterns);
                }

                patterns++;
            }
        }

        return patterns == 0 ? 0 : Explore(tree.Root);
    }

    private static int Explore(Node root)
    {
        int most = 0;
        HashSet<string> seen = new(StringComparer.Ordinal);
        Queue<List<Node>> queue = new();
        queue.Enqueue([root]);
        while (queue.Count > 0 && seen.Count < MaxStates && most < Limit)
        {
            List<Node> alive = queue.Dequeue();

            // The bytes that anything alive waits for, and one that nothing does.
            HashSet<int> inputs = [Node.Other];
            foreach (Node node in alive)
            {
                inputs.UnionWith(node.Next.Keys.Where(k => k != Node.Star));
            }

            foreach (int input in inputs)
            {
                HashSet<Node> reached = [];
                foreach (Node node in alive)
                {
                    if (node.IsStar)
                    {
                        reached.Add(node);
                    }

                    if (input != Node.Other && node.Next.TryGetValue(input, out Node? next))
                    {
                        reached.Add(next);
                    }
                }

                // A star is entered together with what stands before it.
                HashSet<Node> all = [.. reached];
                foreach (Node node in reached)
                {
                    if (node.Next.TryGetValue(Node.Star, out Node? star))
                    {
                        all.Add(star);
                    }
                }

                most = Math.Max(most, all.Sum(n => n.Patterns.Count));
                List<Node> after = [.. all.OrderBy(n => n.Place)];
                if (after.Count > 0 && seen.Add(string.Join(",", after.Select(n => n.Place))))
                {
                    queue.Enqueue(after);
                }
            }
        }

        return Math.Min(most, Limit);
    }

    /// <summary>All wildcards of a field, as far as there is room for them.</summary>
    private sealed class Tree
    {
        private int _count;

        public Node Root { get; } = new(0, isStar: false);

        // The quotes around the value count as characters.
        public void Add(byte[] wildcard, int pattern)
        {
            Node node = Step(Root, '"', pattern);
            for (int i = 0; i < wildcard.Length && _count < MaxNodes; i++)
            {
                node = wildcard[i] == '*' ? Step(node, Node.Star, pattern) : Step(node, wildcard[i] == '\\' ? wildcard[++i] : wildcard[i], pattern);
            }

            Step(node, '"', pattern);
        }

        private Node Step(Node from, int key, int pattern)
        {
            if (!from.Next.TryGetValue(key, out Node? next))
            {
                next = new Node(++_count, isStar: key == Node.Star);
                from.Next.Add(key, next);
            }

            next.Patterns.Add(pattern);
            return next;
        }
    }

    /// <summary>A place in the wildcards, shared by those that are alike up to it.</summary>
    private sealed class Node(int place, bool isStar)
    {
        public const int Star = -1;
        public const int Other = -2;

        public Dictionary<int, Node> Next { get; } = [];

        public HashSet<int> Patterns { get; } = [];

        public bool IsStar => isStar;

        public int Place => place;
    }
}
