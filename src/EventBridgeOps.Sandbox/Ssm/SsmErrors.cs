using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ssm;

/// <summary>The errors of Parameter Store: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html#API_PutParameter_Errors.</summary>
internal static class SsmErrors
{
    /// <summary>Without words, as AWS answers it.</summary>
    public static AwsError NotFound() => new(400, "ParameterNotFound", "");

    public static AwsError NoVersion(string name, long version) => new(
        400, "ParameterVersionNotFound", $"Systems Manager could not find version {version} of {name}. Verify the version and try again.");

    public static AwsError Exists() => new(
        400, "ParameterAlreadyExists", "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");

    /// <summary>Refuses members that the sandbox would have to ignore.</summary>
    public static void Known(Operation operation, params string[] known)
    {
        if (operation.Input.Without(known).Members is { Count: > 0 } unknown)
            throw AwsError.Validation(SsmMessages.NoParameter(unknown[0].Key, operation.Call.Operation).ToString());
    }
}
