namespace EventBridgeOps.Sandbox.Wire;

/// <summary>
/// Keeps web pages out. A browser can be made to send requests to 127.0.0.1, or to a name that suddenly resolves to it;
/// it then names its origin, or a host that is not loopback. No AWS client does either.
/// </summary>
internal static class LoopbackGuard
{
    public static HttpResponse? Refusal(HttpRequest request)
    {
        if (request.Header("Origin") is not null)
            return HttpResponse.Text(403, WireMessages.FromBrowser());
        return IsLoopback(request.Header("Host") ?? "") ? null : HttpResponse.Text(403, WireMessages.NotLoopback());
    }

    private static bool IsLoopback(string host)
    {
        int colon = host.LastIndexOf(':');
        string name = colon > host.LastIndexOf(']') ? host.Substring(0, colon) : host;
        return name is "127.0.0.1" or "[::1]" || string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase);
    }
}
