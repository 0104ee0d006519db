namespace EventBridgeOps.Patterns.Syntax;

/// <summary>Finds what no event can match, by what every event is like.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html.</remarks>
internal static class EventFieldLint
{
    /// <summary>The field with what the sender adds.</summary>
    public const string Detail = "detail";

    private const string Source = "source";
    private const string DetailType = "detail-type";
    private const string Resources = "resources";

    private static readonly string[] Strings = ["version", "id", DetailType, Source, "account", "time", "region"];

    /// <summary>Whether a field of events is a string or a list of strings.</summary>
    public static bool IsOfStrings(string field) => field == Resources || Strings.Contains(field, StringComparer.Ordinal);

    /// <summary>The doubts about the fields of an event in a pattern.</summary>
    public static IEnumerable<PatternProblem> Check(PatternText text)
    {
        Lazy<bool> isOfAws = new(() => IsOfAws(text));
        return Fields(text.Root, "").SelectMany(field => Check(text, field.Member, field.Pointer, isOfAws));
    }

    // Alternatives are objects of fields as well.
    private static IEnumerable<(PatternMember Member, string Pointer)> Fields(PatternNode node, string pointer)
    {
        foreach (PatternMember member in node.Members)
        {
            string place = JsonPointer.Member(pointer, member.Name);
            if (member.Name != OperatorLint.Or)
            {
                yield return (member, place);
            }
            else
            {
                for (int i = 0; i < member.Value.Items.Count; i++)
                {
                    foreach ((PatternMember, string) field in Fields(member.Value.Items[i], JsonPointer.Item(place, i)))
                    {
                        yield return field;
                    }
                }
            }
        }
    }

    private static IEnumerable<PatternProblem> Check(PatternText text, PatternMember member, string pointer, Lazy<bool> isOfAws)
    {
        (string name, PatternNode value) = (member.Name, member.Value);
        if (OperatorLint.IsMeantAsOr(name) && PatternSnippet.Alternatives(value) is { } alternatives)
        {
            if (value.Kind == PatternNodeKind.Object)
            {
                yield return Warning(text, SyntaxTexts.NotAnEventField(name), member.NameStart, pointer, alternatives);
            }

            // A list is an error, which has the hint.
        }
        else if (Hints.TopLevelField(name) is { } hint)
        {
            yield return Warning(text, SyntaxTexts.NotAnEventField(name), member.NameStart, pointer, hint);
        }
        else if (name == Detail && value.Kind == PatternNodeKind.Array)
        {
            string? inside = value.Items.Count == 1 ? PatternSnippet.Embedded(value.Items[0]) : null;
            yield return Warning(text, SyntaxTexts.IsObject(name), value.Start, pointer, inside is null ? SyntaxTexts.WriteDetail() : SyntaxTexts.Use($"\"detail\": {inside}"));
        }
        else if (name == Detail)
        {
            foreach (PatternProblem problem in Details(text, value, pointer))
            {
                yield return problem;
            }
        }
        else if (IsOfStrings(name))
        {
            string kind = name == Resources ? SyntaxTexts.IsStrings(name) : SyntaxTexts.IsString(name);
            if (value.Kind == PatternNodeKind.Object && !value.Members.All(each => Hints.IsOperator(each.Name)))
            {
                yield return Warning(text, kind, value.Start, pointer, SyntaxTexts.FieldOfDetail());
            }

            for (int i = 0; i < value.Items.Count; i++)
            {
                PatternNode item = value.Items[i];
                string place = JsonPointer.Item(pointer, i);
                if (IsOfOtherType(item))
                {
                    yield return Warning(text, kind, item.Start, place, PatternSnippet.OfString(name, item) is { } list ? SyntaxTexts.Use($"\"{name}\": {list}") : SyntaxTexts.UseString());
                }
                else if (name != Resources && item.Members.Exists(each => each is { Name: "exists", Value.Kind: PatternNodeKind.False }))
                {
                    yield return Warning(text, SyntaxTexts.IsAlwaysThere(name), item.Start, place, null);
                }
                else if (item.IsString && AwsForms.Doubt(name, item.Text) is { } doubt)
                {
                    yield return Warning(text, doubt, item.Start, place, null);
                }
                else if (item.IsString && AwsNames.Respelled(name, item.Text, () => isOfAws.Value) is { } respelled)
                {
                    yield return Warning(text, respelled.Reason, item.Start, place, SyntaxTexts.Use($"\"{name}\": [{PatternJson.Quote(respelled.Name)}]"));
                }
            }
        }
    }

    private static IEnumerable<PatternProblem> Details(PatternText text, PatternNode detail, string pointer)
    {
        PatternNode[] types = [.. Fields(text.Root, "").Where(field => field.Member.Name == DetailType).SelectMany(field => field.Member.Value.Items)];
        if (types.Length == 0 || !Array.TrueForAll(types, type => type.IsString))
        {
            yield break;
        }

        HashSet<string> names = new(types.Select(type => type.Text), StringComparer.Ordinal);
        foreach (PatternMember field in detail.Members)
        {
            for (int i = 0; i < field.Value.Items.Count; i++)
            {
                PatternNode item = field.Value.Items[i];
                if (item.IsString && AwsValues.Respelled(names, field.Name, item.Text) is { } known)
                {
                    yield return Warning(text, SyntaxTexts.OtherCase(item.Text), item.Start, JsonPointer.Item(JsonPointer.Member(pointer, field.Name), i), SyntaxTexts.Use($"{PatternJson.Quote(field.Name)}: [{PatternJson.Quote(known)}]"));
                }
            }
        }
    }

    // A number, a literal, or an operator that compares with numbers.
    private static bool IsOfOtherType(PatternNode item) => item.Kind switch
    {
        PatternNodeKind.Number or PatternNodeKind.True or PatternNodeKind.False or PatternNodeKind.Null => true,
        PatternNodeKind.Object => item.Members.Exists(member => member.Name == "numeric"
            || (member.Name == "anything-but" && (member.Value.IsNumber || (member.Value.Items.Count > 0 && member.Value.Items.TrueForAll(each => each.IsNumber))))),
        _ => false,
    };

    /// <summary>Whether the pattern may be for events of AWS services: it names such a source, or none.</summary>
    private static bool IsOfAws(PatternText text)
    {
        List<PatternNode> sources = [.. Fields(text.Root, "").Where(field => field.Member.Name == Source).SelectMany(field => field.Member.Value.Items)];
        return sources.Count == 0 || sources.Exists(source => source.Members.Find(member => member.Name == "prefix").Value is { IsString: true } prefix
            ? IsOfAws(prefix.Text) || "aws.".StartsWith(prefix.Text, StringComparison.Ordinal)
            : !source.IsString || IsOfAws(source.Text));
    }

    private static bool IsOfAws(string source) => source.StartsWith("aws.", StringComparison.OrdinalIgnoreCase);

    private static PatternProblem Warning(PatternText text, string reason, int at, string pointer, string? hint) =>
        text.Problem(PatternProblemSeverity.Warning, reason, at, pointer, hint);
}
