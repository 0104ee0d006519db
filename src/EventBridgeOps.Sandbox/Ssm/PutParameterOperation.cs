using System.Text;
using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ssm;

/// <summary>Puts a parameter: a new one, or another version.</summary>
/// <remarks>https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html</remarks>
internal static class PutParameterOperation
{
    private const int MostStandard = 4096;
    private const int MostAdvanced = 8192;
    private const string Standard = "Standard";
    private const string Advanced = "Advanced";

    public static RawDocument Put(Operation operation)
    {
        RawDocument input = operation.Input;
        SsmErrors.Known(operation, "Name", "Description", "Value", "Type", "KeyId", "Overwrite", "AllowedPattern", "Tags", "Tier", "DataType", "Policies");
        Check(input);
        string name = ParameterName.Checked(input.Text("Name")!);
        RawDocument? before = Parameters.All(operation).Find(name);
        if (before is null && input["Type"] is null)
            throw AwsError.Validation("A parameter type is required when you create a parameter.");
        if (before is not null && !input.Flag("Overwrite"))
            throw SsmErrors.Exists();
        if (input.Flag("Overwrite") && input.List("Tags").Any())
        {
            throw AwsError.Validation(
                "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. "
                + "To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.");
        }

        RawDocument parameter = Made(operation, input, before);
        Parameters.Keep(operation, parameter);
        ParameterTags.Set(operation, name, input);
        Parameters.Report(operation, before is null ? "Create" : "Update", parameter);
        return RawDocument.Empty.With("Version", parameter.Number("Version")!.Value).With("Tier", parameter.Text("Tier"));
    }

    private static void Check(RawDocument input)
    {
        Constraints constraints = new();
        constraints.Text("name", input["Name"], true, 1, 2048);
        constraints.Text("value", input["Value"], true, 1);
        constraints.Text("description", input["Description"], longest: 1024);
        constraints.Text("allowedPattern", input["AllowedPattern"], longest: 1024);
        constraints.Text("keyId", input["KeyId"], shortest: 1, longest: 256, pattern: "[a-zA-Z0-9:/_-]+");
        constraints.OneOf("type", input["Type"], "SecureString", "StringList", "String");
        constraints.OneOf("tier", input["Tier"], Advanced, "Intelligent-Tiering", Standard);
        constraints.Check();
        if (input.Text("DataType") is { } type && type != "text")
            throw AwsError.Validation(SsmMessages.NoDataType(type).ToString());
        if (input.Text("Policies") is { Length: > 0 } and not "[]" and not "{}")
            throw AwsError.Validation(SsmMessages.NoParameter("Policies", "PutParameter").ToString());
        if (input["KeyId"] is not null && input.Text("Type") is "String" or "StringList")
            throw AwsError.Validation("KeyId can only be specified for a parameter of the type SecureString.");
    }

    private static RawDocument Made(Operation operation, RawDocument input, RawDocument? before)
    {
        string type = input.Text("Type") ?? before!.Text("Type")!;
        if (before is not null && type != before.Text("Type"))
            throw new AwsError(400, "HierarchyTypeMismatchException", "Parameter Store doesn't support changing a parameter type in a hierarchy. You must create a new, unique parameter.");
        string value = input.Text("Value")!;
        string? pattern = input.Text("AllowedPattern") ?? before?.Text("AllowedPattern");
        CheckPattern(value, pattern);
        RawDocument parameter = (before ?? RawDocument.Empty.With("Name", input.Text("Name")))
            .With(input.Only("Description", "AllowedPattern", "KeyId"))
            .With("Type", type)
            .With("Value", value)
            .With("Version", (before?.Number("Version") ?? 0) + 1)
            .With("Tier", Tier(input.Text("Tier"), before?.Text("Tier"), Encoding.UTF8.GetByteCount(value)))
            .With("DataType", "text")
            .With("LastModifiedDate", Json.Time(operation.Now))
            .With("LastModifiedUser", operation.GlobalArn("iam", "user/sandbox"));
        return type == "SecureString" ? parameter.With("KeyId", parameter.Text("KeyId") ?? "alias/aws/ssm").With("cipher", Cipher(operation)) : parameter;
    }

    /// <summary>The tier of a value: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html.</summary>
    private static string Tier(string? wanted, string? before, int size)
    {
        if (wanted == Standard && before == Advanced)
        {
            throw AwsError.Validation(
                "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier.");
        }

        string tier = before == Advanced || wanted == Advanced || (wanted == "Intelligent-Tiering" && size > MostStandard) ? Advanced : Standard;
        if (tier == Standard && size > MostStandard)
        {
            throw AwsError.Validation(
                $"Standard tier parameters support a maximum parameter value of {MostStandard} characters. To create a larger parameter value, upgrade the parameter to use "
                + "the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html");
        }

        return size <= MostAdvanced ? tier : throw AwsError.Validation($"Advanced tier parameters support a maximum parameter value of {MostAdvanced} characters.");
    }

    private static void CheckPattern(string value, string? pattern)
    {
        if (string.IsNullOrEmpty(pattern))
            return;
        try
        {
            if (Regex.IsMatch(value, $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(200)))
                return;
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            throw new AwsError(400, "InvalidAllowedPatternException", $"Parameter value, cannot be validated against allowedPattern: {pattern}");
        }

        throw new AwsError(400, "ParameterPatternMismatchException", $"Parameter value, cannot be validated against allowedPattern: {pattern}");
    }

    /// <summary>A text that looks like what KMS encrypts. The sandbox keeps the value as it is.</summary>
    private static string Cipher(Operation operation) => Convert.ToBase64String(
        [1, 2, 2, 0, 120, .. Encoding.ASCII.GetBytes(operation.Account.Random.Id() + operation.Account.Random.Id() + operation.Account.Random.Id())]);
}
