using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.CloudFormation.Rejections;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudFormation.Stacks;

/// <summary>The names of stacks, and who deploys them.</summary>
internal static class StackNames
{
    private const string Pattern = "[a-zA-Z][-a-zA-Z0-9]*";

    /// <summary>Checks the name of a new stack.</summary>
    /// <exception cref="Wire.AwsError">It is not valid.</exception>
    public static string Checked(string name)
    {
        if (!Regex.IsMatch(name, $@"\A{Pattern}\z", RegexOptions.CultureInvariant))
            throw StackErrors.Invalid($"1 validation error detected: Value '{name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: {Pattern}");
        return name.Length <= 128
            ? name
            : throw StackErrors.Invalid($"1 validation error detected: Value '{name}' at 'stackName' failed to satisfy constraint: Member must have length less than or equal to 128");
    }

    /// <summary>Whether a request is the one again that began what the stack is doing.</summary>
    /// <exception cref="Wire.AwsError">Its token was of another request.</exception>
    public static bool IsRepeated(Operation operation, Stack stack, string status)
    {
        if (operation.Input.Text("ClientRequestToken") is not { } token || stack.Kept.Text("token") != token)
            return false;
        return stack.Kept.Text("tokenOf") == operation.Call.Operation && (stack.Status == status || !StackStatus.IsInProgress(stack.Status))
            ? true
            : throw StackErrors.TokenUsed(token);
    }

    /// <summary>Keeps who deploys a stack, and what happens if that fails.</summary>
    public static void KeepCaller(Operation operation, Stack stack, string onFailure) => stack.KeepOwn(stack.Kept.Without("token", "tokenOf")
        .With("accessKey", operation.Call.AccessKey)
        .With("host", operation.Call.Host)
        .With("onFailure", onFailure)
        .With("token", operation.Input.Text("ClientRequestToken"))
        .With("tokenOf", operation.Call.Operation));
}
