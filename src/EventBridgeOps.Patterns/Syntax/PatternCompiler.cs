namespace EventBridgeOps.Patterns.Syntax;

/// <summary>
/// Makes of a pattern's nodes the conjunctions that it stands for: one without <c>$or</c>, one for each combination with it.
/// Follows the service's own compiler (aws/event-ruler, <c>JsonRuleCompiler</c>) step by step, since the order of writes decides.
/// </summary>
internal sealed class PatternCompiler
{
    /// <summary>The most paths that one conjunction may have.</summary>
    public const int MaxPaths = 256;

    private const string Or = OperatorLint.Or;

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "exactly", "equals-ignore-case", "prefix", "suffix", "anything-but", "exists", "wildcard", "numeric", "cidr",
        "=", "<", "<=", ">", ">=", "regex", "not-wildcard", "not-equals-ignore-case",
        "date-after", "date-on-or-after", "date-before", "date-on-or-before", "in-date-range",
        "ip-address-in-range", "ip-address-not-in-range",
    };

    private readonly bool _orIsField;
    private readonly bool _hints;
    private readonly List<PatternFault>? _faults;
    private readonly List<PatternMember> _around = [];

    private PatternCompiler(bool orIsField, List<PatternFault>? faults, bool hints = true)
    {
        _hints = hints;
        _orIsField = orIsField;
        _faults = faults;
    }

    /// <summary>The conjunctions of a pattern, each with its paths in ordinal order.</summary>
    /// <param name="root">The pattern.</param>
    /// <param name="hints">Whether hints are made for alternatives, which are compiled for that; not for those themselves, or nested ones would take exponential time.</param>
    /// <exception cref="PatternFault">The pattern is not valid: the first fault; or it makes more than <see cref="PatternBudget"/> allows.</exception>
    public static PathTest[][] Compile(PatternNode root, bool hints = true)
    {
        PatternBudget.Check(root);
        try
        {
            return new PatternCompiler(orIsField: false, null, hints).Run(root);
        }
        catch (PatternFault first) when (!ServiceTexts.IsTooManyFields(first.Reason))
        {
            // "$or" may also be an ordinary field: the service then asks its older compiler, which knew no other. If the
            // pattern is wrong even so, the first fault is the one to report.
            try
            {
                return new PatternCompiler(orIsField: true, null, hints).Run(root);
            }
            catch (PatternFault)
            {
                throw first;
            }
        }
    }

    /// <summary>Every fault of a pattern that is known not to be valid.</summary>
    public static IReadOnlyList<PatternFault> Faults(PatternNode root)
    {
        List<PatternFault> faults = [];
        try
        {
            PatternBudget.Check(root);
            new PatternCompiler(orIsField: false, faults).Run(root);
        }
        catch (PatternFault last)
        {
            faults.Add(last);
        }

        return faults;
    }

    private PathTest[][] Run(PatternNode root)
    {
        if (root.Kind != PatternNodeKind.Object)
        {
            throw new PatternFault(ServiceTexts.NotAnObject(), root, "", root.Kind == PatternNodeKind.Broken ? SyntaxTexts.BrokenText(root.Text) : PatternSnippet.Embedded(root) is { } pattern ? SyntaxTexts.Use(pattern) : SyntaxTexts.WriteObject());
        }

        List<Dictionary<string, PathTest>> rules = [];
        Object(rules, "", "", root, insideOr: false);
        foreach (Dictionary<string, PathTest> rule in rules)
        {
            if (rule.Count > MaxPaths)
            {
                throw new PatternFault(ServiceTexts.TooManyFields(MaxPaths), root, "", SyntaxTexts.FieldCount(rule.Count));
            }
        }

        return rules.Select(rule => rule.Values.OrderBy(t => t.Path, StringComparer.Ordinal).ToArray()).ToArray();
    }

    private void Object(List<Dictionary<string, PathTest>> rules, string path, string pointer, PatternNode node, bool insideOr)
    {
        foreach (PatternMember member in node.Members)
        {
            Try(() => Member(rules, path, JsonPointer.Member(pointer, member.Name), member, insideOr));
        }

        Whole(node, pointer);
        if (node.Members.Count == 0)
        {
            throw new PatternFault(ServiceTexts.EmptyObject(), node, pointer, pointer.Length == 0 ? null : SyntaxTexts.WriteField());
        }
    }

    private void Member(List<Dictionary<string, PathTest>> rules, string path, string pointer, PatternMember member, bool insideOr)
    {
        PatternNode value = member.Value;
        if (member.Name == Or && !_orIsField)
        {
            Alternatives(rules, path, pointer, value);
            return;
        }

        if (insideOr && Reserved.Contains(member.Name))
        {
            throw new PatternFault(ServiceTexts.ReservedInOr(member.Name), member.NameStart, pointer, hint: PatternSnippet.ForOperator(_around, member) ?? SyntaxTexts.FieldsInsideOr());
        }

        string name = path.Length == 0 ? member.Name : path + "." + member.Name;
        switch (value.Kind)
        {
            case PatternNodeKind.Object:
                _around.Add(member);
                try
                {
                    Object(rules, name, pointer, value, insideOr);
                }
                finally
                {
                    _around.RemoveAt(_around.Count - 1);
                }

                break;
            case PatternNodeKind.Array:
                Field(rules, name, pointer, value, _hints ? OperatorLint.HintForList(member, isOfEvent: path.Length == 0) : null);
                break;
            case PatternNodeKind.Broken:
                throw new PatternFault(value.Text, value, pointer);
            default:
                throw new PatternFault(ServiceTexts.NotAField(member.Name), value, pointer, PatternSnippet.ForScalar(_around, member));
        }
    }

    private void Alternatives(List<Dictionary<string, PathTest>> rules, string path, string pointer, PatternNode value)
    {
        List<Dictionary<string, PathTest>> before = [.. rules];
        rules.Clear();
        if (value.Kind == PatternNodeKind.Broken)
        {
            throw new PatternFault(value.Text, value, pointer);
        }

        if (value.Kind != PatternNodeKind.Array)
        {
            throw new PatternFault(ServiceTexts.OrNotAnArray(), value, pointer, SyntaxTexts.WriteOr());
        }

        for (int i = 0; i < value.Items.Count; i++)
        {
            PatternNode item = value.Items[i];
            string place = JsonPointer.Item(pointer, i);
            Try(() =>
            {
                if (item.Kind == PatternNodeKind.Broken)
                {
                    throw new PatternFault(item.Text, item, place);
                }

                if (item.Kind != PatternNodeKind.Object)
                {
                    throw new PatternFault(ServiceTexts.OrNotOfObjects(), item, place);
                }

                List<Dictionary<string, PathTest>> branch = before.Select(rule => new Dictionary<string, PathTest>(rule, StringComparer.Ordinal)).ToList();
                if (branch.Count == 0)
                {
                    branch.Add(new Dictionary<string, PathTest>(StringComparer.Ordinal));
                }

                Object(branch, path, place, item, insideOr: true);
                rules.AddRange(branch);
            });
        }

        Whole(value, pointer);
        if (value.Items.Count < 2)
        {
            throw new PatternFault(ServiceTexts.OrOfOne(), value, pointer, (_hints ? PatternSnippet.Alternatives(value) : null) ?? SyntaxTexts.NeedsNoOr());
        }
    }

    private void Field(List<Dictionary<string, PathTest>> rules, string path, string pointer, PatternNode list, string? meant)
    {
        List<Alternative> alternatives = new(list.Items.Count);
        for (int i = 0; i < list.Items.Count; i++)
        {
            PatternNode item = list.Items[i];
            string place = JsonPointer.Item(pointer, i);
            try
            {
                alternatives.Add(new Alternative(item, new OperatorCompiler(place, older: _orIsField).Compile(item)));
            }
            catch (PatternFault fault) when (meant is not null && !fault.IsBreak)
            {
                throw new PatternFault(fault.Reason, fault.At, fault.Pointer, hint: meant);
            }
            catch (PatternFault fault) when (_faults is not null && !fault.IsBreak)
            {
                _faults.Add(fault);
            }
        }

        Whole(list, pointer);
        if (list.Items.Count == 0)
        {
            throw new PatternFault(ServiceTexts.EmptyArray(), list, pointer, SyntaxTexts.WriteValue());
        }

        PathTest test = new(path, alternatives);
        if (rules.Count == 0)
        {
            rules.Add(new Dictionary<string, PathTest>(StringComparer.Ordinal));
        }

        foreach (Dictionary<string, PathTest> rule in rules)
        {
            rule[path] = test;
        }
    }

    // A fault ends the run, unless all are asked for: then the next part is judged. Where the text breaks off, all ends.
    private void Try(Action part)
    {
        try
        {
            part();
        }
        catch (PatternFault fault) when (_faults != null && !fault.IsBreak)
        {
            _faults.Add(fault);
        }
    }

    private static void Whole(PatternNode node, string pointer)
    {
        if (node.Break != null)
        {
            throw new PatternFault(node.Break.Text, node.Break, pointer);
        }
    }
}

/// <summary>Places in a document (RFC 6901).</summary>
internal static class JsonPointer
{
    /// <summary>The place of a member.</summary>
    public static string Member(string pointer, string name) => pointer + "/" + name.Replace("~", "~0").Replace("/", "~1");

    /// <summary>The place of an element.</summary>
    public static string Item(string pointer, int index) => pointer + "/" + index;
}
