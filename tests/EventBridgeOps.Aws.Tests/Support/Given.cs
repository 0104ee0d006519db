using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Sessions;

namespace EventBridgeOps.Aws.Tests.Support;

/// <summary>What many tests start from.</summary>
internal static class Given
{
    public const string Bus = "mvp-development";
    public const string Rule = "mvp-start";

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A session against a stub, whose waiting takes no time.</summary>
    public static OpsSession Session(StubServer server, int maxAttempts = 2, TimeProvider? time = null) => OpsSession.Open(new SessionOptions
    {
        Region = "eu-west-1",
        AccessKey = "AKIDEXAMPLE",
        SecretKey = "secret",
        EndpointUrl = server.Url,
        Host = new SessionHost { Time = time ?? new ManualTimeProvider { AutoAdvance = true } },
        MaxAttempts = maxAttempts,
    });

    public static JsonObject Document(string json) =>
        (JsonObject)JsonNode.Parse(json, documentOptions: new() { MaxDepth = 2000 })!;

    public static async Task<List<T>> ListAsync<T>(this IAsyncEnumerable<T> items)
    {
        List<T> list = new();
        await foreach (T? item in items)
            list.Add(item);
        return list;
    }
}
