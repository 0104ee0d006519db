namespace EventBridgeOps.Patterns.Syntax;

/// <summary>How much a pattern may make of its text. It is counted before anything is made, in time linear in the text, so that no text costs more than these limits.</summary>
internal static class PatternBudget
{
    /// <summary>The most bytes of a pattern; the service itself allows 4,096 characters.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The most combinations of <c>$or</c> that are worked out; the service itself allows 1,000.</summary>
    public const int MaxCombinations = 16_384;

    /// <summary>The most values, each counted once for every combination that it is part of.</summary>
    public const long MaxValues = 1024 * 1024;

    /// <summary>Counts what a pattern makes.</summary>
    /// <param name="root">The pattern.</param>
    /// <exception cref="PatternFault">It makes more than the limits allow.</exception>
    public static void Check(PatternNode root) => Object(new Size(1, 0), root, "");

    private static Size Object(Size before, PatternNode node, string pointer)
    {
        foreach (PatternMember member in node.Members)
        {
            string place = JsonPointer.Member(pointer, member.Name);
            before = member.Value.Kind switch
            {
                PatternNodeKind.Object => Object(before, member.Value, place),
                PatternNodeKind.Array when member.Name == OperatorLint.Or => Alternatives(before, member.Value, place),
                PatternNodeKind.Array => Within(before.With(member.Value.Items.Count), member.Value, place),
                _ => before,
            };
        }

        return before;
    }

    // Each alternative goes on from all that was before.
    private static Size Alternatives(Size before, PatternNode list, string pointer)
    {
        Size all = new(0, 0);
        for (int i = 0; i < list.Items.Count; i++)
        {
            Size one = Object(before, list.Items[i], JsonPointer.Item(pointer, i));
            all = Within(new Size(all.Combinations + one.Combinations, all.Values + one.Values), list, pointer);
        }

        return all.Combinations == 0 ? before : all;
    }

    private static Size Within(Size size, PatternNode node, string pointer) => size.Combinations > MaxCombinations || size.Values > MaxValues
        ? throw new PatternFault(
            size.Combinations > MaxCombinations ? SyntaxTexts.TooManyCombinations(MaxCombinations) : SyntaxTexts.TooManyValues(MaxValues),
            node,
            pointer,
            SyntaxTexts.SplitOr(PatternReport.MaxCombinations))
        : size;

    private readonly record struct Size(long Combinations, long Values)
    {
        public Size With(int values) => new(Combinations, Values + (Combinations * values));
    }
}
