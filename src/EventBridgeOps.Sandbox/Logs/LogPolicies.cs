using EventBridgeOps.Events.Policies;
using EventBridgeOps.Sandbox.Policies;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Logs;

/// <summary>The resource policies of CloudWatch Logs: they belong to the account in the Region, not to a log group.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html</remarks>
internal static class LogPolicies
{
    private const int Most = 10;
    private const int MostOnPage = 50;

    public static RawDocument Put(Operation operation)
    {
        RawDocument input = operation.Input;
        LogErrors.Refuse(input, "resourceArn", "expectedRevisionId");
        Constraints constraints = new();
        constraints.Text("policyName", input["policyName"], required: true, shortest: 1);
        constraints.Text("policyDocument", input["policyDocument"], true, 1, 5120);
        LogErrors.Check(constraints);
        if (!ResourcePolicy.IsReadable(input.Text("policyDocument")!))
            throw LogErrors.BadParameter("Unable to parse the policy document.");

        Table policies = Policies(operation);
        string name = input.Text("policyName")!;
        if (!policies.ContainsKey(name) && policies.Count >= Most)
            throw new AwsError(400, "LimitExceededException", "Resource limit exceeded.");
        policies[name] = RawDocument.Empty
            .With("policyName", name)
            .With("policyDocument", input.Text("policyDocument"))
            .With("lastUpdatedTime", operation.Now.ToUnixTimeMilliseconds())
            .With("policyScope", "ACCOUNT");
        return RawDocument.Empty.With("resourcePolicy", policies[name]);
    }

    public static RawDocument Describe(Operation operation)
    {
        LogErrors.Refuse(operation.Input, "resourceArn");
        Constraints constraints = new();
        constraints.Number("limit", operation.Input["limit"], 1, MostOnPage);
        constraints.OneOf("policyScope", operation.Input["policyScope"], "ACCOUNT", "RESOURCE");
        LogErrors.Check(constraints);
        bool isWanted = operation.Input.Text("policyScope") != "RESOURCE";
        Paging.Page<RawDocument> page = operation.Page(
            Policies(operation).Values.Where(_ => isWanted), policy => policy.Text("policyName")!, operation.Input.Number("limit"), operation.Input.Text("nextToken"), MostOnPage);
        return RawDocument.Empty.With("resourcePolicies", page.Items).With("nextToken", page.NextToken);
    }

    public static RawDocument Delete(Operation operation)
    {
        LogErrors.Refuse(operation.Input, "resourceArn", "expectedRevisionId");
        string name = operation.Input.Text("policyName") ?? "";
        if (!Policies(operation).ContainsKey(name))
            throw LogErrors.NotFound($"Policy with name [{name}] does not exist");
        Policies(operation).Remove(name);
        return RawDocument.Empty;
    }

    /// <summary>Whether the policies together let a service do something: one that denies decides.</summary>
    public static PolicyDecision Allow(Operation operation, PolicyRequest request)
    {
        List<string> documents = [.. Policies(operation).Values.Select(policy => policy.Text("policyDocument")!)];
        return PolicyEvaluation.OfResource(Together(documents), request);
    }

    /// <summary>Adds a statement to a policy of CloudWatch Logs' own.</summary>
    public static void AddStatement(Operation operation, string name, RawDocument statement)
    {
        List<string> documents = Policies(operation).Find(name)?.Text("policyDocument") is { } known ? [known] : [];
        documents.Add(RawDocument.Empty.With("Statement", [statement]).ToString());
        Policies(operation)[name] = RawDocument.Empty
            .With("policyName", name)
            .With("policyDocument", RawDocument.Empty.With("Version", "2012-10-17").With(RawDocument.Parse(Together(documents))).ToString())
            .With("lastUpdatedTime", operation.Now.ToUnixTimeMilliseconds())
            .With("policyScope", "ACCOUNT");
    }

    private static string Together(List<string> documents) => RawDocument.Empty
        .With("Statement", Json.Array(documents.SelectMany(document => Json.Items(Json.Parse(document).GetProperty("Statement")))))
        .ToString();

    private static Table Policies(Operation operation) => operation.State["logPolicies"];
}
