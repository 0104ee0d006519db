using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>How often and for how long Lambda tries an event that it accepted.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html</remarks>
internal static class EventInvokeConfig
{
    private const string Retries = "MaximumRetryAttempts";
    private const string Age = "MaximumEventAgeInSeconds";

    /// <summary>Two retries within six hours are the defaults.</summary>
    /// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html</remarks>
    public static (long Retries, TimeSpan Age) Of(Function function) =>
        (function.InvokeConfig?.Number(Retries) ?? 2, TimeSpan.FromSeconds(function.InvokeConfig?.Number(Age) ?? 21_600));

    public static RawDocument Put(Operation operation) => Keep(operation, Function.At(operation), RawDocument.Empty);

    public static RawDocument Update(Operation operation)
    {
        Function function = Function.At(operation);
        return Keep(operation, function, Existing(function));
    }

    public static RawDocument Get(Operation operation) => Shown(Existing(Function.At(operation)));

    public static RawDocument Delete(Operation operation)
    {
        Function function = Function.At(operation);
        Existing(function);
        function.RemoveInvokeConfig();
        return RawDocument.Empty;
    }

    public static RawDocument List(Operation operation) =>
        RawDocument.Empty.With("FunctionEventInvokeConfigs", Function.At(operation).InvokeConfig is { } config ? [Shown(config)] : Array.Empty<RawDocument>());

    private static RawDocument Existing(Function function) =>
        function.InvokeConfig ?? throw LambdaErrors.NotFound($"The function {function.Arn}:$LATEST doesn't have an EventInvokeConfig");

    private static RawDocument Keep(Operation operation, Function function, RawDocument before)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        constraints.Number("maximumRetryAttempts", input[Retries], 0, 2);
        constraints.Number("maximumEventAgeInSeconds", input[Age], 60, 21_600);
        RawDocument destinations = constraints.Object("destinationConfig", input["DestinationConfig"]);
        constraints.Check();
        LambdaErrors.CheckKnown(input, "", "FunctionName", "Qualifier", Retries, Age, "DestinationConfig");
        if (destinations.Members.Any(member => member.Value.ValueKind == System.Text.Json.JsonValueKind.Object && RawDocument.From(member.Value).Members.Count > 0))
            throw LambdaErrors.NotSupported("DestinationConfig");
        RawDocument given = input.Only(Retries, Age);
        if (given.Members.Count == 0 && input["DestinationConfig"] is null)
            throw LambdaErrors.Invalid("You must specify at least one of error handling or destination setting.");

        RawDocument config = before.With(given).With("LastModified", Json.Time(operation.Now)).With("FunctionArn", function.Arn + ":$LATEST");
        function.KeepInvokeConfig(config);
        return Shown(config);
    }

    private static RawDocument Shown(RawDocument config) => config.With("DestinationConfig", RawDocument.Empty.With("OnSuccess", RawDocument.Empty).With("OnFailure", RawDocument.Empty));
}
