using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ssm;

/// <summary>Describes parameters, without their values.</summary>
/// <remarks>https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html and API_ParameterStringFilter.html</remarks>
internal static class DescribeParametersOperation
{
    public static RawDocument Describe(Operation operation)
    {
        RawDocument input = operation.Input;
        SsmErrors.Known(operation, "ParameterFilters", "MaxResults", "NextToken");
        List<RawDocument> filters = input.List("ParameterFilters").Select(RawDocument.From).ToList();
        foreach (RawDocument filter in filters)
            Check(filter);
        Paging.Page<KeyValuePair<string, RawDocument>> page = operation.Page(
            Parameters.All(operation).Where(row => filters.TrueForAll(filter => Passes(operation, row.Value, filter))),
            row => row.Key, ParameterReads.Limit(input, 50), input.Text("NextToken"));
        return RawDocument.Empty.With("Parameters", page.Items.Select(row => Parameters.Metadata(operation, row.Value))).With("NextToken", page.NextToken);
    }

    private static void Check(RawDocument filter)
    {
        string key = filter.Text("Key") ?? "";
        string option = Option(filter);
        bool isKnown = key switch
        {
            "Name" => option is "Equals" or "BeginsWith" or "Contains",
            "Path" => option is "OneLevel" or "Recursive",
            "Type" or "KeyId" or "Tier" or "DataType" => option == "Equals",
            _ => key.StartsWith("tag:", StringComparison.Ordinal) && option == "Equals",
        };
        if (!isKnown)
            throw new AwsError(400, "InvalidFilterOption", SsmMessages.NoFilter(key, option).ToString());
        if (!filter.Texts("Values").Any() && !key.StartsWith("tag:", StringComparison.Ordinal))
            throw new AwsError(400, "InvalidFilterValue", $"The following filter values are missing : null for filter key {key}");
    }

    private static bool Passes(Operation operation, RawDocument parameter, RawDocument filter)
    {
        string name = parameter.Text("Name")!;
        string key = filter.Text("Key")!;
        string option = Option(filter);
        IEnumerable<string> values = filter.Texts("Values");
        return (key, option) switch
        {
            ("Name", "Equals") => values.Any(value => name == value || name == "/" + value),
            ("Name", "BeginsWith") => values.Any(value => name.StartsWith(value, StringComparison.Ordinal) || name.StartsWith("/" + value, StringComparison.Ordinal)),
            ("Name", _) => values.Any(value => name.Contains(value)),
            ("Path", _) => values.Any(value => IsBelow(name, value.TrimEnd('/') + "/", option == "Recursive")),
            ("Type" or "KeyId" or "Tier" or "DataType", _) => values.Contains(parameter.Text(key)),
            _ => operation.State["ssmTags"].Find(name)?[key.Substring("tag:".Length)] is { ValueKind: JsonValueKind.String } tag && values.DefaultIfEmpty(tag.GetString()!).Contains(tag.GetString()!),
        };
    }

    private static string Option(RawDocument filter) => filter.Text("Option") ?? (filter.Text("Key") == "Path" ? "OneLevel" : "Equals");

    private static bool IsBelow(string name, string path, bool isRecursive) =>
        name.StartsWith(path, StringComparison.Ordinal) && (isRecursive || name.IndexOf('/', path.Length) < 0);
}
