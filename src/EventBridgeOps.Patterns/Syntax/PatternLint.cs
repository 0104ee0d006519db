using System.Globalization;
using System.Text;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Syntax;

/// <summary>Finds everything that is wrong or doubtful in a pattern.</summary>
internal static class PatternLint
{
    public static PatternReport Check(PatternText text)
    {
        PathTest[][] conjunctions;
        try
        {
            conjunctions = PatternCompiler.Compile(text.Root);
        }
        catch (PatternFault)
        {
            List<PatternProblem> errors = PatternCompiler.Faults(text.Root).Select(text.Problem).ToList();
            return new PatternReport(InOrder(errors.Concat(Doubts(text))), 0, 0);
        }

        List<PatternProblem> problems = [.. Doubts(text)];
        if (conjunctions.Length > PatternReport.MaxCombinations)
        {
            problems.Add(text.Problem(
                PatternProblemSeverity.Warning,
                string.Format(CultureInfo.InvariantCulture, "The alternatives of $or make {0:N0} combinations; the service allows {1:N0}", conjunctions.Length, PatternReport.MaxCombinations),
                0,
                "",
                "make several rules of it"));
        }

        int score = 0;
        foreach (PathTest test in conjunctions.SelectMany(c => c).Distinct())
        {
            int fieldScore = WildcardScore.Of(test.Tests);
            score = Math.Max(score, fieldScore);
            if (fieldScore > PatternReport.MaxWildcardScore)
            {
                problems.Add(TooComplex(text, test, fieldScore));
            }
        }

        return new PatternReport(InOrder(problems), conjunctions.Length, score);
    }

    // An array, which every shell can index.
    private static PatternProblem[] InOrder(IEnumerable<PatternProblem> problems) =>
        problems.OrderBy(p => p.Line).ThenBy(p => p.Column).ToArray();

    private static PatternProblem TooComplex(PatternText text, PathTest test, int score)
    {
        Alternative driver = test.Alternatives
            .OrderByDescending(a => WildcardScore.Of(a.Tests))
            .First();
        return text.Problem(
            PatternProblemSeverity.Warning,
            "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character",
            driver.Node.Start,
            "",
            string.Format(
                CultureInfo.InvariantCulture,
                "{0} scores {1}{2}, the service allows {3}; this wildcard drives it with {4}",
                test.Path,
                score,
                score == WildcardScore.Limit ? " or more" : "",
                PatternReport.MaxWildcardScore,
                WildcardScore.Of(driver.Tests)));
    }

    private static IEnumerable<PatternProblem> Doubts(PatternText text)
    {
        if (text.Text.Length > PatternReport.DefaultLength)
        {
            bool far = text.Text.Length > PatternReport.MaxLength;
            yield return text.Problem(
                PatternProblemSeverity.Warning,
                string.Format(CultureInfo.InvariantCulture, "The pattern has {0:N0} characters; the service allows {1:N0}{2}", text.Text.Length, far ? PatternReport.MaxLength : PatternReport.DefaultLength, far ? " at most" : " by default"),
                0,
                "",
                far ? "make several rules of it" : "ask AWS for a higher quota, or make several rules of it");
        }

        foreach (PatternMember member in text.Root.Members)
        {
            string? hint = member.Name == "$or" ? null : Hints.TopLevelField(member.Name);
            if (hint != null)
            {
                yield return text.Problem(PatternProblemSeverity.Warning, $"No event has a field \"{member.Name}\"", member.NameStart, JsonPointer.Member("", member.Name), hint);
            }
        }

        foreach (PatternProblem problem in Walk(text, text.Root, ""))
        {
            yield return problem;
        }
    }

    private static IEnumerable<PatternProblem> Walk(PatternText text, PatternNode node, string pointer)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (PatternMember member in node.Members)
        {
            string place = JsonPointer.Member(pointer, member.Name);
            if (!names.Add(member.Name) && member.Value.Kind == PatternNodeKind.Array)
            {
                yield return text.Problem(PatternProblemSeverity.Warning, $"\"{member.Name}\" is written twice here", member.NameStart, place, "only the last one counts");
            }

            foreach (PatternProblem problem in Walk(text, member.Value, place))
            {
                yield return problem;
            }
        }

        for (int i = 0; i < node.Items.Count; i++)
        {
            PatternNode item = node.Items[i];
            if (item.IsNumber && !NumberKey.TryOf(Encoding.ASCII.GetBytes(item.Text), out _))
            {
                yield return text.Problem(PatternProblemSeverity.Warning, $"{item.Text} has more digits than a double holds", item.Start, JsonPointer.Item(pointer, i), "it matches only a number that is written just so; a string would be safer");
            }

            foreach (PatternProblem problem in Walk(text, item, JsonPointer.Item(pointer, i)))
            {
                yield return problem;
            }
        }
    }
}
