using System.Globalization;
using System.Text;

namespace EventBridgeOps.Sandbox.Wire;

/// <summary>Puts an answer on the wire as one write.</summary>
internal static class HttpResponseWriter
{
    public static async Task WriteAsync(
        Stream stream, HttpResponse response, bool keepAlive, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<string> lines = new()
        {
            $"HTTP/1.1 {response.Status} {Reason(response.Status)}",
            $"Date: {now.ToUniversalTime().ToString("r", CultureInfo.InvariantCulture)}",
            $"Content-Type: {response.ContentType}",
        };
        if (response.Streamed is null)
            lines.Add($"Content-Length: {response.Body.Length}");
        lines.AddRange(response.Headers.Select(header => $"{header.Key}: {header.Value}"));
        if (!keepAlive)
            lines.Add("Connection: close");

        byte[] start = Encoding.ASCII.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n");
        int bodyLength = response.IsHead ? 0 : response.Delivery == Delivery.CutOff ? response.Body.Length / 2 : response.Body.Length;
        byte[] message = new byte[start.Length + bodyLength];
        Buffer.BlockCopy(start, 0, message, 0, start.Length);
        Buffer.BlockCopy(response.Body, 0, message, start.Length, bodyLength);
        await WriteAsync(stream, message, cancellationToken);
    }

    public static Task WriteContinueAsync(Stream stream, CancellationToken cancellationToken) =>
        WriteAsync(stream, Encoding.ASCII.GetBytes("HTTP/1.1 100 Continue\r\n\r\n"), cancellationToken);

    public static async Task WriteAsync(Stream stream, byte[] bytes, CancellationToken cancellationToken)
    {
#if NETSTANDARD2_0
        await stream.WriteAsync(bytes, 0, bytes.Length, cancellationToken);
#else
        await stream.WriteAsync(bytes, cancellationToken);
#endif
    }

    private static string Reason(int status) => status switch
    {
        200 => "OK",
        204 => "No Content",
        206 => "Partial Content",
        304 => "Not Modified",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Status",
    };
}
