using System.Text.Json;
using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Policies;

/// <summary>The conditions of a policy's statement.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html</remarks>
internal static class PolicyCondition
{
    private const string IfExists = "IfExists";

    /// <summary>
    /// Whether all conditions hold. An operator that is not known here holds in a denial and not in an allowance, so that the sandbox
    /// never allows what AWS might refuse.
    /// </summary>
    public static bool Holds(RawDocument statement, PolicyRequest request) =>
        statement.Object("Condition") is not { } condition
        || condition.Members.All(test => test.Value.ValueKind == JsonValueKind.Object && RawDocument.From(test.Value).Members.All(key =>
            Holds(test.Key, key.Key, key.Value, request.Context) ?? statement.Text("Effect") == "Deny"));

    /// <summary>Whether a text is like a pattern with <c>*</c> and <c>?</c>.</summary>
    public static bool IsLike(string text, string pattern, bool ignoreCase = false) => Regex.IsMatch(
        text,
        $@"\A{Regex.Escape(pattern).Replace("\\*", ".*").Replace("\\?", ".")}\z",
        RegexOptions.CultureInvariant | RegexOptions.Singleline | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None));

    private static bool? Holds(string test, string key, JsonElement wanted, IReadOnlyDictionary<string, string> context)
    {
        bool ifExists = test.EndsWith(IfExists, StringComparison.Ordinal);
        string name = ifExists ? test.Substring(0, test.Length - IfExists.Length) : test;
        string? actual = context.TryGetValue(key.ToLowerInvariant(), out string? value) ? value : null;
        List<string> values = Json.Items(wanted).Select(item => item.ToString()).ToList();
        if (name == "Null")
            return values.Contains("true") == actual is null;
        if (Test(name) is not { } isMet)
            return null;

        bool isNegated = name.Contains("Not");
        return actual is null ? ifExists || isNegated : values.Any(item => isMet(actual, item)) != isNegated;
    }

    private static Func<string, string, bool>? Test(string name) => name switch
    {
        "StringEquals" or "StringNotEquals" => (actual, wanted) => actual == wanted,
        "ArnEquals" or "ArnNotEquals" or "ArnLike" or "ArnNotLike" or "StringLike" or "StringNotLike" => (actual, wanted) => IsLike(actual, wanted),
        "StringEqualsIgnoreCase" or "StringNotEqualsIgnoreCase" or "Bool" => (actual, wanted) => string.Equals(actual, wanted, StringComparison.OrdinalIgnoreCase),
        _ => null,
    };
}
