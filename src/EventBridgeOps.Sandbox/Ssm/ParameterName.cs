using System.Globalization;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ssm;

/// <summary>The names of parameters: plain ones and paths.</summary>
/// <remarks>https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html, "Requirements and constraints for parameter names"</remarks>
internal static class ParameterName
{
    private const int Longest = 1011;
    private const int MostLevels = 15;

    /// <summary>A name that a parameter may be given.</summary>
    public static string Checked(string name)
    {
        if (name.Length > Longest)
            throw AwsError.Validation($"Parameter name: must be at most {Longest} characters long.");
        string plain = name.TrimStart('/');
        bool isPath = name.Contains('/');
        if (name.StartsWith("/aws/", StringComparison.OrdinalIgnoreCase))
            throw new AwsError(400, "AccessDeniedException", $"No access to reserved parameter name: {name}.");
        if (!isPath && (plain.StartsWith("aws", StringComparison.OrdinalIgnoreCase) || plain.StartsWith("ssm", StringComparison.OrdinalIgnoreCase)))
            throw AwsError.Validation("Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive).");
        if (isPath && !name.StartsWith("/", StringComparison.Ordinal))
            throw AwsError.Validation("Parameter name must be a fully qualified name.");
        if (!Regex.IsMatch(name, @"\A(/[a-zA-Z0-9_.-]+)+\z|\A[a-zA-Z0-9_.-]+\z", RegexOptions.CultureInvariant) || plain.StartsWith("ssm", StringComparison.OrdinalIgnoreCase))
        {
            throw AwsError.Validation(
                "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; "
                + "each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_");
        }

        return name.Count(c => c == '/') > MostLevels
            ? throw new AwsError(400, "HierarchyLevelLimitExceededException", $"The hierarchy can have a maximum of {MostLevels} levels.")
            : name;
    }

    /// <summary>What a reference names: a name or an ARN, with or without a version.</summary>
    /// <exception cref="AwsError">It names a label.</exception>
    public static (string Name, long? Version) Read(Operation operation, string reference)
    {
        string plain = reference;
        if (Arn.TryParse(reference, out Arn? arn))
        {
            const string Kind = "parameter/";
            if (arn.Service != "ssm" || !operation.IsHere(arn.Partition, arn.Region, arn.AccountId) || !arn.Resource.StartsWith(Kind, StringComparison.Ordinal))
                throw SsmErrors.NotFound();
            string rest = arn.Resource.Substring(Kind.Length);
            plain = rest.Contains('/') || !operation.State["ssmParameters"].ContainsKey(rest.Split(':')[0]) ? "/" + rest : rest; // An ARN does not say whether a name begins with a slash.
        }

        int colon = plain.IndexOf(':');
        if (colon < 0)
            return (plain, null);
        return long.TryParse(plain.Substring(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long version)
            ? (plain.Substring(0, colon), version)
            : throw AwsError.Validation(SsmMessages.NoLabels(reference).ToString());
    }

    public static string ArnOf(Operation operation, string name) => operation.Arn("ssm", "parameter/" + name.TrimStart('/'));
}
