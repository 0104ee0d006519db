using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Projects.Files;

/// <summary>Something that is wrong with a file of a project.</summary>
/// <param name="File">The path of the file, relative to the folder of the project, with slashes.</param>
/// <param name="Place">The line and the column.</param>
/// <param name="Pointer">The place as a JSON pointer (RFC 6901); empty for the file as a whole.</param>
/// <param name="Reason">What is wrong.</param>
public sealed record ProjectFault(string File, TextPlace Place, string Pointer, Message Reason);
