using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Page;

/// <summary>Reads server-sent events as a program would that knows nothing but the format.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpClient http;
    private readonly HttpResponseMessage response;
    private readonly StreamReader reader;

    private EventReader(HttpClient http, HttpResponseMessage response, StreamReader reader)
    {
        this.http = http;
        this.response = response;
        this.reader = reader;
    }

    /// <summary>The last ID that came.</summary>
    public string LastId { get; private set; } = "";

    public string? ContentType => response.Content.Headers.ContentType?.MediaType;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<EventReader> Open(Uri endpoint, string query = "", string? lastId = null)
    {
        HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = endpoint };
        using HttpRequestMessage request = new(HttpMethod.Get, "/_sandbox/events" + query);
        if (lastId is not null)
            request.Headers.Add("Last-Event-ID", lastId);
        HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        response.EnsureSuccessStatusCode();
        return new(http, response, new(await response.Content.ReadAsStreamAsync(Token)));
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
        http.Dispose();
    }

    /// <summary>The next event of a kind; what comes before it is passed over. Null at the end of the stream.</summary>
    public async Task<JsonElement?> Next(string kind)
    {
        while (await Next() is { } next)
        {
            if (next.Kind == kind)
                return JsonDocument.Parse(next.Data).RootElement;
        }

        return null;
    }

    /// <summary>The next event; null at the end of the stream.</summary>
    public async Task<(string Kind, string Data)?> Next()
    {
        string kind = "message";
        string data = "";
        while (await reader.ReadLineAsync(Token) is { } line)
        {
            if (line.Length == 0 && data.Length > 0)
                return (kind, data);
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                kind = line[7..];
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                LastId = line[4..];
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                data += line[6..];
        }

        return null;
    }
}
