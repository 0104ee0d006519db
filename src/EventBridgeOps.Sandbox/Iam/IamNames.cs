using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Iam;

/// <summary>Names, paths and IDs of IAM.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html</remarks>
internal static class IamNames
{
    public static string Path(RawDocument input)
    {
        string path = input.Text("Path") ?? "/";
        return path == "/" || (path.Length <= 512 && Regex.IsMatch(path, @"\A/[\x21-\x7E]+/\z", RegexOptions.CultureInvariant))
            ? path
            : throw IamErrors.Invalid("The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.");
    }

    /// <summary>A unique ID: AROA for a role, ANPA for a policy.</summary>
    public static string Id(Operation operation, string prefix) =>
        prefix + operation.Account.Random.Id().Replace("-", "").Substring(0, 17).ToUpperInvariant();
}
