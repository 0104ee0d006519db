using EventBridgeOps.Patterns.Events;
using EventBridgeOps.Patterns.Syntax;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Explaining;

/// <summary>A value of an event, to be explained.</summary>
internal sealed class EventValue
{
    private readonly byte[] _text;
    private FieldValue _value;

    public EventValue(byte[] text, FieldValue value)
    {
        _text = text;
        _value = value;
        Text = JsonText.FromUtf8(text);
    }

    /// <summary>A string's inside, or the token.</summary>
    public string Text { get; }

    public FieldValueKind Kind => _value.Kind;

    public bool InArray => _value.Membership != 0;

    /// <summary>The value as JSON text.</summary>
    public string Json => Kind == FieldValueKind.String ? PatternJson.Quote(Text) : Text;

    public bool Passes(ValueTest[] tests)
    {
        foreach (ValueTest test in tests)
        {
            if (test.Accepts(_text, ref _value))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>An event's values at the paths of a pattern, and the names of all its paths.</summary>
internal sealed class EventView
{
    private readonly Dictionary<string, IReadOnlyList<EventValue>> _values = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyCollection<string>> _allPaths;

    public EventView(byte[] utf8Event, IEnumerable<string> paths)
    {
        EventScanner scanner = new();
        scanner.Scan(utf8Event);
        byte[] text = utf8Event.AsSpan(scanner.Start).ToArray();
        List<string> wanted = paths.ToList();
        PathNode root = PathNode.Root();
        for (int i = 0; i < wanted.Count; i++)
        {
            root.Add(wanted[i], i);
        }

        EventFields fields = new();
        fields.Clear(wanted.Count);
        EventWalker.Collect(text, scanner, root, fields);
        for (int i = 0; i < wanted.Count; i++)
        {
            List<EventValue> values = [];
            for (int at = fields.First(i); at >= 0; at = fields.Value(at).Next)
            {
                ref FieldValue value = ref fields.Value(at);
                values.Add(new EventValue(fields.Text(ref value, text).ToArray(), value));
            }

            _values.Add(wanted[i], values);
        }

        _allPaths = new Lazy<IReadOnlyCollection<string>>(() => Paths(PatternNodeReader.Read(text)));
    }

    /// <summary>The paths at which the event has values.</summary>
    public IReadOnlyCollection<string> AllPaths => _allPaths.Value;

    public IReadOnlyList<EventValue> ValuesAt(string path) => _values[path];

    private static HashSet<string> Paths(PatternNode root)
    {
        HashSet<string> paths = new(StringComparer.Ordinal);
        Add(root, "");
        return paths;

        void Add(PatternNode node, string path)
        {
            foreach (PatternMember member in node.Members)
            {
                Add(member.Value, path.Length == 0 ? member.Name : path + "." + member.Name);
            }

            foreach (PatternNode item in node.Items)
            {
                Add(item, path);
            }

            if (node.Kind is not (PatternNodeKind.Object or PatternNodeKind.Array or PatternNodeKind.Broken))
            {
                paths.Add(path);
            }
        }
    }
}
