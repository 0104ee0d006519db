using System.Net;
using Amazon;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using EventBridgeOps.Aws.Services;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Jobs;

/// <summary>The DynamoDB client of the SDK, created on first use, with errors converted to those of the product.</summary>
internal sealed class DynamoTable : IDisposable
{
    private const int Attempts = 5;

    private readonly AmazonDynamoDBClient _client;
    private readonly Uri _endpoint;

    public DynamoTable(string region, string? endpoint, SessionSettings settings, AWSCredentials credentials, TimeProvider time, CallWatch watch)
    {
        AmazonDynamoDBConfig config = new() { RegionEndpoint = RegionEndpoint.GetBySystemName(region), ThrottleRetries = false, DisableLogging = true };
        settings.ApplyTo(config, Attempts);
        if ((endpoint ?? settings.Endpoint(AwsService.DynamoDb.ServiceId)) is { } url)
            config.ServiceURL = url;
        config.AuthenticationRegion = region; // Else a custom endpoint would be signed for us-east-1.
        _endpoint = new Uri(config.ServiceURL is { Length: > 0 } custom ? custom : $"https://dynamodb.{region}.{RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix}");
        if (_endpoint.IsLoopback)
            config.SetWebProxy(new WebProxy()); // A proxy that http_proxy names would look for a local endpoint on its own machine.
        _client = new WatchedClient(credentials, config, time, watch);
    }

    /// <summary>Calls DynamoDB.</summary>
    /// <param name="operation">The operation's name.</param>
    /// <param name="table">The table's name.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ServiceCallException">The service refused, or could not be reached.</exception>
    public async Task<T> CallAsync<T>(string operation, string table, Func<AmazonDynamoDBClient, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            // Not all that the SDK waits for can be cancelled; our waiting for it can.
            return await call(_client).WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        catch (AmazonServiceException error) when (error.ErrorCode == "UnknownOperationException")
        {
            throw new OpsException(ErrorIds.JobStoreUnavailable, JobTableMessages.NoDynamoDb(_endpoint), error);
        }
        catch (AmazonUnmarshallingException error) when (error.InnerException is not (IOException or HttpRequestException))
        {
            throw Malformed(operation, table, WireMessages.WrongShape(), error);
        }
        catch (Exception error) when (error is not OpsException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw CallFailure.Explain(error, Operation(operation), JobTableMessages.Table(table), _endpoint);
        }
    }

    /// <summary>An answer is not one of DynamoDB.</summary>
    public static ServiceCallException Malformed(string operation, string table, Message why, Exception? inner = null) =>
        CallFailure.Malformed(Operation(operation), JobTableMessages.Table(table), why, inner: inner);

    /// <summary>The items of a page. An empty page has none, but it has their number.</summary>
    /// <exception cref="ServiceCallException">It is not a page of DynamoDB.</exception>
    public static List<Dictionary<string, AttributeValue>> Items(string operation, string table, int? count, List<Dictionary<string, AttributeValue>>? items) =>
        count is null || count != (items?.Count ?? 0) ? throw Malformed(operation, table, ServicesMessages.FieldMissing(count is null ? "Count" : "Items")) : items ?? [];

    public void Dispose() => _client.Dispose();

    private static ServiceOperation Operation(string name) => new(AwsService.DynamoDb, name, "dynamodb:" + name);

    /// <summary>The client of the SDK, with its calls observed.</summary>
    private sealed class WatchedClient(AWSCredentials credentials, AmazonDynamoDBConfig config, TimeProvider time, CallWatch watch) : AmazonDynamoDBClient(credentials, config)
    {
        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            // The base constructor calls this; what a primary constructor captures is set before it runs.
            base.CustomizeRuntimePipeline(pipeline);
            pipeline.AddHandlerAfter<Signer>(new AttemptHandler(null, time));
            pipeline.AddHandlerAfter<Signer>(new ObservingHandler(AwsService.DynamoDb, time, watch.Observe));
            pipeline.AddHandlerAfter<Unmarshaller>(new SdkAnswerHandler(AwsService.DynamoDb.Protocol));
            pipeline.AddHandlerAfter<SdkAnswerHandler>(new BodyHandler(watch.SeesBodies));
        }
    }
}
