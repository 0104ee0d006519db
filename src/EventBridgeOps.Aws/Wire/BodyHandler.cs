using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.EventStreams;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace EventBridgeOps.Aws.Wire;

/// <summary>Keeps the bodies of a call for the debug lines, and hands them on. Only in the pipeline where the user wants to see bodies.</summary>
internal sealed class BodyHandler : PipelineHandler
{
    private const string Sent = "EventBridgeOps.RequestBody";
    private const string Kept = "EventBridgeOps.AnswerBody";

    /// <summary>The body of the latest attempt; null if it was not kept.</summary>
    public static byte[]? Request(IRequestContext context) =>
        context.ContextAttributes.TryGetValue(Sent, out object? body) ? (byte[])body : null;

    /// <summary>The body of the latest response; null if it was not kept.</summary>
    public static byte[]? Answer(IRequestContext context) =>
        context.ContextAttributes.TryGetValue(Kept, out object? body) ? (byte[])body : null;

    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        IDictionary<string, object> attributes = executionContext.RequestContext.ContextAttributes;
        attributes[Sent] = executionContext.RequestContext.Request.Content ?? [];
        attributes.Remove(Kept);
        try
        {
            T answer = await base.InvokeAsync<T>(executionContext);
            executionContext.ResponseContext.HttpResponse = await KeepAsync(executionContext.RequestContext, executionContext.ResponseContext.HttpResponse);
            return answer;
        }
        catch (HttpErrorResponseException refused) when (refused.Response is not null)
        {
            throw new HttpErrorResponseException(refused.Message, refused, await KeepAsync(executionContext.RequestContext, refused.Response));
        }
    }

    private static async Task<IWebResponseData> KeepAsync(IRequestContext context, IWebResponseData answer)
    {
        if (answer.ResponseBody is null)
            return answer;
        using MemoryStream body = new();
        using (answer.ResponseBody)
            await (await answer.ResponseBody.OpenResponseAsync()).CopyToAsync(body, 81920, context.CancellationToken);
        byte[] bytes = body.ToArray();
        context.ContextAttributes[Kept] = bytes;
        return new KeptAnswer(answer, bytes);
    }

    private sealed class KeptAnswer(IWebResponseData answer, byte[] body) : IWebResponseData, IHttpResponseBody
    {
        public long ContentLength => body.Length;

        public string ContentType => answer.ContentType;

        public HttpStatusCode StatusCode => answer.StatusCode;

        public bool IsSuccessStatusCode => answer.IsSuccessStatusCode;

        public IHttpResponseBody ResponseBody => this;

        public string[] GetHeaderNames() => answer.GetHeaderNames();

        public bool IsHeaderPresent(string headerName) => answer.IsHeaderPresent(headerName);

        public string GetHeaderValue(string headerName) => answer.GetHeaderValue(headerName);

        public bool IsEventHeaderPresent(string headerName) => answer.IsEventHeaderPresent(headerName);

        public IEventStreamHeader GetEventStreamHeader(string headerName) => answer.GetEventStreamHeader(headerName);

        public Stream OpenResponse() => new MemoryStream(body, writable: false);

        public Task<Stream> OpenResponseAsync() => Task.FromResult(OpenResponse());

        public void Dispose()
        {
            // It is memory alone.
        }
    }
}
