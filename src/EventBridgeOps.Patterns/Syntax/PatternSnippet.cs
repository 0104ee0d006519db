using System.Text;

namespace EventBridgeOps.Patterns.Syntax;

/// <summary>Parts of patterns for hints. Each is checked: it is valid where the hint says that it stands.</summary>
internal static class PatternSnippet
{
    private const int AccountDigits = 12;

    // The events of CloudTrail have the parameters of calls as they were, and some are called as operators are.
    internal const string Parameters = "requestParameters";

    /// <summary>For a value that is not in a list.</summary>
    /// <param name="around">The members around it, from the outside in.</param>
    /// <param name="member">The member that has the value.</param>
    public static string? ForScalar(IReadOnlyList<PatternMember> around, PatternMember member)
    {
        if (ForOperator(around, member) is { } hint)
        {
            return hint;
        }

        if (Hints.IsOperator(member.Name))
        {
            return around.Count == 0 ? SyntaxTexts.OperatorInList("source", Example(member.Name)) : SyntaxTexts.WriteOperator();
        }

        if (around.Count == 0 && Hints.OfRule(member.Name) is { } rule)
        {
            return rule;
        }

        if (around.Count == 0 && member.Name == EventFieldLint.Detail)
        {
            return Embedded(member.Value) is { } detail ? SyntaxTexts.Use($"\"detail\": {detail}") : SyntaxTexts.WriteDetail();
        }

        if (around.Count == 0 && EventFieldLint.IsOfStrings(member.Name))
        {
            return OfString(member.Name, member.Value) is { } text ? SyntaxTexts.WriteList(member.Name, text) : SyntaxTexts.UseString();
        }

        return SyntaxTexts.WriteList(member.Name, OperatorInText(member.Value)?.List ?? ListInText(member.Value, isOfStrings: false) ?? $"[{PatternJson.Write(member.Value)}]");
    }

    /// <summary>For an operator that stands as a key; null if what was meant is not known.</summary>
    /// <param name="around">The members around it, from the outside in.</param>
    /// <param name="member">The member with the operator's name.</param>
    public static string? ForOperator(IReadOnlyList<PatternMember> around, PatternMember member) =>
        OperatorList([.. around, member]) is not { } meant ? null
        : meant is { Depth: 1, Field: EventFieldLint.Detail } ? SyntaxTexts.WriteDetail() // It is an object in every event, to which no operator applies.
        : meant.List is null ? SyntaxTexts.OneOperatorEach()
        : SyntaxTexts.WriteList(meant.Field, meant.List);

    /// <summary>The field and the list that were meant by operators that stand as keys; null if they don't, and no list if it is not known.</summary>
    /// <param name="path">The members on the way, from the outside in.</param>
    public static (string Field, string? List, PatternMember Operator, int Depth)? OperatorList(IReadOnlyList<PatternMember> path)
    {
        int first = path.Count;
        while (first > 0 && Hints.IsOperator(path[first - 1].Name))
        {
            first--;
        }

        if (first == 0 || first == path.Count || path[first - 1].Name is Parameters)
        {
            return null;
        }

        PatternMember field = path[first - 1];
        PatternMember outermost = path[first];
        if (field.Value.Members.Exists(member => !Hints.IsOperator(member.Name)))
        {
            return null; // A field beside it proves that it is a field as well.
        }

        string? list = field.Value.Members.Count == 1 ? Valid(Operands(outermost)) : null;
        return (field.Name, list, outermost, first);
    }

    /// <summary>The operator that a string contains, and the list that was meant; null if it contains none.</summary>
    public static (string Name, string List)? OperatorInText(PatternNode node)
    {
        if (!node.IsString || !node.Text.TrimStart().StartsWith("{", StringComparison.Ordinal))
        {
            return null;
        }

        PatternNode inside = PatternNodeReader.Read(Encoding.UTF8.GetBytes(node.Text));
        return inside is { Kind: PatternNodeKind.Object, Break: null, Members.Count: 1 } && Hints.IsOperator(inside.Members[0].Name) && Valid($"[{Operator(inside.Members[0].Name, inside.Members[0].Value)}]") is { } list
            ? (inside.Members[0].Name, list)
            : null;
    }

    /// <summary>The list that a string contains, if it is one of strings, numbers or operators; null if it contains none.</summary>
    /// <param name="node">The string.</param>
    /// <param name="isOfStrings">Whether the field has only strings.</param>
    public static string? ListInText(PatternNode node, bool isOfStrings)
    {
        if (!node.IsString || !node.Text.TrimStart().StartsWith("[", StringComparison.Ordinal))
        {
            return null;
        }

        PatternNode inside = PatternNodeReader.Read(Encoding.UTF8.GetBytes(node.Text));
        return inside is { Kind: PatternNodeKind.Array, Break: null, Items.Count: > 0 }
            && inside.Items.TrueForAll(item => item.IsString || item.Kind == PatternNodeKind.Object || (item.IsNumber && !isOfStrings))
            ? Valid(PatternJson.Write(inside)) : null;
    }

    /// <summary>For a list of which elements are texts that contain lists: one list of all of them.</summary>
    public static string Flat(PatternMember member, bool isOfStrings) =>
        $"{PatternJson.Quote(member.Name)}: [{string.Join(", ", member.Value.Items.Select(item => ListInText(item, isOfStrings) is { } list ? list.Substring(1, list.Length - 2) : PatternJson.Write(item)))}]";

    /// <summary>For the alternatives of <c>$or</c>: a list of objects, or an object of which each field was meant as an alternative; null if they are not valid.</summary>
    public static string? Alternatives(PatternNode value)
    {
        string[] all = value.Kind == PatternNodeKind.Object
            ? [.. value.Members.Select(each => $"{{{PatternJson.Quote(each.Name)}: {PatternJson.Write(each.Value)}}}")]
            : [.. value.Items.Where(item => item.Kind == PatternNodeKind.Object).Select(PatternJson.Write)];
        return all.Length == 0 || all.Length < value.Items.Count || Valid($"{{\"$or\": [{string.Join(", ", all)}, {{\"y\": [1]}}]}}") is null ? null
            : all.Length == 1 ? $"{SyntaxTexts.NeedsNoOr()} {SyntaxTexts.Use(all[0].Substring(1, all[0].Length - 2))}"
            : SyntaxTexts.Use($"\"$or\": [{string.Join(", ", all)}]");
    }

    /// <summary>The object that a string contains, if it is valid as a part of a pattern.</summary>
    public static string? Embedded(PatternNode node)
    {
        if (!node.IsString || !node.Text.TrimStart().StartsWith("{", StringComparison.Ordinal))
        {
            return null;
        }

        PatternNode inside = PatternNodeReader.Read(Encoding.UTF8.GetBytes(node.Text));
        return inside is { Kind: PatternNodeKind.Object, Break: null } && Valid(PatternJson.Write(inside)) is { } valid ? valid : null;
    }

    /// <summary>The list for a number where events have a string.</summary>
    public static string? OfString(string field, PatternNode value) =>
        value.IsString ? OperatorInText(value)?.List ?? ListInText(value, isOfStrings: true) ?? $"[{PatternJson.Write(value)}]"
        : value.IsNumber && field is "account" or "version" or "id" ? $"[{PatternJson.Quote(field == "account" && value.Text.All(char.IsDigit) ? value.Text.PadLeft(AccountDigits, '0') : value.Text)}]"
        : null;

    /// <summary>The list for texts in which asterisks were meant as wildcards; null if something else was meant.</summary>
    /// <param name="name">The operator that has the texts; null for a plain string.</param>
    /// <param name="texts">The texts: one, or all of an anything-but.</param>
    public static string? Wildcard(string? name, params string[] texts)
    {
        if (Array.Exists(texts, text => text.IndexOfAny(['^', '$', '(', '[', '|', '+', '\\']) >= 0))
        {
            return null;
        }

        string[] wildcards = Array.ConvertAll(texts, Single);
        if (name == "anything-but")
        {
            string quoted = string.Join(", ", wildcards.Select(PatternJson.Quote));
            return Valid($"[{{\"anything-but\": {{\"wildcard\": {(wildcards.Length == 1 ? quoted : $"[{quoted}]")}}}}}]");
        }

        string wildcard = wildcards[0];
        bool single = wildcard.IndexOf('*') == wildcard.LastIndexOf('*');
        if (name == "prefix")
        {
            return Valid(single && wildcard.EndsWith("*", StringComparison.Ordinal) ? One("prefix", wildcard.TrimEnd('*')) : One("wildcard", wildcard.EndsWith("*", StringComparison.Ordinal) ? wildcard : wildcard + "*"));
        }

        if (name == "suffix")
        {
            return Valid(single && wildcard.StartsWith("*", StringComparison.Ordinal) ? One("suffix", wildcard.TrimStart('*')) : One("wildcard", wildcard.StartsWith("*", StringComparison.Ordinal) ? wildcard : "*" + wildcard));
        }

        return Valid(One("wildcard", wildcard));

        static string Single(string text)
        {
            while (text.Contains("**"))
            {
                text = text.Replace("**", "*");
            }

            return text;
        }

        static string One(string name, string operand) => $"[{{\"{name}\": {PatternJson.Quote(operand)}}}]";
    }

    /// <summary>A list with an operator, as an example.</summary>
    public static string Example(string name) => name switch
    {
        "numeric" => "[{\"numeric\": [\">\", 0]}]",
        "exists" => "[{\"exists\": true}]",
        "cidr" => "[{\"cidr\": \"10.0.0.0/24\"}]",
        "wildcard" => "[{\"wildcard\": \"acme.*\"}]",
        _ => $"[{{\"{name}\": \"acme.\"}}]",
    };

    /// <summary>Whether the value of an operator's name looks as the operator's and not as a field's.</summary>
    public static bool LooksMeant(PatternMember member)
    {
        List<PatternNode> items = member.Value.Items;
        return member.Name switch
        {
            "anything-but" or "equals-ignore-case" => true,
            "numeric" => items.Count > 1 && items[0].IsString && items[0].Text is "=" or "<" or "<=" or ">" or ">=",
            "exists" => items.All(item => item.Kind is PatternNodeKind.True or PatternNodeKind.False),
            _ => items.All(item => item.IsString),
        };
    }

    // Most operators have one operand each; several are alternatives.
    private static string Operands(PatternMember member) =>
        member.Value.Kind == PatternNodeKind.Array && member.Name is not ("numeric" or "anything-but")
            ? $"[{string.Join(", ", member.Value.Items.Select(item => Operator(member.Name, item)))}]"
            : $"[{Operator(member.Name, member.Value)}]";

    private static string Operator(string name, PatternNode operand) =>
        operand.Kind is PatternNodeKind.Array or PatternNodeKind.Object ? $"{{\"{name}\":{PatternJson.Write(operand)}}}" : $"{{\"{name}\": {PatternJson.Write(operand)}}}";

    private static string? Valid(string value)
    {
        try
        {
            PatternCompiler.Compile(PatternNodeReader.Read(Encoding.UTF8.GetBytes($"{{\"x\":{value}}}")), hints: false);
            return value;
        }
        catch (PatternFault)
        {
            return null;
        }
    }
}
