using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using EventBridgeOps.Aws.Pacing;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Wire;

/// <summary>
/// Sends a document to an AWS service and brings back the service's document, through the SDK's own pipeline:
/// credentials, signature, retries, clock skew, endpoints.
/// </summary>
internal sealed class AwsDocumentClient : IDisposable
{
    private readonly Pipeline _pipeline;
    private readonly Uri _endpoint;

    public AwsDocumentClient(ServiceClientConfig config, AWSCredentials credentials, Conduct conduct)
    {
        _endpoint = config.EffectiveEndpoint;
        _pipeline = new Pipeline(config, credentials, conduct);
    }

    /// <summary>Calls the operation.</summary>
    /// <param name="operation">Which.</param>
    /// <param name="subject">What it works on, for error messages: "rule a (event bus b)".</param>
    /// <param name="body">The request's document; it is sent as it is.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ServiceCallException">The service refused, or could not be reached.</exception>
    public Task<JsonObject> InvokeAsync(ServiceOperation operation, Message subject, JsonObject body, CancellationToken cancellationToken) =>
        operation.Method == "POST"
            ? InvokeAsync(operation, subject, () => operation.Service.Protocol.Write(operation, body), cancellationToken)
            : InvokeAsync(operation, subject, () => [], cancellationToken, body);

    /// <summary>Calls the operation with a body that is written in the service's protocol already.</summary>
    /// <param name="operation">Which.</param>
    /// <param name="subject">What it works on, for error messages.</param>
    /// <param name="body">Writes the request's body.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="address">The members that are a part of the path or of the query.</param>
    /// <exception cref="ServiceCallException">The service refused, or could not be reached.</exception>
    public async Task<JsonObject> InvokeAsync(ServiceOperation operation, Message subject, Func<byte[]> body, CancellationToken cancellationToken, JsonObject? address = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            DocumentRequest request = new(operation, body()) { Address = address ?? [] };
            // Not all that the SDK waits for (a credential process, for one) can be cancelled; our waiting for it can.
            DocumentResponse response = await _pipeline.SendAsync(request, cancellationToken)
                .WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return response.Document;
        }
        catch (Exception error) when (error is not OpsException)
        {
            // A cancelled call may also show as a broken connection.
            cancellationToken.ThrowIfCancellationRequested();
            throw CallFailure.Explain(error is SentOnceException once ? once.Cause : error, operation, subject, _endpoint);
        }
    }

    public void Dispose() => _pipeline.Dispose();

    /// <summary>The SDK's pipeline with our steps in it.</summary>
    private sealed class Pipeline(ServiceClientConfig config, AWSCredentials credentials, Conduct conduct) : AmazonServiceClient(credentials, config)
    {
        public Task<DocumentResponse> SendAsync(DocumentRequest request, CancellationToken cancellationToken) =>
            InvokeAsync<DocumentResponse>(
                request,
                new InvokeOptions { RequestMarshaller = DocumentMarshaller.Instance, ResponseUnmarshaller = new DocumentUnmarshaller(request.Operation) },
                cancellationToken);

        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            // The base constructor calls this; what a primary constructor captures is set before it runs.
            pipeline.ReplaceHandler<EndpointResolver>(new ServiceEndpointResolver());
            pipeline.AddHandlerAfter<Marshaller>(new SigV4Handler());
            if (Config.RetryMode == RequestRetryMode.Standard)
                pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new TimedRetryPolicy(Config, conduct.Time, conduct.Random)));
            pipeline.AddHandlerAfter<RetryHandler>(new PacingHandler(conduct.Pacer));
            pipeline.AddHandlerAfter<RetryHandler>(new SendOnceHandler());
            // After the signer, which may have to wait long for credentials: a credential process may ask the user.
            pipeline.AddHandlerAfter<Signer>(new AttemptHandler(conduct.Pacer, conduct.Time));
            pipeline.AddHandlerAfter<Signer>(new ObservingHandler(((ServiceClientConfig)Config).Service, conduct.Time, conduct.Watch.Observe));
            pipeline.AddHandlerAfter<Unmarshaller>(new BodyHandler(conduct.Watch.SeesBodies));
        }
    }
}

/// <summary>How a client behaves over time.</summary>
/// <param name="Pacer">Spaces its attempts.</param>
/// <param name="Time">The clock of all its waiting.</param>
/// <param name="Random">Gives numbers from 0 up to 1, from any thread: spreads its retries.</param>
/// <param name="Watch">Observes each attempt.</param>
internal sealed record Conduct(RequestPacer Pacer, TimeProvider Time, Func<double> Random, CallWatch Watch);

/// <summary>The observer of each attempt of a call.</summary>
/// <param name="Observe">Called for each attempt.</param>
/// <param name="SeesBodies">Whether the bodies are observed as well.</param>
internal sealed record CallWatch(Action<ObservedCall> Observe, bool SeesBodies);
