using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>Functions are created, shown and deleted. They are active at once; on AWS, this takes a moment.</summary>
internal static class FunctionOperations
{
    public static RawDocument Create(Operation operation)
    {
        (string name, string? qualifier) = Function.Names(operation);
        if (qualifier is not null)
            throw LambdaErrors.Invalid("The function name must not have a qualifier.");
        FunctionSettings.Check(operation, isNew: true, "Code", "Tags");
        Constraints constraints = new();
        RawDocument code = constraints.Object("code", operation.Input["Code"], required: true);
        RawDocument tags = constraints.Object("tags", operation.Input["Tags"]);
        constraints.Check();
        byte[] zip = FunctionCode.Read(operation, code);
        if (Function.Named(operation, name) is not null)
            throw LambdaErrors.Conflict($"Function already exist: {name}");

        RawDocument document = RawDocument.Empty
            .With("FunctionName", name)
            .With("FunctionArn", Function.ArnOf(operation, name))
            .With("Description", "")
            .With("Timeout", 3)
            .With("MemorySize", 128)
            .With("Version", "$LATEST")
            .With("State", "Active")
            .With("LastUpdateStatus", "Successful")
            .With("PackageType", "Zip")
            .With("Architectures", operation.Input["Architectures"] ?? Json.Texts(["x86_64"]))
            .With("TracingConfig", RawDocument.Empty.With("Mode", "PassThrough"))
            .With("EphemeralStorage", RawDocument.Empty.With("Size", 512))
            .With("SnapStart", RawDocument.Empty.With("ApplyOn", "None").With("OptimizationStatus", "Off"))
            .With("LoggingConfig", FunctionLogs.Config(name, operation.Input))
            .With(operation.Input.Only(FunctionSettings.Kept))
            .With("CodeSize", zip.Length)
            .With("CodeSha256", FunctionCode.Digest(zip))
            .With("Tags", tags);
        FunctionSettings.CheckDeadLetters(operation, document);
        Function function = Function.Make(operation, name, document);
        function.KeepCode(zip);
        return function.Configuration;
    }

    public static RawDocument Get(Operation operation)
    {
        Function function = Function.At(operation);
        RawDocument shown = RawDocument.Empty.With("Configuration", function.Configuration).With("Code", RawDocument.Empty.With("RepositoryType", "S3"));
        return function.Document.Object("Tags") is { Members.Count: > 0 } tags ? shown.With("Tags", tags) : shown;
    }

    public static RawDocument GetConfiguration(Operation operation) => Function.At(operation).Configuration;

    public static RawDocument List(Operation operation)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        constraints.Number("maxItems", input["MaxItems"], 1, 10_000);
        constraints.OneOf("functionVersion", input["FunctionVersion"], "ALL");
        constraints.Check();
        LambdaErrors.CheckKnown(input, "", "MaxItems", "Marker", "FunctionVersion");
        Paging.Page<KeyValuePair<string, RawDocument>> page = operation.Page(
            operation.State["lambdaFunctions"], row => row.Key, input.Number("MaxItems"), input.Text("Marker"), most: 50);
        return RawDocument.Empty.With("Functions", page.Items.Select(row => row.Value.Without("Tags"))).With("NextMarker", page.NextToken);
    }

    public static RawDocument Delete(Operation operation)
    {
        Function function = Function.At(operation);
        if (Function.Names(operation).Qualifier is not null)
            throw LambdaErrors.Invalid("$LATEST version cannot be deleted without deleting the function.");
        function.Delete();
        return RawDocument.Empty;
    }
}
