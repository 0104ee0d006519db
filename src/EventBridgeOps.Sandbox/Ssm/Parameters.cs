using System.Globalization;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ssm;

/// <summary>The parameters and their versions as they are kept.</summary>
internal static class Parameters
{
    private const int MostVersions = 100;

    /// <summary>The latest versions, by name.</summary>
    public static Table All(Operation operation) => operation.State["ssmParameters"];

    /// <summary>The version that a reference names, the latest one without a number.</summary>
    public static RawDocument Find(Operation operation, string reference)
    {
        (string name, long? version) = ParameterName.Read(operation, reference);
        RawDocument latest = All(operation).Find(name) ?? throw SsmErrors.NotFound();
        return version is { } number ? Versions(operation).Find(Key(name, number)) ?? throw SsmErrors.NoVersion(name, number) : latest;
    }

    /// <summary>The versions of a parameter, oldest first.</summary>
    public static IEnumerable<RawDocument> VersionsOf(Operation operation, string name)
    {
        long last = All(operation)[name].Number("Version")!.Value;
        for (long version = Math.Max(1, last - MostVersions + 1); version <= last; version++)
        {
            if (Versions(operation).Find(Key(name, version)) is { } found)
                yield return found;
        }
    }

    /// <summary>Keeps a new version; of more than 100 the oldest goes: https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-versions.html.</summary>
    public static void Keep(Operation operation, RawDocument parameter)
    {
        (string name, long version) = (parameter.Text("Name")!, parameter.Number("Version")!.Value);
        All(operation)[name] = parameter;
        Versions(operation)[Key(name, version)] = parameter;
        Versions(operation).Remove(Key(name, version - MostVersions));
    }

    public static bool Remove(Operation operation, string name)
    {
        if (All(operation).Find(name) is not { } parameter)
            return false;
        foreach (RawDocument version in VersionsOf(operation, name).ToList())
            Versions(operation).Remove(Key(name, version.Number("Version")!.Value));
        All(operation).Remove(name);
        operation.State["ssmTags"].Remove(name);
        Report(operation, "Delete", parameter);
        return true;
    }

    /// <summary>What Parameter Store reports of a change: https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-cwe.html.</summary>
    public static void Report(Operation operation, string change, RawDocument parameter)
    {
        string name = parameter.Text("Name")!;
        operation.Account.Events.Report(operation, "aws.ssm", "Parameter Store Change", [ParameterName.ArnOf(operation, name)], RawDocument.Empty
            .With("operation", change)
            .With("name", name)
            .With("type", parameter.Text("Type"))
            .With("description", parameter.Text("Description")));
    }

    /// <summary>What GetParameter answers; the value of a SecureString is encrypted unless it is asked for.</summary>
    public static RawDocument Answer(Operation operation, RawDocument parameter, string? selector = null) => RawDocument.Empty
        .With("Name", parameter.Text("Name"))
        .With("Type", parameter.Text("Type"))
        .With("Value", Value(operation, parameter))
        .With("Version", parameter.Number("Version")!.Value)
        .With("Selector", selector)
        .With("LastModifiedDate", parameter["LastModifiedDate"]!.Value)
        .With("ARN", ParameterName.ArnOf(operation, parameter.Text("Name")!))
        .With("DataType", parameter.Text("DataType"));

    public static string Value(Operation operation, RawDocument parameter) =>
        parameter.Text("Type") == "SecureString" && !operation.Input.Flag("WithDecryption") ? parameter.Text("cipher")! : parameter.Text("Value")!;

    /// <summary>What DescribeParameters answers.</summary>
    public static RawDocument Metadata(Operation operation, RawDocument parameter) => RawDocument.Empty
        .With("Name", parameter.Text("Name"))
        .With("ARN", ParameterName.ArnOf(operation, parameter.Text("Name")!))
        .With(parameter.Only("Type", "KeyId", "LastModifiedDate", "LastModifiedUser", "Description", "AllowedPattern", "Version", "Tier"))
        .With("Policies", Json.Array([]))
        .With("DataType", parameter.Text("DataType"));

    private static Table Versions(Operation operation) => operation.State["ssmVersions"];

    private static string Key(string name, long version) => string.Format(CultureInfo.InvariantCulture, "{0}:{1:D10}", name, version);
}
