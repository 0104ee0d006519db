namespace EventBridgeOps.Patterns.Syntax;

/// <summary>Finds operators that are not where operators are, and texts that look as if they were operators.</summary>
internal static class OperatorLint
{
    /// <summary>The name of alternatives.</summary>
    public const string Or = "$or";

    private static readonly string[] Alternative = ["or", "anyOf", "oneOf"];

    /// <summary>Whether the name of a field is one of alternatives in another spelling.</summary>
    public static bool IsMeantAsOr(string name) => name != Or && Alternative.Contains(name.TrimStart('$'), StringComparer.OrdinalIgnoreCase);

    /// <summary>For a list of objects that are not operators, by the name of its field; null if it is not one of an operator of other languages.</summary>
    public static string? HintForList(PatternMember member, bool isOfEvent) =>
        IsMeantAsOr(member.Name) ? PatternSnippet.Alternatives(member.Value)
        : isOfEvent || member.Name.StartsWith("$", StringComparison.Ordinal) ? Hints.OfOtherLanguage(member.Name)
        : null;

    /// <summary>The doubts about the operators of a pattern.</summary>
    public static IEnumerable<PatternProblem> Check(PatternText text)
    {
        List<PatternProblem> problems = [];
        Walk(text, text.Root, "", [], false, problems);
        return problems;
    }

    private static void Walk(PatternText text, PatternNode node, string pointer, List<PatternMember> around, bool insideOr, List<PatternProblem> problems)
    {
        HashSet<int> told = [];
        foreach (PatternMember member in node.Members.TakeWhile(_ => problems.Count < PatternReport.MaxProblems))
        {
            string place = JsonPointer.Member(pointer, member.Name);
            List<PatternMember> path = [.. around, member];
            if (member.Name == Or)
            {
                Alternatives(text, member, place, around, problems);
            }
            else if (around.Count > 0 && member.Value.Kind == PatternNodeKind.Object && member.Name.StartsWith("$", StringComparison.Ordinal) && Hints.OfOtherLanguage(member.Name) is { } other)
            {
                problems.Add(Warning(text, SyntaxTexts.OperatorAsField(member.Name), member.NameStart, place, other));
            }
            else if (member.Value.Kind == PatternNodeKind.Object)
            {
                Walk(text, member.Value, place, path, insideOr, problems);
            }
            else if (member.Value.Kind == PatternNodeKind.Array)
            {
                // Inside alternatives it is an error.
                if (!insideOr && PatternSnippet.OperatorList(path) is { } meant && (PatternSnippet.LooksMeant(member) || IsOfStrings(around)) && told.Add(meant.Depth))
                {
                    problems.Add(Warning(text, SyntaxTexts.OperatorAsField(member.Name), member.NameStart, place, PatternSnippet.ForOperator(around, member)));
                }
                else
                {
                    List(text, member, place, around, problems);
                }
            }
        }
    }

    private static void Alternatives(PatternText text, PatternMember member, string pointer, List<PatternMember> around, List<PatternProblem> problems)
    {
        PatternNode value = member.Value;
        if (value.Kind == PatternNodeKind.Object)
        {
            problems.Add(Warning(text, SyntaxTexts.OrAsField(), member.NameStart, pointer, PatternSnippet.Alternatives(value) ?? SyntaxTexts.WriteOr()));
        }
        else if (value.Items.Count > 0 && value.Items.TrueForAll(item => item.Kind != PatternNodeKind.Object))
        {
            problems.Add(Warning(text, SyntaxTexts.OrAsField(), member.NameStart, pointer, SyntaxTexts.WriteOr()));
        }

        for (int i = 0; i < value.Items.Count; i++)
        {
            Walk(text, value.Items[i], JsonPointer.Item(pointer, i), around, true, problems);
        }
    }

    private static void List(PatternText text, PatternMember member, string pointer, List<PatternMember> around, List<PatternProblem> problems)
    {
        bool isOfEvent = around.Count == 0 && EventFieldLint.IsOfStrings(member.Name);
        if (around.Count == 0 && member.Name == EventFieldLint.Detail)
        {
            return; // It is not a list, which is said elsewhere.
        }

        for (int i = 0; i < member.Value.Items.Count && problems.Count < PatternReport.MaxProblems; i++)
        {
            PatternNode item = member.Value.Items[i];
            if (PatternSnippet.OperatorInText(item) is { } inside)
            {
                problems.Add(Warning(text, SyntaxTexts.OperatorAsText(inside.Name), item.Start, JsonPointer.Item(pointer, i), SyntaxTexts.Use(inside.List)));
                continue;
            }

            if (!around.Exists(field => field.Name == PatternSnippet.Parameters) && PatternSnippet.ListInText(item, isOfEvent) is not null)
            {
                problems.Add(Warning(text, SyntaxTexts.ListAsText(), item.Start, JsonPointer.Item(pointer, i), SyntaxTexts.Use(PatternSnippet.Flat(member, isOfEvent))));
                continue;
            }

            foreach ((string? name, PatternNode operand) in Texts(item))
            {
                if (IsMeantAsWildcard(operand.Text, isOfEvent, around))
                {
                    string hint = operand.Text == "*" && name is null ? SyntaxTexts.AnyValue()
                        : PatternSnippet.Wildcard(name, Operands(item, operand)) is { } list ? SyntaxTexts.Use(list) : SyntaxTexts.NoRegularExpressions();
                    problems.Add(Warning(text, SyntaxTexts.LiteralAsterisk(operand.Text), operand.Start, JsonPointer.Item(pointer, i), hint));
                }
            }
        }
    }

    // All that one anything-but excludes is excluded still.
    private static string[] Operands(PatternNode item, PatternNode operand) =>
        item.Members.Find(member => member.Name == "anything-but").Value is { Kind: PatternNodeKind.Array } all && all.Items.TrueForAll(each => each.IsString)
            ? [.. all.Items.Select(each => each.Text)]
            : [operand.Text];

    /// <summary>The texts of an element in which an asterisk has no meaning, with their operators.</summary>
    private static IEnumerable<(string? Name, PatternNode Text)> Texts(PatternNode item)
    {
        if (item.IsString)
        {
            return [(null, item)];
        }

        return item.Members
            .Where(member => member.Name is "prefix" or "suffix" or "anything-but")
            .SelectMany(member => (member.Value.Kind == PatternNodeKind.Array ? member.Value.Items : [member.Value]).Where(each => each.IsString).Select(each => ((string?)member.Name, each)));
    }

    // Schedules, queries and the like have asterisks of their own, and blanks.
    private static bool IsMeantAsWildcard(string text, bool isOfEvent, List<PatternMember> around) =>
        text.Contains('*') && (isOfEvent || !(text.Any(char.IsWhiteSpace) || text[0] is '{' or '[' || around.Exists(member => member.Name == PatternSnippet.Parameters)));

    private static bool IsOfStrings(List<PatternMember> around) => around.Count > 0 && EventFieldLint.IsOfStrings(around[0].Name);

    private static PatternProblem Warning(PatternText text, string reason, int at, string pointer, string? hint) =>
        text.Problem(PatternProblemSeverity.Warning, reason, at, pointer, hint);
}
