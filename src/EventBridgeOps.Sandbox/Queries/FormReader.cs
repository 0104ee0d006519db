using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Queries;

/// <summary>Reads a form of the query protocol into the document that the operation takes in JSON.</summary>
/// <remarks>https://smithy.io/2.0/aws/protocols/aws-query-protocol.html</remarks>
internal static class FormReader
{
    public static RawDocument Read(QueryApi api, string operation, IEnumerable<KeyValuePair<string, string>> parameters) =>
        Structure(api, operation, FormNode.Of(parameters.Where(parameter => parameter.Key is not ("Action" or "Version"))), "");

    private static RawDocument Structure(QueryApi api, string operation, FormNode node, string at)
    {
        RawDocument document = RawDocument.Empty;
        foreach (KeyValuePair<string, FormNode> child in node.Children)
        {
            string path = at.Length == 0 ? child.Key : at + "." + child.Key;
            document = api.OnWire(child.Key, operation) is { } member
                ? document.With(member.Name, member.IsMap ? Map(api, operation, member, child.Value, path) : List(api, operation, member, child.Value, path))
                : document.With(child.Key, Value(api, operation, child.Key, child.Value, path));
        }

        return document;
    }

    private static JsonElement Value(QueryApi api, string operation, string name, FormNode node, string path)
    {
        if (node.IsLeaf)
            return Scalar(api, name, node.Text ?? "", path);
        // A list that the table of the service does not have, or a value and parts of it at once.
        if (node.Numbered is not null || node.Text is not null)
            throw Unknown(path);
        return Structure(api, operation, node, path).ToElement();
    }

    private static JsonElement Scalar(QueryApi api, string name, string text, string path)
    {
        if (api.Numbers.Contains(name))
        {
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
                ? Json.Number(number)
                : throw Malformed(QueryMessages.NotANumber(path, text).ToString());
        }

        if (!api.Flags.Contains(name))
            return Json.Text(text);
        return text.ToLowerInvariant() switch
        {
            "true" => Json.Flag(true),
            "false" => Json.Flag(false),
            _ => throw Malformed(QueryMessages.NotAFlag(path, text).ToString()),
        };
    }

    private static JsonElement List(QueryApi api, string operation, QueryMember member, FormNode node, string path) => Json.Array(
        Repeated(member, node, "member", path).Select((item, index) =>
            Value(api, operation, member.Name, item, string.Format(CultureInfo.InvariantCulture, "{0}.{1}", path, index + 1))));

    private static JsonElement Map(QueryApi api, string operation, QueryMember member, FormNode node, string path)
    {
        RawDocument map = RawDocument.Empty;
        foreach (FormNode entry in Repeated(member, node, "entry", path))
        {
            string key = entry[member.Key]?.Text ?? throw Unknown(path);
            FormNode value = entry[member.Value] ?? throw Unknown(path);
            // The values of a map are texts or structures, whatever its keys are named.
            map = map.With(key, value.IsLeaf ? Json.Text(value.Text ?? "") : Structure(api, operation, value, path).ToElement());
        }

        return map.ToElement();
    }

    private static IReadOnlyList<FormNode> Repeated(QueryMember member, FormNode node, string element, string path)
    {
        // "X=" stands for an empty list.
        if (node.IsLeaf)
            return node.Text is { Length: > 0 } ? throw Unknown(path) : [];
        FormNode? items = member.Flattened is null && node[element] is { } inner ? inner : node;
        return items.Numbered ?? throw Unknown(path);
    }

    private static AwsError Unknown(string path) => Malformed(QueryMessages.UnknownParameter(path).ToString());

    private static AwsError Malformed(string message) => new(400, "MalformedInput", message);
}
