using System.Text;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.S3;

/// <summary>restXml as S3 speaks it: answers have a status, headers, and XML or the bytes of an object.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#RESTErrorResponses</remarks>
internal sealed class S3Protocol : Protocol
{
    private readonly bool isHead;

    private S3Protocol(bool isHead) => this.isHead = isHead;

    private static S3Protocol Whole { get; } = new(isHead: false);

    private static S3Protocol Head { get; } = new(isHead: true);

    public static S3Protocol For(HttpRequest request) => request.Method == "HEAD" ? Head : Whole;

    public override HttpResponse Succeed(string operation, RawDocument output, string requestId)
    {
        RawDocument headers = output.Object(S3Output.Headers) ?? RawDocument.Empty;
        byte[] body = output.Text(S3Output.Body) is { } bytes ? Convert.FromBase64String(bytes) : Encoding.UTF8.GetBytes(output.Text(S3Output.Xml) ?? "");
        return new((int)(output.Number(S3Output.Status) ?? 200), headers.Text("content-type") ?? "application/xml", body)
        {
            Headers = [.. Ids(requestId), .. headers.Without("content-type").Members.Select(header => new KeyValuePair<string, string>(header.Key, header.Value.GetString()!))],
            IsHead = isHead,
        };
    }

    public override HttpResponse Fail(AwsError error, string requestId)
    {
        string members = string.Concat(error.Members.Members.Select(member => S3Xml.Element(member.Key, member.Value.ToString())));
        string xml = $"{S3Xml.Declaration}<Error>{S3Xml.Element("Code", error.Code)}{S3Xml.Element("Message", error.Message)}{members}{S3Xml.Element("RequestId", requestId)}</Error>";
        List<KeyValuePair<string, string>> headers = [.. Ids(requestId)];
        if (error.Members.Text("DeleteMarker") is { } marker)
            headers.Add(new("x-amz-delete-marker", marker));
        return new(error.Status, "application/xml", error.Status == 304 ? [] : Encoding.UTF8.GetBytes(xml)) { Headers = headers, ErrorCode = error.Code, IsHead = isHead };
    }

    public override AwsError TooFast() => new(503, "SlowDown", "Please reduce your request rate.");

    private static IEnumerable<KeyValuePair<string, string>> Ids(string requestId) => [new("x-amz-request-id", requestId), new("x-amz-id-2", requestId)];
}

/// <summary>An answer of S3 as a document.</summary>
internal static class S3Output
{
    public const string Status = "Status";
    public const string Headers = "Headers";
    public const string Body = "Body";
    public const string Xml = "Xml";

    public static RawDocument Empty(int status, RawDocument? headers = null) => RawDocument.Empty.With(Status, status).With(Headers, headers ?? RawDocument.Empty);

    /// <summary>A document in the namespace of S3.</summary>
    public static RawDocument Of(string root, string content, RawDocument? headers = null) =>
        Empty(200, headers).With(Xml, $"{S3Xml.Declaration}<{root} xmlns=\"{S3Xml.Namespace}\">{content}</{root}>");
}
