using EventBridgeOps.Sandbox.Policies;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>Checks the documents of policies as far as the sandbox reads them.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html</remarks>
internal static class PolicyDocument
{
    /// <summary>Checks the trust policy of a role.</summary>
    public static string Trust(string? document) => Checked(document, statement =>
    {
        if (statement["Resource"] is not null || statement["NotResource"] is not null)
            throw IamErrors.Malformed("Has prohibited field Resource");
        if (statement["Principal"] is null && statement["NotPrincipal"] is null)
            throw IamErrors.Malformed("Missing required field Principal");
    });

    /// <summary>Checks a policy that says what a role may do.</summary>
    public static string Identity(string? document) => Checked(document, statement =>
    {
        if (statement["Principal"] is not null || statement["NotPrincipal"] is not null)
            throw IamErrors.Malformed("Policy document should not specify a principal.");
        if (statement["Resource"] is null && statement["NotResource"] is null)
            throw IamErrors.Malformed("Policy statement must contain resources.");
    });

    /// <summary>Checks a managed policy, whose size is limited. Whitespace does not count.</summary>
    public static string Managed(string? document)
    {
        string policy = Identity(document);
        return policy.Count(letter => !char.IsWhiteSpace(letter)) <= AccountSummary.PolicySize ? policy : throw IamErrors.Exceeded("PolicySize", AccountSummary.PolicySize);
    }

    private static string Checked(string? document, Action<RawDocument> check)
    {
        if (document is null || !Json.IsObject(document) || ResourcePolicy.Statements(document) is not { Count: > 0 } statements)
            throw IamErrors.Malformed("Syntax errors in policy.");
        foreach (RawDocument statement in statements)
        {
            if (statement.Text("Effect") is not ("Allow" or "Deny"))
                throw IamErrors.Malformed("Syntax errors in policy.");
            if (statement["Action"] is null && statement["NotAction"] is null)
                throw IamErrors.Malformed("Policy statement must contain actions.");
            check(statement);
        }

        return document;
    }
}
