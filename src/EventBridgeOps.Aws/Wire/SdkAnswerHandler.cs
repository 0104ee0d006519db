using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Aws.Wire;

/// <summary>Lets only answers of the service's protocol through to a client of the SDK, which takes some others for empty ones, and describes the rest in the words of its reader.</summary>
/// <param name="protocol">The protocol, one of JSON.</param>
internal sealed class SdkAnswerHandler(WireProtocol protocol) : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        try
        {
            T result = await base.InvokeAsync<T>(executionContext);
            Check(executionContext.ResponseContext.HttpResponse);
            return result;
        }
        catch (HttpErrorResponseException refused) when (refused.Response is { } answer)
        {
            byte[] body = Body(answer);
            if (!protocol.IsOwn(body))
                throw ForeignAnswerException.Of(answer, body);
            if (body.Length == 0)
                throw new AmazonServiceException("", refused, (int)answer.StatusCode >= 500 ? ErrorType.Receiver : ErrorType.Sender, null, DocumentUnmarshaller.RequestId(answer), answer.StatusCode);
            throw;
        }
    }

    private void Check(IWebResponseData answer)
    {
        byte[] body = Body(answer);
        if (body.Length == 0 || !protocol.IsOwn(body))
            throw ForeignAnswerException.Of(answer, body);
        try
        {
            Document.Parse(body);
        }
        catch (JsonException e)
        {
            throw new AmazonUnmarshallingException(DocumentUnmarshaller.RequestId(answer), lastKnownLocation: null, new IOException(e.Message, e), answer.StatusCode); // A cut-off body may pass.
        }
    }

    private static byte[] Body(IWebResponseData answer)
    {
        using MemoryStream body = new();
        using Stream stream = answer.ResponseBody.OpenResponse();
        stream.CopyTo(body);
        return body.ToArray();
    }
}
