using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>Where, and by which rule, an event does not follow its schema.</summary>
/// <param name="Pointer">The place in the event, as a JSON pointer (RFC 6901); empty for the whole.</param>
/// <param name="SchemaPointer">The rule in the schema, as a JSON pointer; in another file, after the name of the file and <c>#</c>.</param>
/// <param name="Keyword">The keyword of the rule, for example <c>required</c>.</param>
/// <param name="Reason">What is wrong, as a sentence that begins with the place.</param>
public sealed record SchemaViolation(string Pointer, string SchemaPointer, string Keyword, Message Reason)
{
    /// <summary>A rule as a person finds it: after the name of its schema, or of the file to which that refers.</summary>
    /// <param name="schema">The name of the schema.</param>
    /// <param name="pointer">The rule, as <see cref="SchemaPointer"/> has it.</param>
    public static string Rule(string schema, string pointer) => pointer.Contains('#') ? pointer : schema + "#" + pointer;
}

/// <summary>What is wrong with a schema itself.</summary>
/// <param name="Pointer">The place in the file, as a JSON pointer (RFC 6901); null if the file is not JSON.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Place">The line and the column, if the file is not JSON; else null.</param>
/// <param name="File">The file, if it is one to which the schema refers, relative to the folder of the schema; else null.</param>
public sealed record SchemaFault(string? Pointer, Message Reason, TextPlace? Place = null, string? File = null);
