using System.Text.RegularExpressions;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Rules;

/// <summary>What PutRule accepts as the name and the state of a rule.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html.</remarks>
internal static class RuleForm
{
    private static readonly Regex Name = new(@"\A[.\-_A-Za-z0-9]{1,64}\z", RegexOptions.CultureInvariant);

    /// <summary>Why EventBridge would reject a rule out of a file; nothing is said of what the file leaves open.</summary>
    public static IEnumerable<Message> Doubts(RuleSummary rule)
    {
        if (IsKnown(rule, UnknownValue.Name) && !rule.RuleName.Contains("${") && !Name.IsMatch(rule.RuleName))
            yield return RuleFileMessages.InvalidName(rule.RuleName);
        if (IsKnown(rule, "/State") && rule.State is { Length: > 0 } state && !RuleStates.All.Contains(state, StringComparer.Ordinal))
            yield return RuleFileMessages.InvalidState(rule.RuleName, state, RuleStates.All);
    }

    private static bool IsKnown(RuleSummary rule, string path) => !rule.UnknownValues.Any(value => value.Path == path);
}
