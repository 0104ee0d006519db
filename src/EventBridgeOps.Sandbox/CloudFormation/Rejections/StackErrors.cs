using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Rejections;

/// <summary>The errors of CloudFormation.</summary>
/// <remarks>The service model cloudformation-2010-05-15; the words are those of the service.</remarks>
internal static class StackErrors
{
    public static AwsError Invalid(string message) => new(400, "ValidationError", message);

    public static AwsError Format(string message) => Invalid("Template format error: " + message);

    public static AwsError Template(string message) => Invalid("Template error: " + message);

    public static AwsError NotSupported(string what) => Invalid(StackMessages.NotSupported(what).ToString());

    public static AwsError NoStack(string name) => Invalid($"Stack with id {name} does not exist");

    public static AwsError NoStackNamed(string name) => Invalid($"Stack [{name}] does not exist");

    public static AwsError Exists(string name) => new(400, "AlreadyExistsException", $"Stack [{name}] already exists");

    public static AwsError NoUpdates() => Invalid("No updates are to be performed.");

    public static AwsError WrongState(string id, string status, string what) => Invalid($"Stack:{id} is in {status} state and can not be {what}.");

    public static AwsError NeedsCapabilities(IEnumerable<string> capabilities) =>
        new(400, "InsufficientCapabilitiesException", $"Requires capabilities : [{string.Join(", ", capabilities)}]");

    public static AwsError Protected(string name) =>
        Invalid($"Stack [{name}] cannot be deleted while TerminationProtection is enabled");

    public static AwsError TokenUsed(string token) =>
        new(400, "TokenAlreadyExistsException", $"Client request token [{token}] already exists. Use a new token to submit a new request.");

    public static AwsError Embedded(string id, string how) => Invalid($"Embedded stack {id} was not successfully {how}");

    public static AwsError NoChangeSet(string name) => new(404, "ChangeSetNotFound", $"ChangeSet [{name}] does not exist");

    public static AwsError ChangeSetExists(string name) => new(400, "AlreadyExistsException", $"ChangeSet {name} cannot be created due to a mismatch with existing attribute Name");

    public static AwsError ChangeSetState(string id, string status) =>
        new(400, "InvalidChangeSetStatus", $"ChangeSet [{id}] cannot be executed in its current status of [{status}]");
}
