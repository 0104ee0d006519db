using System.Text.Json;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Events.Policies;

/// <summary>Whether a statement of a resource's policy, or of a role's trust policy, is about who asks.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html.</remarks>
internal static class PolicyPrincipals
{
    private const string Everyone = "*";

    public static Match Of(PolicyStatement statement, PolicyRequest request)
    {
        if (statement.Find("NotPrincipal") is { } not)
        {
            Match excluded = Has(not, request, delegates: false);
            // A role that is excluded without its account may still be denied, depending on how the request was made.
            return excluded.Fits != false && !request.IsOfService ? Match.Unknown(PolicyMessages.NotPrincipal()) : excluded.Not();
        }

        return statement.Find("Principal") is { } principal ? Has(principal, request, delegates: !statement.Denies) : Match.Of(false);
    }

    private static Match Has(JsonElement principal, PolicyRequest request, bool delegates)
    {
        if (principal.ValueKind == JsonValueKind.String)
            return Match.Of(principal.ValueEquals(Everyone));
        if (principal.ValueKind != JsonValueKind.Object)
            return Match.Of(false);
        return Match.Any(principal.EnumerateObject().SelectMany(kind => PolicyStatement.Items(kind.Value)
            .Where(item => item.ValueKind == JsonValueKind.String)
            .Select(item => Is(kind.Name, item.GetString()!, request, delegates))));
    }

    private static Match Is(string kind, string value, PolicyRequest request, bool delegates) => kind switch
    {
        "AWS" => value == Everyone ? Match.Of(true) : request.IsOfService ? Match.Of(false) : IsIdentity(value, request, delegates),
        "Service" => request.IsOfService ? IsService(value, request.Principal) : Match.Of(false),
        "CanonicalUser" when !request.IsOfService => Match.Unknown(PolicyMessages.UnknownPrincipal(value)),
        _ => Match.Of(false),
    };

    private static Match IsService(string value, string service)
    {
        if (value == service || value == Everyone)
            return Match.Of(true);
        string[] given = value.Split('.'), asked = service.Split('.');
        bool isRelated = given.Length > 2 && given[0] == asked[0] && Array.Exists(given, part => part.StartsWith("amazonaws", StringComparison.Ordinal));
        return isRelated ? Match.Unknown(PolicyMessages.OtherNameOfService(value, service)) : Match.Of(false); // sns.eu-west-1.amazonaws.com
    }

    private static Match IsIdentity(string value, PolicyRequest request, bool delegates)
    {
        if (value == request.Principal)
            return Match.Of(true);
        if (!Arn.TryParse(request.Principal, out Arn? principal))
            return Match.Unknown(PolicyMessages.UnknownPrincipal(request.Principal));
        if (!Arn.TryParse(value, out Arn? given))
        {
            bool isAccount = value.Length == 12 && value.All(char.IsDigit);
            return isAccount ? IsAccount(value, principal, request, delegates) : Match.Unknown(PolicyMessages.UnknownPrincipal(value)); // AROA...: the ID of a role.
        }

        if (given.Service == "iam" && given.Resource == "root")
            return IsAccount(given.AccountId, principal, request, delegates);
        bool isSession = given.Service == "sts" && given.AccountId == principal.AccountId && given.Resource.Split('/') is { Length: 3 } session && session[1] == principal.Resource.Split('/').Last();
        return isSession ? Match.Unknown(PolicyMessages.OneSession(value)) : Match.Of(false);
    }

    /// <summary>An account as principal leaves it to its policies who may: to the account of the resource itself that allows nothing more.</summary>
    private static Match IsAccount(string account, Arn principal, PolicyRequest request, bool delegates)
    {
        if (account != principal.AccountId)
            return Match.Of(false);
        if (!delegates)
            return Match.Of(true);
        if (!Arn.TryParse(request.Resource, out Arn? resource) || resource.AccountId.Length == 0)
            return Match.Unknown(PolicyMessages.AccountOfResource(request.Resource));
        return Match.Of(resource.AccountId != account);
    }
}
