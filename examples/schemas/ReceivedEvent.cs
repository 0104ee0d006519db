using System.Text.Json;
using EventBridgeOps.Schemas.Documents;

namespace Examples;

/// <summary>A consumer that checks what it receives, with the schema that its publisher checks with (project EventBridgeOps.Schemas).</summary>
public static class ReceivedEvent
{
    // Reading a schema takes about a millisecond: read it once. It can be used from several threads.
    private static readonly EventSchema Schema = EventSchema.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "audio-uploaded.v1.json")), "audio-uploaded.v1");

    /// <summary>What is wrong with an event, as lines; none if it is valid.</summary>
    public static IEnumerable<string> Check(string json)
    {
        using JsonDocument received = JsonDocument.Parse(json);
        if (!received.RootElement.TryGetProperty("detail", out JsonElement detail))
            return ["The event has no detail."];
        // The reason begins with the place in the detail.
        return [.. Schema.Validate(detail).Select(violation => $"{violation.Reason} ({violation.SchemaPointer})")];
    }
}
