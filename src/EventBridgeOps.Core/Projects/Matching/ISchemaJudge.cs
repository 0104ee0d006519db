using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Projects.Matching;

/// <summary>Compares schemas.</summary>
public interface ISchemaJudge
{
    /// <summary>Whether it is proved that no value is valid under both schemas.</summary>
    /// <param name="schema">A schema.</param>
    /// <param name="other">The other one, as JSON Schema 2020-12.</param>
    bool IsEmpty(EventSchema schema, JsonObject other);

    /// <summary>Finds what a new version of a schema breaks.</summary>
    /// <param name="older">The version before.</param>
    /// <param name="newer">The new version.</param>
    /// <param name="compatibility">What the new version must be compatible with.</param>
    /// <param name="isStrict">Whether consumers are taken not to ignore fields that they do not know.</param>
    /// <returns>What it breaks; empty if the new version is compatible.</returns>
    IReadOnlyList<SchemaBreak> Compare(EventSchema older, EventSchema newer, ProjectCompatibility compatibility, bool isStrict);
}

/// <summary>What a new version of a schema breaks.</summary>
/// <param name="Pointer">The place in the new version, as a JSON pointer (RFC 6901).</param>
/// <param name="Reason">What is broken, and for whom.</param>
public sealed record SchemaBreak(string Pointer, Message Reason);

/// <summary>Proves nothing, and finds nothing.</summary>
public sealed class SchemaJudge : ISchemaJudge
{
    private SchemaJudge()
    {
    }

    /// <summary>The instance.</summary>
    public static SchemaJudge Instance { get; } = new();

    /// <inheritdoc/>
    public bool IsEmpty(EventSchema schema, JsonObject other) => false;

    /// <inheritdoc/>
    public IReadOnlyList<SchemaBreak> Compare(EventSchema older, EventSchema newer, ProjectCompatibility compatibility, bool isStrict) => [];
}
