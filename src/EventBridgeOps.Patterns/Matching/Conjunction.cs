namespace EventBridgeOps.Patterns.Matching;

/// <summary>Tests that must all pass, in the ordinal order of their paths. A rule has one, or one for each combination of <c>$or</c>.</summary>
internal sealed class Conjunction
{
    public Conjunction(string ruleName, int rule, int number, FieldTest[] tests, Conjunction? next)
    {
        RuleName = ruleName;
        Rule = rule;
        Number = number;
        Tests = tests;
        Next = next;
    }

    public string RuleName { get; }

    /// <summary>The rule's number, by which a run notes that it has matched.</summary>
    public int Rule { get; }

    /// <summary>The conjunction's number, by which a run notes that it has been judged.</summary>
    public int Number { get; }

    public FieldTest[] Tests { get; }

    /// <summary>Another conjunction of the rule.</summary>
    public Conjunction? Next { get; }

    /// <summary>How many conjunctions there are from this one on.</summary>
    public int Length()
    {
        int length = 0;
        for (Conjunction? conjunction = this; conjunction != null; conjunction = conjunction.Next)
        {
            length++;
        }

        return length;
    }
}
