using System.Text.Json;
using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>The settings of a function that CreateFunction and UpdateFunctionConfiguration have in common.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html</remarks>
internal static class FunctionSettings
{
    /// <summary>The settings that are kept and shown as they are given.</summary>
    /// <summary>https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html. Only functions of the OS-only runtimes are run here.</summary>
    private static readonly Regex Runtimes = new(@"\A(provided\.al2(023)?|nodejs[0-9]{2}\.x|python3\.[0-9]{1,2}|java[0-9]{1,2}(\.al2)?|dotnet[0-9]{1,2}|ruby3\.[0-9])\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public static readonly string[] Kept = ["Runtime", "Role", "Handler", "Description", "Timeout", "MemorySize", "Environment", "DeadLetterConfig"];

    /// <summary>Settings with the one value that is the default, and so changes nothing.</summary>
    private static readonly (string Name, string Value)[] Defaults =
    [
        ("PackageType", "\"Zip\""), ("TracingConfig", """{"Mode":"PassThrough"}"""), ("EphemeralStorage", """{"Size":512}"""), ("SnapStart", """{"ApplyOn":"None"}"""),
        ("VpcConfig", "{}"), ("VpcConfig", """{"SubnetIds":[],"SecurityGroupIds":[]}"""), ("Layers", "[]"), ("FileSystemConfigs", "[]"),
        ("Publish", "false"), ("DryRun", "false"), ("KMSKeyArn", "\"\""),
    ];

    /// <summary>https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html</summary>
    private static readonly string[] Reserved =
    [
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
    ];

    /// <summary>Checks the settings of an input.</summary>
    /// <param name="operation">The operation with the input.</param>
    /// <param name="isNew">Whether the function is created, and so needs all that has no default.</param>
    /// <param name="others">The members of the input that are not settings.</param>
    public static void Check(Operation operation, bool isNew, params string[] others)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        constraints.Text("role", input["Role"], required: isNew, pattern: @"arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+");
        constraints.Text("handler", input["Handler"], longest: 128, pattern: @"[^\s]+");
        constraints.Text("description", input["Description"], longest: 256);
        constraints.Text("runtime", input["Runtime"]);
        constraints.Number("timeout", input["Timeout"], 1, 900);
        constraints.Number("memorySize", input["MemorySize"], 128, 10_240);
        RawDocument environment = constraints.Object("environment", input["Environment"]);
        RawDocument variables = constraints.Object("environment.variables", environment["Variables"]);
        foreach (string name in variables.Members.Select(variable => variable.Key).Where(name => !Regex.IsMatch(name, @"\A[a-zA-Z]([a-zA-Z0-9_])+\z")))
            constraints.Text("environment.variables", Json.Text(name), pattern: "[a-zA-Z]([a-zA-Z0-9_])+");
        foreach (KeyValuePair<string, JsonElement> variable in variables.Members)
            constraints.Text("environment.variables." + variable.Key, variable.Value, required: true);
        constraints.Check();

        if (variables.Members.Select(variable => variable.Key).Where(name => Reserved.Contains(name)).ToList() is { Count: > 0 } reserved)
            throw LambdaErrors.Invalid($"Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: {string.Join(", ", reserved)}");
        if (variables.ToUtf8().Length > 4096)
            throw LambdaErrors.Invalid("Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.");
        if (input.Text("Runtime") is { } runtime && !Runtimes.IsMatch(runtime))
            throw LambdaErrors.NotSupported("the runtime " + runtime);
        if (isNew && input.Text("PackageType") is null or "Zip" && (input.Text("Runtime") is null || input.Text("Handler") is null))
            throw LambdaErrors.Invalid("Runtime and Handler are mandatory parameters for functions created with deployment packages.");
        foreach (JsonElement architecture in input.List("Architectures"))
        {
            if (architecture.ToString() is not ("x86_64" or "arm64"))
                throw AwsError.Validation($"1 validation error detected: Value '{architecture}' at 'architectures' failed to satisfy constraint: Member must satisfy enum value set: [x86_64, arm64]");
        }

        RawDocument rest = input.Without([.. Kept, .. others, "FunctionName", "Qualifier", "RevisionId", "Architectures", "LoggingConfig"]);
        LambdaErrors.CheckKnown(WithoutDefaults(rest), "");
        if (input.Object("LoggingConfig") is { } logging && (logging.Text("LogFormat") ?? "Text") != "Text")
            throw LambdaErrors.NotSupported("LoggingConfig");
    }

    /// <summary>Checks where failed events go, which is the last thing that can be wrong.</summary>
    /// <exception cref="AwsError">The role of the function may not send there.</exception>
    public static void CheckDeadLetters(Operation operation, RawDocument function)
    {
        if (operation.Input.Object("DeadLetterConfig")?.Text("TargetArn") is { Length: > 0 } letters)
            FunctionOutput.Check(operation, function.Text("Role")!, function.Text("FunctionArn")!, letters, "sqs", "sns");
    }

    private static RawDocument WithoutDefaults(RawDocument rest) =>
        rest.Without([.. rest.Members.Where(member => Defaults.Any(known => known.Name == member.Key && known.Value == Compact(member.Value))).Select(member => member.Key)]);

    private static string Compact(JsonElement value) => JsonSerializer.Serialize(value);
}
