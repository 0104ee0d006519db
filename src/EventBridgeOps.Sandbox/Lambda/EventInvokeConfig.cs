using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>How often and for how long Lambda tries an event that it accepted.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html</remarks>
internal static class EventInvokeConfig
{
    private const string Retries = "MaximumRetryAttempts";
    private const string Age = "MaximumEventAgeInSeconds";
    private const string Destinations = "DestinationConfig";

    /// <summary>Two retries within six hours are the defaults.</summary>
    /// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html</remarks>
    public static (long Retries, TimeSpan Age) Of(Function function) =>
        (function.InvokeConfig?.Number(Retries) ?? 2, TimeSpan.FromSeconds(function.InvokeConfig?.Number(Age) ?? 21_600));

    /// <summary>Where the record of an event goes.</summary>
    /// <param name="function">The function.</param>
    /// <param name="end">OnSuccess or OnFailure.</param>
    public static string? Destination(Function function, string end) => function.InvokeConfig?.Object(Destinations)?.Object(end)?.Text("Destination");

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
        foreach (string destination in destinations.Members.Select(end => destinations.Object(end.Key)?.Text("Destination")).OfType<string>())
            FunctionOutput.Check(operation, function.Role, function.Arn, destination, "sqs", "sns", "lambda", "events");
        RawDocument given = input.Only(Retries, Age, Destinations);
        if (given.Members.Count == 0)
            throw LambdaErrors.Invalid("You must specify at least one of error handling or destination setting.");

        RawDocument config = before.With(given).With("LastModified", Json.Time(operation.Now)).With("FunctionArn", function.Arn + ":$LATEST");
        function.KeepInvokeConfig(config);
        return Shown(config);
    }

    private static RawDocument Shown(RawDocument config) => config.With(
        Destinations, RawDocument.Empty.With("OnSuccess", RawDocument.Empty).With("OnFailure", RawDocument.Empty).With(config.Object(Destinations) ?? RawDocument.Empty));
}
