using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Policies;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>SimulatePrincipalPolicy and SimulateCustomPolicy: what policies say of actions on resources, with the context that the caller gives.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html</remarks>
internal static class Simulation
{
    public static RawDocument OfPrincipal(Operation operation)
    {
        string source = operation.Input.Text("PolicySourceArn") ?? throw IamErrors.Invalid("PolicySourceArn is missing.");
        string resource = Arn.TryParse(source, out Arn? arn) && arn.Service == "iam" ? arn.Resource : "";
        if (resource.StartsWith("group/", StringComparison.Ordinal))
            throw IamErrors.NotSupported("the simulation of the policies of groups, because it has none");
        IamIdentity identity = resource.StartsWith("user/", StringComparison.Ordinal)
            ? User.AtArn(operation, source) ?? throw IamErrors.NoUser(source)
            : Role.AtArn(operation, source) ?? throw IamErrors.NoRole(source);
        return Evaluated(operation, [.. identity.Policies, .. Given(operation)], operation.Input.Text("CallerArn") ?? source);
    }

    public static RawDocument OfPolicies(Operation operation)
    {
        if (!Given(operation).Any())
            throw IamErrors.Invalid("PolicyInputList is missing.");
        return Evaluated(operation, [.. Given(operation)], operation.Input.Text("CallerArn"));
    }

    private static IEnumerable<KeyValuePair<string, string>> Given(Operation operation) => operation.Input.Texts("PolicyInputList").Select((policy, index) =>
        new KeyValuePair<string, string>(FormattableString.Invariant($"PolicyInputList.{index + 1}"), PolicyDocument.Identity(policy)));

    private static RawDocument Evaluated(Operation operation, List<KeyValuePair<string, string>> policies, string? caller)
    {
        RawDocument input = operation.Input;
        List<string> actions = [.. input.Texts("ActionNames")], resources = [.. input.Texts("ResourceArns").DefaultIfEmpty("*")];
        if (actions.Count == 0)
            throw IamErrors.Invalid("ActionNames is missing.");
        if (actions.Find(action => action.Split(':') is not { Length: 2 } parts || parts[0].Length == 0 || action.Contains('*')) is { } wrong)
            throw new AwsError(400, "InvalidInput", $"Invalid action: {wrong}");
        string? resourcePolicy = input.Text("ResourcePolicy");
        if (resourcePolicy is not null && caller is null)
            throw new AwsError(400, "InvalidInput", "CallerArn is required with ResourcePolicy.");

        PolicyContext context = input.List("ContextEntries").Select(RawDocument.From).Aggregate(
            PolicyContext.None, (known, entry) => known.With(entry.Text("ContextKeyName") ?? "", [.. entry.Texts("ContextKeyValues")]));
        List<RawDocument> results = [];
        foreach (string action in actions)
        {
            foreach (string resource in resources)
            {
                PolicyRequest request = new(caller ?? "arn:aws:iam::" + operation.Account.Id + ":user/simulated", action, resource, context);
                results.Add(Result(operation, policies, resourcePolicy, request));
            }
        }

        Dictionary<string, RawDocument> byKey = results.Select((result, index) => (Key: index.ToString("D6", System.Globalization.CultureInfo.InvariantCulture), result)).ToDictionary(one => one.Key, one => one.result);
        return IamPages.Of(operation, "EvaluationResults", byKey.Keys.OrderBy(key => key, StringComparer.Ordinal), key => byKey[key].ToElement());
    }

    private static RawDocument Result(Operation operation, List<KeyValuePair<string, string>> policies, string? resourcePolicy, PolicyRequest request)
    {
        PolicyDecision decision = PolicyEvaluation.OfIdentity(policies, request);
        if (resourcePolicy is not null)
        {
            string owner = operation.Input.Text("ResourceOwner") ?? (Arn.TryParse(request.Resource, out Arn? resource) ? resource.AccountId : "");
            bool isOneAccount = owner.Length == 0 || owner.Contains(operation.Account.Id);
            decision = PolicyDecision.Together(decision, PolicyEvaluation.OfResource(resourcePolicy, request), isOneAccount);
        }

        string outcome = decision.Outcome switch
        {
            PolicyOutcome.Allowed => "allowed",
            PolicyOutcome.ExplicitDeny => "explicitDeny",
            PolicyOutcome.ImplicitDeny => "implicitDeny",
            _ => throw new AwsError(500, "PolicyEvaluation", decision.Reason.ToString()),
        };
        IEnumerable<string> keys = policies.SelectMany(policy => PolicyStatement.ReadAll(policy.Value) ?? []).SelectMany(statement => statement.ConditionKeys);
        return RawDocument.Empty
            .With("EvalActionName", request.Action)
            .With("EvalResourceName", request.Resource)
            .With("EvalDecision", outcome)
            .With("MatchedStatements", decision.Statements.Select(statement => Matched(statement, policies, resourcePolicy)))
            .With("MissingContextValues", keys.Where(key => request.Context.Find(key) is { Count: 0 }).Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(key => key, StringComparer.OrdinalIgnoreCase));
    }

    private static RawDocument Matched(PolicyStatement statement, List<KeyValuePair<string, string>> policies, string? resourcePolicy)
    {
        bool isOfResource = statement.Policy.Length == 0;
        string text = isOfResource ? resourcePolicy! : policies.First(policy => policy.Key == statement.Policy).Value;
        (RawDocument start, RawDocument end) = StatementPlace.Of(text, statement.Number);
        string id = statement.Policy.Substring(statement.Policy.LastIndexOf('/') + 1);
        return RawDocument.Empty
            .With("SourcePolicyId", isOfResource ? "ResourcePolicy" : id)
            .With("SourcePolicyType", isOfResource ? "Resource Policy" : "IAM Policy")
            .With("StartPosition", start)
            .With("EndPosition", end);
    }
}
