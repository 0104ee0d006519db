using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Privacy;

namespace EventBridgeOps.Automation;

/// <summary>Replaces fields of an event before it is logged: those that the configuration names, and what looks like a secret.</summary>
/// <param name="fields">Names of fields at any depth (<c>email</c>), or paths from the top (<c>detail.customer.email</c>). An element of an array has the path of the array.</param>
public sealed class EventRedaction(IReadOnlyList<string> fields)
{
    private readonly HashSet<string> _names = new(fields.Where(field => field.IndexOf('.') < 0), StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _paths = new(fields.Where(field => field.IndexOf('.') >= 0), StringComparer.OrdinalIgnoreCase);

    /// <summary>The event without these fields.</summary>
    /// <param name="happened">The event; it is not changed.</param>
    public JsonObject Apply(JsonObject happened)
    {
        JsonObject copy = (JsonObject)happened.DeepClone();
        Redact(copy, "");
        return Document.Parse(DocumentRedactor.Write(copy));
    }

    private void Redact(JsonNode? node, string path)
    {
        if (node is JsonArray list)
        {
            foreach (JsonNode? item in list)
                Redact(item, path);
        }

        if (node is not JsonObject members)
            return;
        foreach (string name in members.Select(member => member.Key).ToList())
        {
            string inner = path.Length == 0 ? name : $"{path}.{name}";
            if (_names.Contains(name) || _paths.Contains(inner))
                members[name] = SecretRedactor.Mark;
            else
                Redact(members[name], inner);
        }
    }
}
