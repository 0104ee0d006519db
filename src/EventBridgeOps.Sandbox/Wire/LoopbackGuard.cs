namespace EventBridgeOps.Sandbox.Wire;

/// <summary>
/// Keeps web pages out. A browser can be made to send requests to 127.0.0.1, or to a name that suddenly resolves to it;
/// it then names its origin, or a host that is not loopback. No AWS client does either, nor does the sandbox's own page, which only reads.
/// </summary>
internal static class LoopbackGuard
{
    public static HttpResponse? Refusal(HttpRequest request)
    {
        if ((request.Header("Origin") is not null && !IsFromOwnPage(request)) || IsFromOtherPage(request))
            return HttpResponse.Text(403, WireMessages.FromOtherPage());
        return IsLoopback(request.Header("Host") ?? "") ? null : HttpResponse.Text(403, WireMessages.NotLoopback());
    }

    /// <summary>A browser names the origin of the page for the page's own modules. The page only reads, so nothing else is allowed to it.</summary>
    private static bool IsFromOwnPage(HttpRequest request) =>
        request.Method == "GET" && request.Header("Sec-Fetch-Site") == "same-origin" && request.Header("Origin") == "http://" + request.Header("Host");

    /// <summary>
    /// A browser names no origin for an image, a script or a frame of another page, but says where they are from. It may follow a link here.
    /// </summary>
    /// <remarks>https://www.w3.org/TR/fetch-metadata/</remarks>
    private static bool IsFromOtherPage(HttpRequest request) =>
        request.Header("Sec-Fetch-Site") is "cross-site" or "same-site" && request.Header("Sec-Fetch-Dest") != "document";

    private static bool IsLoopback(string host)
    {
        int colon = host.LastIndexOf(':');
        bool hasPort = colon > host.LastIndexOf(']');
        if (hasPort && !host.Substring(colon + 1).All(c => c is >= '0' and <= '9'))
            return false; // Two headers, joined, or what else may follow: the URLs of queues have the host in them.
        string name = hasPort ? host.Substring(0, colon) : host;
        // Names below localhost are loopback by RFC 6761; S3's clients put the name of the bucket there.
        return name is "127.0.0.1" or "[::1]" || string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }
}
