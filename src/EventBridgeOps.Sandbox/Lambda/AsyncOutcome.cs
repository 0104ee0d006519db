using System.Globalization;
using System.Text;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>The end of an event that Lambda accepted: the record goes to the destination for its outcome, and a failed event into the dead-letter queue too.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html</remarks>
internal static class AsyncOutcome
{
    private const int LongestMessage = 1024;

    public static void Tell(Operation operation, Function function, RawDocument work, InvocationResult result, string condition)
    {
        bool isSuccess = condition == "Success";
        string end = isSuccess ? "OnSuccess" : "OnFailure";
        if (EventInvokeConfig.Destination(function, end) is { } destination)
        {
            RawDocument record = Record(operation, function, work, result, condition);
            string detailType = "Lambda Function Invocation Result - " + (isSuccess ? "Success" : "Failure");
            if (!FunctionOutput.Send(operation, function, destination, RawDocument.Empty.With("Message", record.ToString()), detailType))
                FunctionMetrics.Count(operation, function.Name, "DestinationDeliveryFailures");
        }

        if (!isSuccess && function.Document.Object("DeadLetterConfig")?.Text("TargetArn") is { Length: > 0 } letters
            && !FunctionOutput.Send(operation, function, letters, Letter(work, result)))
        {
            FunctionMetrics.Count(operation, function.Name, "DeadLetterErrors");
        }
    }

    private static RawDocument Record(Operation operation, Function function, RawDocument work, InvocationResult result, string condition)
    {
        RawDocument record = RawDocument.Empty
            .With("version", "1.0")
            .With("timestamp", operation.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))
            .With("requestContext", RawDocument.Empty
                .With("requestId", work.Text("id"))
                .With("functionArn", function.Arn + ":$LATEST")
                .With("condition", condition)
                .With("approximateInvokeCount", work.Number("retries")!.Value + 1))
            .With("requestPayload", Json.Parse(work.Text("payload")!))
            .With("responseContext", RawDocument.Empty.With("statusCode", 200).With("executedVersion", "$LATEST").With("functionError", result.Error));
        return Payload(result) is { } payload ? record.With("responsePayload", payload) : record;
    }

    /// <summary>The event itself, with why it was given up in attributes.</summary>
    /// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq</remarks>
    private static RawDocument Letter(RawDocument work, InvocationResult result)
    {
        string message = Payload(result) is { ValueKind: JsonValueKind.Object } error ? RawDocument.From(error).Text("errorMessage") ?? "" : "";
        RawDocument attributes = RawDocument.Empty
            .With("RequestID", Attribute("String", work.Text("id")!))
            .With("ErrorCode", Attribute("Number", "200"));
        if (message.Length > 0)
            attributes = attributes.With("ErrorMessage", Attribute("String", message.Length > LongestMessage ? message.Substring(0, LongestMessage) : message));
        return RawDocument.Empty.With("Message", work.Text("payload")).With("MessageAttributes", attributes);
    }

    private static RawDocument Attribute(string type, string value) => RawDocument.Empty.With("DataType", type).With("StringValue", value);

    private static JsonElement? Payload(InvocationResult result)
    {
        try
        {
            return result.Payload.Length == 0 ? null : Json.Parse(result.Payload);
        }
        catch (JsonException)
        {
            return Json.Text(Encoding.UTF8.GetString(result.Payload));
        }
    }
}
