using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>The resource policy of a function, one statement for each permission.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html</remarks>
internal static class FunctionPermissions
{
    public static RawDocument Add(Operation operation)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        constraints.Text("statementId", input["StatementId"], required: true, shortest: 1, longest: 100, pattern: "([a-zA-Z0-9-_]+)");
        constraints.Text("action", input["Action"], required: true, pattern: "(lambda:[*]|lambda:[a-zA-Z]+|[*])");
        constraints.Text("principal", input["Principal"], required: true, pattern: @"[^\s]+");
        constraints.Text("sourceArn", input["SourceArn"], pattern: @"arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:([a-z]{2}(-gov)?-[a-z]+-\d{1})?:(\d{12})?:(.*)");
        constraints.Text("sourceAccount", input["SourceAccount"], longest: 12, pattern: @"\d{12}");
        constraints.Text("principalOrgID", input["PrincipalOrgID"], pattern: "o-[a-z0-9]{10,32}");
        constraints.Check();
        LambdaErrors.CheckKnown(
            input, "", "FunctionName", "Qualifier", "StatementId", "Action", "Principal", "SourceArn", "SourceAccount", "PrincipalOrgID", "RevisionId");
        Function function = Function.At(operation);
        CheckRevision(operation, function);
        List<RawDocument> statements = Statements(function);
        string id = input.Text("StatementId")!;
        if (statements.Any(statement => statement.Text("Sid") == id))
            throw LambdaErrors.Conflict($"The statement id ({id}) provided already exists. Please provide a new statement id, or remove the existing statement.");

        RawDocument statement = RawDocument.Empty.With("Sid", id).With("Effect", "Allow");
        statement = Principal(operation, statement, input.Text("Principal")!).With("Action", input.Text("Action")).With("Resource", Resource(operation, function));
        if (Condition(input) is { Members.Count: > 0 } condition)
            statement = statement.With("Condition", condition);
        Keep(operation, function, [.. statements, statement]);
        return RawDocument.Empty.With("Statement", statement.ToString());
    }

    public static RawDocument Remove(Operation operation)
    {
        Function function = Function.At(operation);
        string id = operation.Input.Text("StatementId")!;
        CheckRevision(operation, function);
        List<RawDocument> statements = Statements(function);
        if (statements.RemoveAll(statement => statement.Text("Sid") == id) == 0)
            throw LambdaErrors.NotFound($"Statement {id} is not found in resource policy.");
        if (statements.Count == 0)
            function.RemovePolicy();
        else
            Keep(operation, function, statements);
        return RawDocument.Empty;
    }

    public static RawDocument Get(Operation operation)
    {
        Function function = Function.At(operation);
        return function.Policy is { } kept ? kept.Only("Policy", "RevisionId") : throw LambdaErrors.NotFound("The resource you requested does not exist.");
    }

    private static RawDocument Principal(Operation operation, RawDocument statement, string principal)
    {
        if (principal == "*")
            return statement.With("Principal", "*");
        if (principal.Length == 12 && principal.All(c => c is >= '0' and <= '9'))
            return statement.With("Principal", RawDocument.Empty.With("AWS", Arn.Global("iam", operation.Call.Region, principal, "root").ToString()));
        return statement.With("Principal", RawDocument.Empty.With(principal.StartsWith("arn:", StringComparison.Ordinal) ? "AWS" : "Service", principal));
    }

    private static RawDocument Condition(RawDocument input)
    {
        RawDocument equals = RawDocument.Empty.With("AWS:SourceAccount", input.Text("SourceAccount")).With("aws:PrincipalOrgID", input.Text("PrincipalOrgID"));
        RawDocument condition = equals.Members.Count > 0 ? RawDocument.Empty.With("StringEquals", equals) : RawDocument.Empty;
        return input.Text("SourceArn") is { } arn ? condition.With("ArnLike", RawDocument.Empty.With("AWS:SourceArn", arn)) : condition;
    }

    private static string Resource(Operation operation, Function function) => function.Arn + (Function.Names(operation).Qualifier is { } qualifier ? ":" + qualifier : "");

    private static void CheckRevision(Operation operation, Function function)
    {
        if (operation.Input.Text("RevisionId") is { } expected && expected != function.Policy?.Text("RevisionId"))
            throw new AwsError(412, "PreconditionFailedException", "The RevisionId provided does not match the latest RevisionId. Call the GetPolicy API to retrieve the latest RevisionId for your resource.");
    }

    private static List<RawDocument> Statements(Function function) =>
        function.Policy?.Text("Policy") is { } policy ? [.. RawDocument.Parse(policy).List("Statement").Select(RawDocument.From)] : [];

    private static void Keep(Operation operation, Function function, List<RawDocument> statements)
    {
        string policy = RawDocument.Empty.With("Version", "2012-10-17").With("Id", "default").With("Statement", statements).ToString();
        if (policy.Length > 20 * 1024) // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
            throw new AwsError(400, "PolicyLengthExceededException", "The final policy size is bigger than the limit (20480).");
        function.KeepPolicy(RawDocument.Empty.With("Policy", policy).With("RevisionId", operation.Account.Random.Id()));
    }
}
