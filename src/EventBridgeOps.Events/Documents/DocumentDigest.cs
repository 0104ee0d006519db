using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventBridgeOps.Events.Documents;

/// <summary>Identifies the content of a document: documents that <see cref="DocumentDiff.Same"/> regards as the same have the same digest.</summary>
public static class DocumentDigest
{
    private const string OfWhole = "sha256:";
    private const string OfRedacted = "redacted-sha256:";

    /// <summary>The digest of a document: <c>sha256:</c> and 64 hexadecimal digits.</summary>
    /// <param name="document">The document.</param>
    public static string Of(JsonObject document) => OfWhole + Hash(document);

    /// <summary>The digest of a document without what looks like a secret, for a document that is known only so: <c>redacted-sha256:</c> and 64 hexadecimal digits.</summary>
    /// <param name="redacted">The document after <see cref="DocumentRedactor.Redact(JsonObject)"/>.</param>
    public static string OfRedactedDocument(JsonObject redacted) => OfRedacted + Hash(redacted);

    /// <summary>Whether a document has a digest of either kind.</summary>
    /// <param name="document">The document, not redacted.</param>
    /// <param name="digest">The digest.</param>
    public static bool Matches(JsonObject document, string digest) =>
        digest == (digest.StartsWith(OfRedacted, StringComparison.Ordinal) ? OfRedactedDocument(DocumentRedactor.Redact(document)) : Of(document));

    private static string Hash(JsonObject document)
    {
        StringBuilder text = new();
        Append(text, document);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(text.ToString()));
        return string.Concat(hash.GetHashAndReset().Select(each => each.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }

    // Keys in one order, numbers in one notation, and each text with its length before it, so that no two contents look alike.
    private static void Append(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                text.Append('{');
                foreach (KeyValuePair<string, JsonNode?> field in fields.OrderBy(field => field.Key, StringComparer.Ordinal))
                {
                    Append(text, field.Key);
                    Append(text, field.Value);
                }

                text.Append('}');
                break;
            case JsonArray elements:
                text.Append('[');
                foreach (JsonNode? element in elements)
                    Append(text, element);
                text.Append(']');
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                Append(text, value.GetValue<string>());
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                text.Append(DecimalText.Canonical(value.ToJsonString())).Append(' ');
                break;
            default:
                text.Append(node is null ? "null" : node.ToJsonString()).Append(' ');
                break;
        }
    }

    private static void Append(StringBuilder text, string value) =>
        text.Append(value.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)).Append('"').Append(value);
}
