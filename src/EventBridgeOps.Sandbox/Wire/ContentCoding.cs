using System.IO.Compression;

namespace EventBridgeOps.Sandbox.Wire;

/// <summary>Bodies that a client compressed, as the SDKs do with large ones for the operations that allow it.</summary>
/// <remarks>https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait</remarks>
internal static class ContentCoding
{
    /// <summary>The request with its body as it was before it was compressed; null if the body cannot be read or is too large.</summary>
    public static HttpRequest? Expand(HttpRequest request)
    {
        if (request.Header("Content-Encoding") is not { } coding || coding.Length == 0 || coding == "identity")
            return request;
        if (coding != "gzip")
            return null;
        try
        {
            using GZipStream source = new(new MemoryStream(request.Body), CompressionMode.Decompress);
            using MemoryStream body = new();
            byte[] buffer = new byte[16 * 1024];
            for (int read; (read = source.Read(buffer, 0, buffer.Length)) > 0;)
            {
                if (body.Length + read > HttpRequestReader.LargestBody)
                    return null;
                body.Write(buffer, 0, read);
            }

            return new() { Method = request.Method, Path = request.Path, Query = request.Query, Headers = request.Headers, Body = body.ToArray(), KeepAlive = request.KeepAlive };
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
