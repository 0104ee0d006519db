using System.Text.Json;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Events.Policies;

/// <summary>Compares texts with the patterns of a statement: actions, resources and values of conditions.</summary>
internal static class PolicyPatterns
{
    /// <summary>Whether the actions of a statement, or those that it excludes, fit.</summary>
    public static Match Action(PolicyStatement statement, string action) =>
        Listed(statement, "Action", pattern => Match.Of(Wildcards.IsMatch(action, pattern, ignoreCase: true)));

    /// <summary>Whether the resources of a statement, or those that it excludes, fit.</summary>
    /// <remarks>Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html.</remarks>
    public static Match Resource(PolicyStatement statement, PolicyRequest request) => Listed(statement, "Resource", pattern =>
        PolicyVariables.Fill(statement, pattern, request.Context) is { } filled
            ? Resource(PolicyVariables.Plain(request.Resource), filled, pattern)
            : Match.Unknown(PolicyMessages.UnknownVariable(pattern)));

    /// <summary>Whether a text is like a pattern, in which a wildcard of a variable's value stands for itself.</summary>
    public static bool IsLike(string text, string filled, bool ignoreCase = false) =>
        Wildcards.IsMatch(PolicyVariables.Plain(text), filled, ignoreCase);

    /// <summary>Whether an ARN is like a pattern: each of its six parts is compared by itself.</summary>
    /// <remarks>Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html, "Amazon Resource Name (ARN) condition operators".</remarks>
    public static Match Arn(string arn, string filled)
    {
        string[] parts = arn.Split([':'], 6), patterns = filled.Split([':'], 6);
        if (patterns.Length < 6)
            return IsLike(arn, filled) ? Match.Unknown(PolicyMessages.NotAnArn(filled)) : Match.Of(false);
        return Match.Of(parts.Length == 6 && parts.Zip(patterns, (part, pattern) => IsLike(part, pattern)).All(isLike => isLike));
    }

    /// <summary>
    /// Within the parts of an ARN a wildcard stands for any characters; beyond a colon it reaches for certain where it ends its part.
    /// </summary>
    private static Match Resource(string resource, string filled, string pattern)
    {
        if (!Wildcards.IsMatch(resource, filled))
            return Match.Of(false);
        string[] parts = resource.Split(':'), patterns = filled.Split(':');
        bool isCertain = Array.TrueForAll(patterns, part => part.TrimEnd('*').IndexOf('*') < 0)
            || (parts.Length == patterns.Length && parts.Zip(patterns, (part, other) => Wildcards.IsMatch(part, other)).All(isLike => isLike));
        return isCertain ? Match.Of(true) : Match.Unknown(PolicyMessages.WildcardBeyondColon(pattern));
    }

    /// <summary>Whether a list, or the opposite of its "Not" form, has what is asked for; a statement with neither is about nothing.</summary>
    private static Match Listed(PolicyStatement statement, string member, Func<string, Match> fits)
    {
        if (statement.Find("Not" + member) is { } not)
            return Match.Any(Texts(not).Select(fits)).Not();
        return statement.Find(member) is { } given ? Match.Any(Texts(given).Select(fits)) : Match.Of(false);
    }

    private static IEnumerable<string> Texts(JsonElement value) =>
        PolicyStatement.Items(value).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);
}
