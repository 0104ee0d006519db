using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Jobs;

/// <summary>Reads requests from files and streams, in each form of <see cref="ItemReader{T}"/>, or as CSV.</summary>
/// <param name="common">The values for fields that a request does not have.</param>
public sealed class MvpRequestReader(MvpRequest common)
{
    private static readonly CsvForm Csv = new()
    {
        Required = ["userId", "productId"],
        Optional = ["jobId", "businessName", "features", "priority", "estimatedDuration", "userEmail", "databaseUrl", "eventBusName"],
    };

    private readonly ItemReader<MvpRequest> _reader = new(new ItemForm<MvpRequest>
    {
        Read = (utf8, origin) => MvpRequestLine.Parse(utf8, common, origin),
        Invalid = (origin, fault) => MvpRequestLine.Invalid(origin, JobMessages.WithForms(fault)),
        Nothing = JobMessages.NoRequests,
        Csv = Csv,
    });

    /// <summary>The requests of a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="observer">Receives progress and what is not a request.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>: the file does not exist, cannot be read or is damaged.</exception>
    public IAsyncEnumerable<MvpRequest> ReadFileAsync(string path, IRunObserver observer, CancellationToken cancellationToken) => _reader.ReadFileAsync(path, observer, cancellationToken);

    /// <summary>The requests of a stream.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="name">What it is, for people.</param>
    /// <param name="observer">Receives what is not a request.</param>
    /// <param name="cancellationToken">Ends the reading at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>: the stream is interrupted or damaged.</exception>
    public IAsyncEnumerable<MvpRequest> ReadAsync(System.IO.Stream stream, string name, IRunObserver observer, CancellationToken cancellationToken) => _reader.ReadAsync(stream, name, observer, cancellationToken);
}
