using System.Text.Json;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Patterns.Events;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.EventBridge;

/// <summary>
/// PutEvents: takes entries one by one, so that a bad one fails alone. An entry for a bus that does not exist is taken
/// and leads nowhere, as on AWS.
/// </summary>
internal static class PutEventsOperation
{
    public static RawDocument Put(Operation operation)
    {
        try
        {
            RawDocument answer = Take(operation);
            operation.Account.Events.Answered(operation, answer);
            return answer;
        }
        catch (AwsError)
        {
            operation.Account.Events.Answered(operation, null);
            throw;
        }
    }

    private static RawDocument Take(Operation operation)
    {
        Constraints constraints = new();
        List<RawDocument> entries = constraints.List("entries", operation.Input["Entries"], 1, EntryLimits.Entries)
            .Select((entry, index) => constraints.Object($"entries.{index + 1}.member", entry, required: true))
            .ToList();
        foreach ((RawDocument entry, int index) in entries.Select((entry, index) => (entry, index)))
        {
            constraints.Text($"entries.{index + 1}.member.traceHeader", entry["TraceHeader"], shortest: 1, longest: 500); // The service model.
            foreach (JsonElement resource in constraints.List("entries.member.resources", entry["Resources"], 0, int.MaxValue, required: false))
                constraints.Text("entries.member.resources.member", resource, required: true);
        }

        constraints.Check();
        if (entries.Sum(Size) > EntryLimits.Bytes)
            throw AwsError.Validation("Total size of the entries in the request is over the limit.");

        List<RawDocument> answers = entries
            .Select(entry => Failure(entry) ?? Accepted(operation, entry))
            .ToList();
        return RawDocument.Empty
            .With("FailedEntryCount", answers.Count(answer => answer["ErrorCode"] is not null))
            .With("Entries", answers);
    }

    private static RawDocument? Failure(RawDocument entry)
    {
        foreach (string name in EntryLimits.RequiredFields)
        {
            if (string.IsNullOrEmpty(entry.Text(name)))
                return Failed("InvalidArgument", $"Parameter {name} is not valid. Reason: {name} is a required argument.");
        }

        if (EntryLimits.IsReserved(entry.Text("Source")!))
            return Failed("NotAuthorizedForSourceException", "Not authorized for the source.");
        return Json.IsObject(entry.Text("Detail")!) ? null : Malformed();
    }

    private static RawDocument Accepted(Operation operation, RawDocument entry)
    {
        try
        {
            return RawDocument.Empty.With("EventId", operation.Account.Events.Accept(operation, entry));
        }
        catch (EventException)
        {
            return Malformed(); // Deeper, or otherwise beyond what the product's own check of entries lets pass.
        }
    }

    private static RawDocument Malformed() => Failed("MalformedDetail", "Detail is malformed.");

    private static RawDocument Failed(string code, string message) =>
        RawDocument.Empty.With("ErrorCode", code).With("ErrorMessage", message);

    private static int Size(RawDocument entry) => EntryLimits.SizeOf(new EventEntry
    {
        Source = entry.Text("Source") ?? "",
        DetailType = entry.Text("DetailType") ?? "",
        Detail = entry.Text("Detail") ?? "",
        Resources = [.. entry.Texts("Resources")],
        Time = entry["Time"] is null ? null : default(DateTimeOffset), // Any time has the same size.
    });
}
