using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Privacy;

namespace EventBridgeOps.Publishing;

/// <summary>A detail as it is shown before it is sent: without what looks like a secret. It is made only when it is shown, because most are not.</summary>
/// <param name="json">The JSON text of the detail.</param>
internal sealed class DetailPreview(string json)
{
    public override string ToString()
    {
        try
        {
            return DocumentRedactor.Write(Document.Parse(json));
        }
        catch (JsonException)
        {
            return SecretRedactor.Redact(json); // sent as it is
        }
    }
}
