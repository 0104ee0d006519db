using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace EventBridgeOps.Aws.Wire;

/// <summary>A request whose body is written already.</summary>
internal sealed class DocumentRequest(ServiceOperation operation, byte[] body) : AmazonWebServiceRequest
{
    public ServiceOperation Operation => operation;

    public byte[] Body => body;

    /// <summary>The members that are a part of the path or of the query.</summary>
    public JsonObject Address { get; init; } = [];
}

/// <summary>An answer with the service's document.</summary>
internal sealed class DocumentResponse : AmazonWebServiceResponse
{
    public JsonObject Document { get; init; } = [];
}

/// <summary>Puts the document into the SDK's request, as it is.</summary>
internal sealed class DocumentMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public static DocumentMarshaller Instance { get; } = new();

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        DocumentRequest document = (DocumentRequest)input;
        (AwsService? service, ServiceOperation? operation) = (document.Operation.Service, document.Operation);
        DefaultRequest request = new(input, service.ServiceId)
        {
            HttpMethod = operation.Method,
            ResourcePath = operation.Path,
            Content = document.Body,
        };
        foreach (KeyValuePair<string, JsonNode?> member in document.Address)
        {
            string place = $"{{{member.Key}}}", value = member.Value?.ToString() ?? "";
            if (operation.Path.Contains(place))
                request.AddPathResource(place, value);
            else
                request.Parameters.Add(member.Key, value);
        }

        request.UseQueryString = request.Parameters.Count > 0;
        request.Headers["Content-Type"] = service.Protocol.ContentType;
        if (operation.Header is { } header)
            request.Headers[header.Name] = header.Value;
        if (service.Protocol.Target(operation) is { } target)
            request.Headers["X-Amz-Target"] = target;
        return request;
    }
}

/// <summary>Takes the document out of the answer, or the service's error.</summary>
internal sealed class DocumentUnmarshaller(ServiceOperation operation) : ResponseUnmarshaller
{
    private const string RequestIdHeader = "x-amzn-RequestId";
    private const string ErrorTypeHeader = "x-amzn-ErrorType";

    public override AmazonWebServiceResponse Unmarshall(UnmarshallerContext input)
    {
        string? requestId = RequestId(input);
        // The SDK takes a redirect for a success; without its body it would look like an empty list.
        if (input.ResponseData.StatusCode is >= HttpStatusCode.Ambiguous and var status)
            throw new AmazonServiceException("", null, ErrorType.Unknown, null, requestId, status);

        byte[] body = Body(input);
        if (!operation.Service.Protocol.IsOwn(body))
            throw ForeignAnswerException.Of(input.ResponseData, body);
        try
        {
            JsonObject document = operation.Service.Protocol.Read(operation, body);
            if (operation.AnswerHeader is { } name && Header(input, name) is { } value)
                document[name] = value;
            return new DocumentResponse
            {
                Document = document,
                ResponseMetadata = new ResponseMetadata { RequestId = requestId },
            };
        }
        catch (JsonException exception)
        {
            // With status 200 the retry policy takes this for a passing fault, which a cut-off body is.
            throw new AmazonUnmarshallingException(requestId, lastKnownLocation: null, exception, input.ResponseData.StatusCode);
        }
    }

    public override AmazonServiceException UnmarshallException(UnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        byte[] body = Body(input);
        if (!operation.Service.Protocol.IsOwn(body) && string.IsNullOrEmpty(Header(input, ErrorTypeHeader)))
            return ForeignAnswerException.Of(input.ResponseData, body);
        ServiceError error = operation.Service.Protocol.ReadError(body, Header(input, ErrorTypeHeader));
        return new AmazonServiceException(
            error.Message ?? "", innerException, (int)statusCode >= 500 ? ErrorType.Receiver : ErrorType.Sender,
            error.Code, RequestId(input) ?? error.RequestId, statusCode);
    }

    protected override UnmarshallerContext ConstructUnmarshallerContext(Stream responseStream, bool maintainResponseBody, IWebResponseData response, bool isException) =>
        new JsonUnmarshallerContext(responseStream, maintainResponseBody, response, isException);

    protected override UnmarshallerContext ConstructUnmarshallerContext(Stream responseStream, bool maintainResponseBody, IWebResponseData response, bool isException, IRequestContext requestContext) =>
        new JsonUnmarshallerContext(responseStream, maintainResponseBody, response, isException, requestContext);

    private static byte[] Body(UnmarshallerContext input)
    {
        using MemoryStream body = new();
        ((JsonUnmarshallerContext)input).Stream.CopyTo(body);
        return body.ToArray();
    }

    /// <summary>The request ID of an answer; null if it has none.</summary>
    internal static string? RequestId(IWebResponseData answer) => Header(answer, RequestIdHeader) ?? Header(answer, "x-amz-request-id");

    private static string? RequestId(UnmarshallerContext input) => RequestId(input.ResponseData);

    private static string? Header(UnmarshallerContext input, string name) => Header(input.ResponseData, name);

    private static string? Header(IWebResponseData answer, string name) =>
        answer.IsHeaderPresent(name) && answer.GetHeaderValue(name) is { Length: > 0 } value ? value : null;
}
