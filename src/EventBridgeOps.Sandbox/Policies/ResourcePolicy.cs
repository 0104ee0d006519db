using System.Text.Json;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Policies;

/// <summary>The policy of a queue, topic, function or event bus: who may do what with it.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html</remarks>
internal static class ResourcePolicy
{
    /// <summary>Whether a policy is one that a service would store: a JSON object with statements.</summary>
    public static bool IsReadable(string policy) => Statements(policy) is not null;

    /// <summary>Whether a policy allows an action; an explicit denial decides, and without a statement nothing is allowed.</summary>
    public static bool Allows(string? policy, PolicyRequest request) =>
        policy is not null && Decide([policy], statement => HasPrincipal(statement, request) && IsAboutResource(statement, request), request);

    /// <summary>Whether the trust policy of a role lets a principal assume it; the role itself is the resource.</summary>
    public static bool Trusts(string policy, PolicyRequest request) => Decide([policy], statement => HasPrincipal(statement, request), request);

    /// <summary>Whether the policies of a role together allow an action; the role itself is the principal.</summary>
    public static bool Grants(IEnumerable<string> policies, PolicyRequest request) => Decide(policies, statement => IsAboutResource(statement, request), request);

    /// <summary>The statement that AddPermission of SQS and SNS writes: it lets accounts call some operations.</summary>
    public static RawDocument Grant(Operation operation, string label, IEnumerable<string> accounts, IEnumerable<string> actions, string resource) => RawDocument.Empty
        .With("Sid", label)
        .With("Effect", "Allow")
        .With("Principal", RawDocument.Empty.With("AWS", accounts.Select(account => Arn.Global("iam", operation.Call.Region, account, "root").ToString())))
        .With("Action", actions)
        .With("Resource", resource);

    private static bool Decide(IEnumerable<string> policies, Func<RawDocument, bool> isAbout, PolicyRequest request)
    {
        List<RawDocument> about = policies.SelectMany(policy => Statements(policy) ?? [])
            .Where(statement => isAbout(statement) && IsAboutAction(statement, request) && PolicyCondition.Holds(statement, request))
            .ToList();
        return about.Any(statement => statement.Text("Effect") == "Allow") && !about.Any(statement => statement.Text("Effect") == "Deny");
    }

    /// <summary>The statements of a policy; null if the text is not a policy.</summary>
    public static IReadOnlyList<RawDocument>? Statements(string policy)
    {
        try
        {
            return Json.Items(Json.Parse(policy).GetProperty("Statement")).Select(RawDocument.From).ToList();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsAboutAction(RawDocument statement, PolicyRequest request) =>
        Has(statement, "Action", action => PolicyCondition.IsLike(request.Action, action, ignoreCase: true));

    private static bool IsAboutResource(RawDocument statement, PolicyRequest request) =>
        Has(statement, "Resource", resource => PolicyCondition.IsLike(request.Resource, resource));

    /// <summary>Whether a list, or the opposite of its "Not" form, has what is asked for.</summary>
    private static bool Has(RawDocument statement, string member, Func<string, bool> isIt)
    {
        if (statement["Not" + member] is { } not)
            return !Values(not).Any(isIt);
        return statement[member] is { } given && Values(given).Any(isIt);
    }

    private static bool HasPrincipal(RawDocument statement, PolicyRequest request)
    {
        if (statement["NotPrincipal"] is { } not)
            return !IsPrincipal(not, request);
        return statement["Principal"] is { } principal && IsPrincipal(principal, request);
    }

    private static bool IsPrincipal(JsonElement principal, PolicyRequest request) => principal.ValueKind == JsonValueKind.Object
        ? principal.EnumerateObject().Any(kind => Values(kind.Value).Any(value => value == "*" || value == request.Principal))
        : Values(principal).Contains("*");

    private static IEnumerable<string> Values(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!),
        _ => [],
    };
}

/// <summary>What is asked of a policy.</summary>
/// <param name="Principal">The service or the ARN that asks.</param>
/// <param name="Action">The action: sqs:SendMessage.</param>
/// <param name="Resource">The ARN of the resource.</param>
/// <param name="Context">The condition keys that the service sets, in lower case: aws:sourcearn.</param>
internal sealed record PolicyRequest(string Principal, string Action, string Resource, IReadOnlyDictionary<string, string> Context)
{
    /// <summary>What EventBridge asks when it sends for a rule.</summary>
    public static PolicyRequest OfEvents(string action, string resource, string ruleArn, string accountId) =>
        OfService("events.amazonaws.com", action, resource, ruleArn, accountId);

    /// <summary>What a service of AWS asks for a resource of the account.</summary>
    public static PolicyRequest OfService(string service, string action, string resource, string sourceArn, string accountId) => new(
        service,
        action,
        resource,
        new Dictionary<string, string> { ["aws:sourcearn"] = sourceArn, ["aws:sourceaccount"] = accountId, ["aws:securetransport"] = "true", ["aws:principalisawsservice"] = "true" });
}
