using System.Globalization;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Sandbox.Wire;

/// <summary>Reads HTTP/1.x requests strictly: what could be understood in two ways is refused.</summary>
internal static class HttpRequestReader
{
    public const int LongestLine = 16 * 1024;
    public const int MostHeaders = 100;
    public const int LargestBody = 16 * 1024 * 1024;

    /// <summary>The next request, or null when the peer has nothing more to say.</summary>
    public static async Task<HttpRequest?> ReadAsync(WireReader wire, Func<Task> sayContinue, CancellationToken cancellationToken)
    {
        string? line = await wire.LineAsync(LongestLine, 414, cancellationToken);
        while (line is "")
            line = await wire.LineAsync(LongestLine, 414, cancellationToken);
        if (line is null)
            return null;

        (string? method, string? target, string? version) = RequestLine(line);
        Dictionary<string, string> headers = await HeadersAsync(wire, cancellationToken);
        byte[] body = await BodyAsync(wire, headers, sayContinue, cancellationToken);
        (string? path, string? query) = PathAndQuery(target);
        return new HttpRequest
        {
            Method = method,
            Path = path,
            Query = query,
            Headers = headers,
            Body = body,
            KeepAlive = KeepsAlive(version, headers),
        };
    }

    private static (string Method, string Target, string Version) RequestLine(string line)
    {
        string[] parts = line.Split(' ');
        if (parts.Length != 3 || parts[0].Length == 0 || !parts[0].All(c => c is >= 'A' and <= 'Z') || parts[1].Any(char.IsControl))
            throw new HttpException(400, WireMessages.BadRequestLine());
        if (!parts[2].StartsWith("HTTP/", StringComparison.Ordinal))
            throw new HttpException(400, WireMessages.BadRequestLine());
        if (parts[2] is not ("HTTP/1.1" or "HTTP/1.0"))
            throw new HttpException(505, WireMessages.BadVersion());
        return (parts[0], parts[1], parts[2]);
    }

    private static (string Path, string Query) PathAndQuery(string target)
    {
        if (target.Length == 0 || target[0] != '/')
        {
            target = Uri.TryCreate(target, UriKind.Absolute, out Uri? absolute) && absolute.Scheme == "http"
                ? absolute.PathAndQuery
                : throw new HttpException(400, WireMessages.BadTarget());
        }

        int question = target.IndexOf('?');
        return question < 0 ? (target, "") : (target.Substring(0, question), target.Substring(question + 1));
    }

    private static async Task<Dictionary<string, string>> HeadersAsync(WireReader wire, CancellationToken cancellationToken)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        for (int count = 0; ; count++)
        {
            string line = await wire.LineAsync(LongestLine, 431, cancellationToken) ?? throw new EndOfStreamException();
            if (line.Length == 0)
                return headers;
            if (count == MostHeaders)
                throw new HttpException(431, WireMessages.TooManyHeaders());

            int colon = line.IndexOf(':');
            string name = colon < 1 ? "" : line.Substring(0, colon);
            if (name.Length == 0 || !name.All(IsTokenCharacter) || line.Any(c => char.IsControl(c) && c != '\t'))
                throw new HttpException(400, WireMessages.BadHeader());

            string value = line.Substring(colon + 1).Trim(' ', '\t');
            headers[name] = headers.TryGetValue(name, out string? earlier) ? $"{earlier}, {value}" : value;
        }
    }

    private static bool IsTokenCharacter(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') || "!#$%&'*+-.^_`|~".Contains(c);

    private static async Task<byte[]> BodyAsync(
        WireReader wire, Dictionary<string, string> headers, Func<Task> sayContinue, CancellationToken cancellationToken)
    {
        bool chunked = headers.TryGetValue("Transfer-Encoding", out string? encoding);
        if (chunked && !string.Equals(encoding, "chunked", StringComparison.OrdinalIgnoreCase))
            throw new HttpException(501, WireMessages.BadTransferEncoding());

        bool counted = headers.TryGetValue("Content-Length", out string? text);
        if (chunked && counted)
            throw new HttpException(400, WireMessages.TwoLengths());
        if (!chunked && !counted)
            return [];

        int length = 0;
        if (counted)
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long announced))
                throw new HttpException(400, WireMessages.BadContentLength());
            length = CheckedSize(announced);
        }

        if (headers.TryGetValue("Expect", out string? expectation))
        {
            if (!string.Equals(expectation, "100-continue", StringComparison.OrdinalIgnoreCase))
                throw new HttpException(417, WireMessages.BadExpectation());
            await sayContinue();
        }

        return chunked
            ? await ChunksAsync(wire, cancellationToken)
            : await wire.BytesAsync(length, cancellationToken);
    }

    private static async Task<byte[]> ChunksAsync(WireReader wire, CancellationToken cancellationToken)
    {
        MemoryStream body = new();
        while (true)
        {
            string line = await LineAsync();
            string size = line.Split(';')[0].Trim();
            if (!long.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long announced) || announced < 0)
                throw new HttpException(400, WireMessages.BadChunkSize());
            if (announced == 0)
                break;

            _ = CheckedSize(body.Length + announced);
            byte[] chunk = await wire.BytesAsync((int)announced, cancellationToken);
            body.Write(chunk, 0, chunk.Length);
            if (await LineAsync() is not "")
                throw new HttpException(400, WireMessages.BadChunkEnd());
        }

        for (int count = 0; await LineAsync() is not ""; count++)
        {
            if (count == MostHeaders)
                throw new HttpException(431, WireMessages.TooManyTrailers());
        }

        return body.ToArray();

        async Task<string> LineAsync() =>
            await wire.LineAsync(LongestLine, 400, cancellationToken) ?? throw new EndOfStreamException();
    }

    private static int CheckedSize(long size) =>
        size is >= 0 and <= LargestBody ? (int)size : throw new HttpException(413, WireMessages.BodyTooLarge());

    private static bool KeepsAlive(string version, Dictionary<string, string> headers)
    {
        string connection = headers.TryGetValue("Connection", out string? value) ? value : "";
        return version == "HTTP/1.1"
            ? !string.Equals(connection, "close", StringComparison.OrdinalIgnoreCase)
            : string.Equals(connection, "keep-alive", StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>A request that cannot be read: it is answered with <see cref="Status"/> and the connection is closed.</summary>
internal sealed class HttpException(int status, Message message) : Exception(message.ToString())
{
    public int Status { get; } = status;
}

/// <summary>One request as it was read from the wire.</summary>
internal sealed class HttpRequest
{
    public required string Method { get; init; }
    public required string Path { get; init; }
    public required string Query { get; init; }
    public required IReadOnlyDictionary<string, string> Headers { get; init; }
    public required byte[] Body { get; init; }
    public required bool KeepAlive { get; init; }

    public string? Header(string name) => Headers.TryGetValue(name, out string? value) ? value : null;
}
