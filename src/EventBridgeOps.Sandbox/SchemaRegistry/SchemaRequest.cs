using System.Globalization;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.SchemaRegistry;

/// <summary>An operation of EventBridge Schemas, as the method and the path of a request name it.</summary>
/// <remarks>The service model schemas-2019-12-02</remarks>
internal static class SchemaRequest
{
    private const string Registry = "v1/registries/name/{RegistryName}";
    private const string Schema = Registry + "/schemas/name/{SchemaName}";
    private const string Policy = "v1/policy";
    private const string Tags = "tags/{ResourceArn}";

    private static readonly (string Method, string Path, string Operation, int Status)[] Operations =
    [
        ("GET", "v1/registries", "ListRegistries", 200),
        ("POST", Registry, "CreateRegistry", 201),
        ("GET", Registry, "DescribeRegistry", 200),
        ("PUT", Registry, "UpdateRegistry", 200),
        ("DELETE", Registry, "DeleteRegistry", 204),
        ("GET", Registry + "/schemas", "ListSchemas", 200),
        ("GET", Registry + "/schemas/search", "SearchSchemas", 200),
        ("POST", Schema, "CreateSchema", 201),
        ("GET", Schema, "DescribeSchema", 200),
        ("PUT", Schema, "UpdateSchema", 200),
        ("DELETE", Schema, "DeleteSchema", 204),
        ("GET", Schema + "/versions", "ListSchemaVersions", 200),
        ("DELETE", Schema + "/version/{SchemaVersion}", "DeleteSchemaVersion", 204),
        ("GET", Schema + "/export", "ExportSchema", 200),
        ("GET", Policy, "GetResourcePolicy", 200),
        ("PUT", Policy, "PutResourcePolicy", 200),
        ("DELETE", Policy, "DeleteResourcePolicy", 204),
        ("GET", Tags, "ListTagsForResource", 200),
        ("POST", Tags, "TagResource", 204),
        ("DELETE", Tags, "UntagResource", 204),
    ];

    public static int StatusOf(string operation) => Array.Find(Operations, known => known.Operation == operation).Status;

    /// <summary>Whether a request is for EventBridge Schemas.</summary>
    public static bool IsFor(HttpRequest request)
    {
        string[] parts = request.Path.Split('/');
        return parts.Length > 2 && (parts[1] == "v1" ? parts[2] is "registries" or "policy" or "discoverers" or "discover" : parts[1] == "tags" && Uri.UnescapeDataString(request.Path).Contains(":schemas:"));
    }

    /// <summary>Reads the operation and its input.</summary>
    /// <exception cref="AwsError">The body of the request cannot be read.</exception>
    public static (string Operation, RawDocument Input) Read(HttpRequest request)
    {
        string[] parts = request.Path.Trim('/').Split('/');
        foreach ((string method, string path, string operation, int _) in Operations)
        {
            if (method == request.Method && Match(path.Split('/'), parts) is { } named)
                return (operation, Parameters(request.Query, Body(request)).With(named));
        }

        return ($"{request.Method} {request.Path}", RawDocument.Empty);
    }

    /// <summary>What the variable parts of a path are; null if it is another path.</summary>
    private static RawDocument? Match(string[] path, string[] parts)
    {
        if (path[path.Length - 1] == "{ResourceArn}" && parts.Length >= path.Length)
            parts = [parts[0], string.Join("/", parts.Skip(1))]; // The ARN of a schema has slashes, which a client may have left as they are.
        if (path.Length != parts.Length)
            return null;
        RawDocument named = RawDocument.Empty;
        for (int i = 0; i < path.Length; i++)
        {
            if (path[i][0] == '{')
                named = named.With(path[i].Trim('{', '}'), Uri.UnescapeDataString(parts[i]));
            else if (path[i] != parts[i])
                return null;
        }

        return named;
    }

    private static RawDocument Body(HttpRequest request)
    {
        if (request.Body.Length == 0)
            return RawDocument.Empty;
        RawDocument body = RawDocument.TryParse(request.Body) ?? throw SchemaErrors.Bad(WireMessages.BodyNotJson().ToString());
        return body["tags"] is { } tags ? body.Without("tags").With("Tags", tags) : body;
    }

    /// <summary>The parameters of the query have the names of the members, with a small first letter.</summary>
    private static RawDocument Parameters(string query, RawDocument input)
    {
        List<string> keys = [];
        foreach (KeyValuePair<string, string> given in FormText.Pairs(query))
        {
            if (given.Key.Length == 0)
                continue;
            string name = char.ToUpperInvariant(given.Key[0]) + given.Key.Substring(1);
            if (name == "TagKeys")
                keys.Add(given.Value);
            else if (name == "Limit")
                input = input.With(name, long.TryParse(given.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long limit) ? limit : throw SchemaErrors.Bad("Limit is not a number."));
            else
                input = input.With(name, given.Value);
        }

        return keys.Count > 0 ? input.With("TagKeys", keys) : input;
    }
}
