using System.Text;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Policies;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.EventBridge;

/// <summary>The policy of an event bus, which says which other accounts may send events to it.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html</remarks>
internal static class BusPermissions
{
    private const int Longest = 10_240;
    private const string Statements = "Statement";
    private const string StatementPattern = "[a-zA-Z0-9-_]+";

    private static readonly string[] OfAStatement = ["Action", "Principal", "StatementId", "Condition"];

    /// <summary>Puts a statement into the policy, or replaces the whole policy.</summary>
    public static RawDocument Put(Operation operation)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        EventNames.CheckBusReference(constraints, operation);
        bool isWhole = input["Policy"] is not null;
        constraints.Text("action", input["Action"], !isWhole, 1, 64, "events:[a-zA-Z]+");
        constraints.Text("principal", input["Principal"], !isWhole, 1, 12, @"(\d{12}|\*)");
        constraints.Text("statementId", input["StatementId"], !isWhole, 1, 64, StatementPattern);
        RawDocument condition = constraints.Object("condition", input["Condition"]);
        if (input["Condition"] is not null)
        {
            constraints.OneOf("condition.type", condition["Type"] ?? Json.Text(""), "StringEquals");
            constraints.OneOf("condition.key", condition["Key"] ?? Json.Text(""), "aws:PrincipalOrgID");
            constraints.Text("condition.value", condition["Value"], true, 1);
        }

        constraints.Check();
        if (isWhole && input.Only(OfAStatement).Members.Count > 0)
            throw AwsError.Validation("Policy cannot be specified with Action, Principal, StatementId or Condition.");
        RawDocument bus = BusOperations.Find(operation, input.Text("EventBusName"));
        if (!isWhole)
        {
            Keep(operation, bus, With(Policy(bus), Statement(operation, bus, condition)));
            return RawDocument.Empty;
        }

        string policy = input.Text("Policy")!;
        if (!ResourcePolicy.IsReadable(policy))
            throw AwsError.Validation("Parameter Policy is not valid. Reason: Policy is not a policy.");
        Keep(operation, bus, RawDocument.Parse(policy));
        return RawDocument.Empty;
    }

    /// <summary>Removes a statement, or the policy.</summary>
    public static RawDocument Remove(Operation operation)
    {
        RawDocument input = operation.Input;
        bool isAll = input.Flag("RemoveAllPermissions");
        Constraints constraints = new();
        EventNames.CheckBusReference(constraints, operation);
        constraints.Text("statementId", input["StatementId"], !isAll, 1, 64, StatementPattern);
        constraints.Check();
        RawDocument bus = BusOperations.Find(operation, input.Text("EventBusName"));
        if (bus["Policy"] is null && !isAll)
            throw NotFound("EventBus does not have a policy.");
        List<RawDocument> statements = [.. Of(Policy(bus))];
        if (!isAll && statements.RemoveAll(statement => statement.Text("Sid") == input.Text("StatementId")) == 0)
            throw NotFound("Statement with the provided id does not exist.");
        if (isAll || statements.Count == 0)
            operation.State["buses"][bus.Text("Name")!] = bus.Without("Policy").With("LastModifiedTime", Json.Time(operation.Now));
        else
            Keep(operation, bus, Policy(bus).With(Statements, statements));
        return RawDocument.Empty;
    }

    /// <summary>A policy with a statement, in the place of the one with the same ID.</summary>
    private static RawDocument With(RawDocument policy, RawDocument statement) => policy.With(
        Statements, Of(policy).Where(other => other.Text("Sid") != statement.Text("Sid")).Append(statement));

    private static RawDocument Statement(Operation operation, RawDocument bus, RawDocument condition)
    {
        string principal = operation.Input.Text("Principal")!;
        RawDocument statement = RawDocument.Empty.With("Sid", operation.Input.Text("StatementId")).With("Effect", "Allow");
        statement = principal == "*"
            ? statement.With("Principal", principal)
            : statement.With("Principal", RawDocument.Empty.With("AWS", Arn.Global("iam", operation.Call.Region, principal, "root").ToString()));
        statement = statement.With("Action", operation.Input.Text("Action")).With("Resource", bus.Text("Arn"));
        return condition.Members.Count == 0 ? statement : statement.With(
            "Condition", RawDocument.Empty.With(condition.Text("Type")!, RawDocument.Empty.With(condition.Text("Key")!, condition.Text("Value"))));
    }

    private static RawDocument Policy(RawDocument bus) => bus.Text("Policy") is { } policy ? RawDocument.Parse(policy) : RawDocument.Empty.With("Version", "2012-10-17");

    private static IEnumerable<RawDocument> Of(RawDocument policy) => policy[Statements] is { } some ? Json.Items(some).Select(RawDocument.From) : [];

    private static void Keep(Operation operation, RawDocument bus, RawDocument policy)
    {
        string text = policy.ToString();
        if (Encoding.UTF8.GetByteCount(text) > Longest)
            throw new AwsError(400, "PolicyLengthExceededException", $"The event bus policy is too long. The limit is {Longest} characters.");
        operation.State["buses"][bus.Text("Name")!] = bus.With("Policy", text).With("LastModifiedTime", Json.Time(operation.Now));
    }

    private static AwsError NotFound(string message) => new(400, "ResourceNotFoundException", message);
}
