using System.Text;
using System.Text.Json;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.EventBridge;

/// <summary>
/// PutEvents: takes entries one by one, so that a bad one fails alone. An entry for a bus that does not exist is taken
/// and leads nowhere, as on AWS.
/// </summary>
internal static class PutEventsOperation
{
    // Since January 2026: https://aws.amazon.com/blogs/compute/more-room-to-build-serverless-services-now-support-payloads-up-to-1-mb.
    private const int MostBytes = 1024 * 1024;

    private static readonly string[] RequiredTexts = ["Source", "DetailType", "Detail"];

    public static RawDocument Put(Operation operation)
    {
        Constraints constraints = new();
        List<RawDocument> entries = constraints.List("entries", operation.Input["Entries"], 1, 10)
            .Select((entry, index) => constraints.Object($"entries.{index + 1}.member", entry, required: true))
            .ToList();
        constraints.Check();
        if (entries.Sum(Size) > MostBytes)
            throw AwsError.Validation("Total size of the entries in the request is over the limit.");

        List<RawDocument> answers = entries.Select(entry => Failure(entry) ?? RawDocument.Empty.With("EventId", operation.Account.Random.Id())).ToList();
        return RawDocument.Empty
            .With("FailedEntryCount", answers.Count(answer => answer["ErrorCode"] is not null))
            .With("Entries", answers);
    }

    private static RawDocument? Failure(RawDocument entry)
    {
        foreach (string name in RequiredTexts)
        {
            if (string.IsNullOrEmpty(entry.Text(name)))
                return Failed("InvalidArgument", $"Parameter {name} is not valid. Reason: {name} is a required argument.");
        }

        if (entry.Text("Source")!.StartsWith("aws.", StringComparison.Ordinal))
            return Failed("NotAuthorizedForSourceException", "Not authorized for the source.");
        return IsJsonObject(entry.Text("Detail")!) ? null : Failed("MalformedDetail", "Detail is malformed.");
    }

    private static RawDocument Failed(string code, string message) =>
        RawDocument.Empty.With("ErrorCode", code).With("ErrorMessage", message);

    private static bool IsJsonObject(string detail)
    {
        try
        {
            return Json.Parse(detail).ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>An entry's size as AWS counts it: 14 bytes for a time, and the texts in UTF-8.</summary>
    private static int Size(RawDocument entry) =>
        (entry["Time"] is null ? 0 : 14)
        + RequiredTexts.Sum(name => Encoding.UTF8.GetByteCount(entry.Text(name) ?? ""))
        + entry.Texts("Resources").Sum(Encoding.UTF8.GetByteCount);
}
