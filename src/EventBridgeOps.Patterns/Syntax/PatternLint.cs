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
            List<PatternProblem> errors = PatternCompiler.Faults(text.Root).Take(PatternReport.MaxProblems).Select(text.Problem).ToList();
            return new PatternReport(InOrder(errors.Concat(Doubts(text))), 0, 0);
        }

        List<PatternProblem> problems = [.. Doubts(text)];
        if (conjunctions.Length > PatternReport.MaxCombinations)
        {
            problems.Add(text.Problem(
                PatternProblemSeverity.Warning,
                SyntaxTexts.ManyCombinations(conjunctions.Length, PatternReport.MaxCombinations),
                0,
                "",
                SyntaxTexts.SplitRule()));
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
        problems.Take(PatternReport.MaxProblems).OrderBy(p => p.Line).ThenBy(p => p.Column).ToArray();

    private static PatternProblem TooComplex(PatternText text, PathTest test, int score)
    {
        Alternative driver = test.Alternatives
            .OrderByDescending(a => WildcardScore.Of(a.Tests))
            .First();
        return text.Problem(
            PatternProblemSeverity.Warning,
            ServiceTexts.TooComplex(),
            driver.Node.Start,
            "",
            SyntaxTexts.WildcardScores(test.Path, score, score == WildcardScore.Limit, PatternReport.MaxWildcardScore, WildcardScore.Of(driver.Tests)));
    }

    private static IEnumerable<PatternProblem> Doubts(PatternText text)
    {
        if (text.Text.Length > PatternReport.DefaultLength)
        {
            bool far = text.Text.Length > PatternReport.MaxLength;
            yield return text.Problem(
                PatternProblemSeverity.Warning,
                far ? SyntaxTexts.TooLong(text.Text.Length, PatternReport.MaxLength) : SyntaxTexts.Long(text.Text.Length, PatternReport.DefaultLength),
                0,
                "",
                far ? SyntaxTexts.SplitRule() : SyntaxTexts.AskForQuota());
        }

        foreach (PatternProblem problem in EventFieldLint.Check(text).Concat(OperatorLint.Check(text)).Concat(Walk(text, text.Root, "")))
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
                yield return text.Problem(PatternProblemSeverity.Warning, SyntaxTexts.Repeated(member.Name), member.NameStart, place, SyntaxTexts.LastOneCounts());
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
                yield return text.Problem(PatternProblemSeverity.Warning, SyntaxTexts.TooManyDigits(item.Text), item.Start, JsonPointer.Item(pointer, i), SyntaxTexts.SameDigitsOnly());
            }

            foreach (PatternProblem problem in Walk(text, item, JsonPointer.Item(pointer, i)))
            {
                yield return problem;
            }
        }
    }
}
