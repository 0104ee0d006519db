using System.Text.Json;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>What the schemas in documents are called: by place, by <c>$id</c>, and by <c>$anchor</c>.</summary>
/// <remarks>https://json-schema.org/draft/2020-12/json-schema-core#section-8.2; in draft-07, <c>$id</c> is both.</remarks>
internal sealed class SchemaNames
{
    private readonly IReadOnlyDictionary<Uri, JsonElement> _documents;
    private readonly bool _refHidesSiblings;
    private readonly Dictionary<string, (Uri Document, string Pointer)> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Uri> _bases = new(StringComparer.Ordinal);

    /// <summary>Reads the names.</summary>
    /// <param name="documents">The documents by their places.</param>
    /// <param name="dialect">The dialect.</param>
    /// <param name="places">Where documents are, other than by what they call themselves.</param>
    public SchemaNames(IReadOnlyDictionary<Uri, JsonElement> documents, SchemaDialect dialect, IEnumerable<KeyValuePair<Uri, Uri>> places)
    {
        (_documents, _refHidesSiblings) = (documents, dialect is SchemaDialect.Draft07);
        foreach (KeyValuePair<Uri, Uri> place in places)
            _named[place.Key.ToString()] = (place.Value, "");
        foreach (KeyValuePair<Uri, JsonElement> document in documents)
        {
            _named[document.Key.ToString()] = (document.Key, "");
            Index(document.Key, document.Value, "", document.Key);
        }
    }

    /// <summary>The place that a reference names; null if there is none.</summary>
    /// <param name="document">The document with the reference.</param>
    /// <param name="pointer">The schema with the reference.</param>
    /// <param name="reference">The reference.</param>
    public (Uri Document, string Pointer)? Resolve(Uri document, string pointer, string reference)
    {
        if (!Uri.TryCreate(Base(document, pointer).Uri, reference, out Uri? uri))
            return null;
        string fragment = Uri.UnescapeDataString(uri.Fragment.TrimStart('#'));
        string name = uri.GetLeftPart(UriPartial.Query);
        if (fragment.Length > 0 && fragment[0] != '/')
            return _named.TryGetValue(name + "#" + fragment, out (Uri Document, string Pointer) anchor) ? anchor : null;
        if (!_named.TryGetValue(name, out (Uri Document, string Pointer) place))
            return null;
        return JsonPointers.Find(_documents[place.Document], place.Pointer + fragment) is null ? null : (place.Document, place.Pointer + fragment);
    }

    /// <summary>The reference by which any schema can name a place.</summary>
    /// <param name="document">The document.</param>
    /// <param name="pointer">The place.</param>
    public string Address(Uri document, string pointer)
    {
        (Uri uri, string above) = Base(document, pointer);
        return uri + "#" + string.Join("/", pointer.Substring(above.Length).Split('/').Select(Uri.EscapeDataString));
    }

    private (Uri Uri, string Pointer) Base(Uri document, string pointer)
    {
        while (true)
        {
            if (_bases.TryGetValue(document + "#" + pointer, out Uri? found))
                return (found, pointer);
            if (pointer.Length == 0)
                return (document, "");
            pointer = pointer.Substring(0, pointer.LastIndexOf('/'));
        }
    }

    private void Index(Uri document, JsonElement json, string pointer, Uri above)
    {
        if (json.ValueKind is JsonValueKind.Object)
        {
            Uri here = above;
            if (json.TryGetProperty("$id", out JsonElement id) && id.ValueKind is JsonValueKind.String && !(_refHidesSiblings && json.TryGetProperty("$ref", out _)) && Uri.TryCreate(above, id.GetString()!, out Uri? named))
            {
                if (named.Fragment.Length > 1)
                {
                    _named[named.ToString()] = (document, pointer);
                }
                else
                {
                    here = new Uri(named.GetLeftPart(UriPartial.Query));
                    _bases[document + "#" + pointer] = here;
                    _named[here.ToString()] = (document, pointer);
                }
            }

            foreach (string keyword in (string[])["$anchor", "$dynamicAnchor"])
            {
                if (json.TryGetProperty(keyword, out JsonElement anchor) && anchor.ValueKind is JsonValueKind.String)
                    _named[here.GetLeftPart(UriPartial.Query) + "#" + anchor.GetString()] = (document, pointer);
            }

            foreach (JsonProperty member in json.EnumerateObject())
            {
                if (member.Name is not ("enum" or "const" or "default" or "examples"))
                    Index(document, member.Value, JsonPointers.Add(pointer, member.Name), here);
            }
        }
        else if (json.ValueKind is JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement element in json.EnumerateArray())
                Index(document, element, JsonPointers.Add(pointer, index++), above);
        }
    }
}
