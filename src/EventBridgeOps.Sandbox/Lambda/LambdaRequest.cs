using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>An operation of Lambda, as the method and the path of a request name it.</summary>
/// <remarks>The service model of Lambda.</remarks>
internal sealed class LambdaRequest
{
    private const string Functions = "functions";

    private static readonly (string Method, string Version, string After, string Operation)[] Operations =
    [
        ("POST", "2015-03-31", "", "CreateFunction"),
        ("GET", "2015-03-31", "", "ListFunctions"),
        ("GET", "2015-03-31", "/", "GetFunction"),
        ("DELETE", "2015-03-31", "/", "DeleteFunction"),
        ("GET", "2015-03-31", "/configuration", "GetFunctionConfiguration"),
        ("PUT", "2015-03-31", "/configuration", "UpdateFunctionConfiguration"),
        ("PUT", "2015-03-31", "/code", "UpdateFunctionCode"),
        ("POST", "2015-03-31", "/invocations", "Invoke"),
        ("POST", "2015-03-31", "/policy", "AddPermission"),
        ("GET", "2015-03-31", "/policy", "GetPolicy"),
        ("PUT", "2019-09-25", "/event-invoke-config", "PutFunctionEventInvokeConfig"),
        ("POST", "2019-09-25", "/event-invoke-config", "UpdateFunctionEventInvokeConfig"),
        ("GET", "2019-09-25", "/event-invoke-config", "GetFunctionEventInvokeConfig"),
        ("DELETE", "2019-09-25", "/event-invoke-config", "DeleteFunctionEventInvokeConfig"),
        ("GET", "2019-09-25", "/event-invoke-config/list", "ListFunctionEventInvokeConfigs"),
    ];

    /// <summary>The headers and the parameters of the query that are members of an input.</summary>
    private static readonly (string Header, string Member)[] Headers =
    [
        ("X-Amz-Invocation-Type", "InvocationType"), ("X-Amz-Log-Type", "LogType"), ("X-Amz-Client-Context", "ClientContext"),
        ("X-Amz-Durable-Execution-Name", "DurableExecutionName"), ("X-Amz-Tenant-Id", "TenantId"),
    ];

    private LambdaRequest(string operation, RawDocument input) => (Operation, Input) = (operation, input);

    public string Operation { get; }

    public RawDocument Input { get; }

    /// <summary>Whether a request is for Lambda: its paths begin with the date of a version of its API.</summary>
    public static bool IsFor(HttpRequest request) =>
        request.Path.Length > 12 && request.Path[11] == '/' && DateTime.TryParse(request.Path.Substring(1, 10), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out _);

    /// <summary>Reads the operation and its input.</summary>
    /// <exception cref="AwsError">The body of the request cannot be read.</exception>
    public static LambdaRequest Read(HttpRequest request)
    {
        string[] parts = request.Path.TrimEnd('/').Split('/');
        string version = parts[1], name = parts.Length > 3 ? parts[3] : "";
        string rest = name.Length == 0 ? "" : "/" + string.Join("/", parts.Skip(4));
        (string Operation, RawDocument Input) found = ("", RawDocument.Empty);
        if (parts[2] == "tags" && version == "2017-03-31")
        {
            found.Operation = request.Method switch { "POST" => "TagResource", "DELETE" => "UntagResource", _ => "ListTags" };
            found.Input = found.Input.With("Resource", Uri.UnescapeDataString(string.Join("/", parts.Skip(3))));
        }
        else if (parts[2] == "event-source-mappings" && version == "2015-03-31")
        {
            found.Operation = request.Method switch
            {
                "POST" => "CreateEventSourceMapping",
                "PUT" => "UpdateEventSourceMapping",
                "DELETE" => "DeleteEventSourceMapping",
                _ => name.Length == 0 ? "ListEventSourceMappings" : "GetEventSourceMapping",
            };
            if (name.Length > 0)
                found.Input = found.Input.With("UUID", Uri.UnescapeDataString(name));
        }
        else
        {
            found.Operation = Array.Find(Operations, known => parts[2] == Functions && known.Method == request.Method && known.Version == version && known.After == rest).Operation;
            if (request.Method == "DELETE" && parts[2] == Functions && parts.Length == 6 && parts[4] == "policy")
                found = ("RemovePermission", found.Input.With("StatementId", Uri.UnescapeDataString(parts[5])));
            if (name.Length > 0)
                found.Input = found.Input.With("FunctionName", Uri.UnescapeDataString(name));
        }

        return new(found.Operation is { Length: > 0 } operation ? operation : $"{request.Method} {request.Path}", Whole(request, found.Operation ?? "", found.Input));
    }

    private static RawDocument Whole(HttpRequest request, string operation, RawDocument input)
    {
        input = Parameters(request.Query, input);
        if (operation == "Invoke")
        {
            foreach ((string header, string member) in Headers)
                input = input.With(member, request.Header(header));
            return input.With("Payload", Convert.ToBase64String(request.Body));
        }

        if (request.Body.Length == 0)
            return input;
        RawDocument body = RawDocument.TryParse(request.Body) ?? throw new AwsError(400, "SerializationException", WireMessages.BodyNotJson().ToString());
        return body.With(input);
    }

    private static RawDocument Parameters(string query, RawDocument input)
    {
        List<string> keys = [];
        foreach (KeyValuePair<string, string> given in FormText.Pairs(query))
        {
            if (given.Key == "tagKeys")
                keys.Add(given.Value);
            else
                input = given.Key == "MaxItems" && long.TryParse(given.Value, out long number) ? input.With(given.Key, number) : input.With(given.Key, given.Value);
        }

        return keys.Count > 0 ? input.With("TagKeys", keys) : input;
    }
}
