using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Projects.Matching;

/// <summary>Events of a source and a detail type, with a schema or without one.</summary>
/// <param name="Source">The source; null if it is not known.</param>
/// <param name="DetailType">The detail type.</param>
/// <param name="Schema">The version of the schema; null for events without one, such as those of AWS services.</param>
public sealed record EventKind(string? Source, string DetailType, ProjectSchema? Schema)
{
    /// <summary>An event of this kind, as far as its source and detail type go.</summary>
    internal byte[] Envelope()
    {
        JsonObject made = new() { ["detail-type"] = DetailType, ["detail"] = new JsonObject() };
        if (Source is not null)
            made["source"] = Source;
        return Document.WriteUtf8(made);
    }

    /// <summary>The name of the schema, or the detail type.</summary>
    public override string ToString() => Schema?.Name ?? DetailType;
}
