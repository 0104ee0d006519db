using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ssm;

/// <summary>Reads parameters.</summary>
/// <remarks>https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html and API_GetParametersByPath.html</remarks>
internal static class ParameterReads
{
    private const int Most = 10;

    public static RawDocument Get(Operation operation)
    {
        SsmErrors.Known(operation, "Name", "WithDecryption");
        string reference = Required(operation.Input, "Name");
        return RawDocument.Empty.With("Parameter", Parameters.Answer(operation, Parameters.Find(operation, reference), Selector(operation, reference)));
    }

    public static RawDocument GetMany(Operation operation)
    {
        SsmErrors.Known(operation, "Names", "WithDecryption");
        Constraints constraints = new();
        constraints.List("names", operation.Input["Names"], 1, Most);
        constraints.Check();
        List<RawDocument> found = [];
        List<string> invalid = [];
        foreach (string reference in operation.Input.Texts("Names").Distinct())
        {
            try
            {
                found.Add(Parameters.Answer(operation, Parameters.Find(operation, reference), Selector(operation, reference)));
            }
            catch (AwsError e) when (e.Code is "ParameterNotFound" or "ParameterVersionNotFound")
            {
                invalid.Add(reference);
            }
        }

        return RawDocument.Empty.With("Parameters", found).With("InvalidParameters", invalid);
    }

    public static RawDocument GetByPath(Operation operation)
    {
        RawDocument input = operation.Input;
        SsmErrors.Known(operation, "Path", "Recursive", "WithDecryption", "MaxResults", "NextToken");
        string path = Required(input, "Path");
        if (!path.StartsWith("/", StringComparison.Ordinal))
        {
            throw AwsError.Validation(
                "The parameter doesn't meet the parameter name requirements. The parameter name must begin with a forward slash \"/\". "
                + "It can't be prefixed with \"aws\" or \"ssm\" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). "
                + "Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol \"/\". Valid example: /get/parameters2-/by1./path0_.");
        }

        string below = path.TrimEnd('/') + "/";
        bool isRecursive = input.Flag("Recursive");
        Paging.Page<KeyValuePair<string, RawDocument>> page = operation.Page(
            Parameters.All(operation).Where(row => row.Key.StartsWith(below, StringComparison.Ordinal) && (isRecursive || row.Key.IndexOf('/', below.Length) < 0)),
            row => row.Key, Limit(input, Most), input.Text("NextToken"));
        return RawDocument.Empty.With("Parameters", page.Items.Select(row => Parameters.Answer(operation, row.Value))).With("NextToken", page.NextToken);
    }

    public static RawDocument GetHistory(Operation operation)
    {
        RawDocument input = operation.Input;
        SsmErrors.Known(operation, "Name", "WithDecryption", "MaxResults", "NextToken");
        string name = Parameters.Find(operation, Required(input, "Name")).Text("Name")!;
        Paging.Page<RawDocument> page = operation.Page(
            Parameters.VersionsOf(operation, name), version => version.Number("Version")!.Value.ToString("D10", System.Globalization.CultureInfo.InvariantCulture), Limit(input, 50), input.Text("NextToken"));
        return RawDocument.Empty
            .With("Parameters", page.Items.Select(version => Parameters.Metadata(operation, version).Without("ARN")
                .With("Value", Parameters.Value(operation, version)).With("Labels", Json.Array([]))))
            .With("NextToken", page.NextToken);
    }

    /// <summary>How many are answered at once; a number that the service does not take is refused.</summary>
    public static long Limit(RawDocument input, int most)
    {
        Constraints constraints = new();
        constraints.Number("maxResults", input["MaxResults"], 1, most);
        constraints.Check();
        return input.Number("MaxResults") ?? most;
    }

    private static string Required(RawDocument input, string member)
    {
        Constraints constraints = new();
        constraints.Text(char.ToLowerInvariant(member[0]) + member.Substring(1), input[member], true, 1, 2048);
        constraints.Check();
        return input.Text(member)!;
    }

    private static string? Selector(Operation operation, string reference) =>
        ParameterName.Read(operation, reference).Version is { } version ? $":{version}" : null;
}
