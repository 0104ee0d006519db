using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>A function gets other code or other settings; its next invocation runs in a new process.</summary>
internal static class FunctionChanges
{
    public static RawDocument UpdateCode(Operation operation)
    {
        RawDocument input = operation.Input;
        Function function = Changed(operation);
        if (input.Flag("Publish"))
            throw LambdaErrors.NotSupported("Publish");
        LambdaErrors.CheckKnown(
            input, "", "FunctionName", "Qualifier", "ZipFile", "S3Bucket", "S3Key", "S3ObjectVersion", "ImageUri", "SourceKMSKeyArn", "Architectures", "RevisionId", "Publish", "DryRun");
        byte[] zip = FunctionCode.Read(operation, input);
        RawDocument document = function.Document.With("CodeSize", zip.Length).With("CodeSha256", FunctionCode.Digest(zip));
        if (input["Architectures"] is { } architectures)
            document = document.With("Architectures", architectures);
        if (input.Flag("DryRun"))
            return document.Without("Tags");
        function.Keep(document);
        function.KeepCode(zip);
        return function.Configuration;
    }

    public static RawDocument UpdateConfiguration(Operation operation)
    {
        Function function = Changed(operation);
        FunctionSettings.Check(operation, isNew: false);
        RawDocument changed = function.Document.With(operation.Input.Only(FunctionSettings.Kept));
        if (operation.Input["LoggingConfig"] is not null)
            changed = changed.With("LoggingConfig", FunctionLogs.Config(function.Name, operation.Input));
        FunctionSettings.CheckDeadLetters(operation, changed);
        EventSources.CheckTimeout(operation, function.Name, changed.Number("Timeout") ?? 3);
        function.Keep(changed);
        return function.Configuration;
    }

    private static Function Changed(Operation operation)
    {
        Function function = Function.At(operation);
        if (operation.Input.Text("RevisionId") is { } expected && expected != function.Document.Text("RevisionId"))
            throw new AwsError(412, "PreconditionFailedException", "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id");
        return function;
    }
}
