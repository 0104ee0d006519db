using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.EventStreams;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace EventBridgeOps.Aws.Wire;

/// <summary>Reads the answer of an attempt whole, within the time of the attempt and up to a size, and hands it on.</summary>
/// <param name="keep">Whether the bodies of a call are kept for the debug lines.</param>
internal sealed class BodyHandler(bool keep) : PipelineHandler
{
    /// <summary>No answer that is asked for comes near it: the longest are pages of 100 job definitions, and pages of DynamoDB, which have 1 MB.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

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
        IRequestContext context = executionContext.RequestContext;
        if (keep)
        {
            context.ContextAttributes[Sent] = context.Request.Content ?? [];
            context.ContextAttributes.Remove(Kept);
        }

        try
        {
            T answer = await base.InvokeAsync<T>(executionContext);
            executionContext.ResponseContext.HttpResponse = await ReadAsync(context, executionContext.ResponseContext.HttpResponse);
            return answer;
        }
        catch (HttpErrorResponseException refused) when (refused.Response is not null)
        {
            throw new HttpErrorResponseException(refused.Message, refused, await ReadAsync(context, refused.Response));
        }
    }

    private async Task<IWebResponseData> ReadAsync(IRequestContext context, IWebResponseData answer)
    {
        if (answer.ResponseBody is null)
            return answer;
        byte[] bytes;
        try
        {
            using (answer.ResponseBody)
                bytes = await ReadAsync(await answer.ResponseBody.OpenResponseAsync(), context.CancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            if (!answer.IsSuccessStatusCode)
                bytes = []; // The status alone says enough.
            else
                throw new AmazonUnmarshallingException(DocumentUnmarshaller.RequestId(answer), lastKnownLocation: null, e, answer.StatusCode); // A cut-off body may pass.
        }

        if (keep)
            context.ContextAttributes[Kept] = bytes;
        return new ReadAnswer(answer, bytes);
    }

    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        byte[] buffer = new byte[81920];
        while (true)
        {
#if NET8_0_OR_GREATER
            int count = await stream.ReadAsync(buffer, cancellationToken);
#else
            int count = await stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken);
#endif
            if (count == 0)
                return body.ToArray();
            body.Write(buffer, 0, count);
            if (body.Length > MaxBytes)
                throw new AnswerTooLongException();
        }
    }

    private sealed class ReadAnswer(IWebResponseData answer, byte[] body) : IWebResponseData, IHttpResponseBody
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

/// <summary>An answer is longer than any that is asked for. It is not retried.</summary>
internal sealed class AnswerTooLongException() : Exception(WireMessages.TooLong(BodyHandler.MaxBytes / 1024 / 1024).ToString());
