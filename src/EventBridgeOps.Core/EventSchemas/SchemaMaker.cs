using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Schemas.Inferring;

namespace EventBridgeOps.EventSchemas;

/// <summary>Which events a schema is inferred from.</summary>
[Request]
public sealed partial record SchemaInferRequest
{
    /// <summary>Only events of this source.</summary>
    [Option("source")]
    public string? Source { get; init; }

    /// <summary>Only events of this detail type.</summary>
    [Option("detail-type")]
    public string? DetailType { get; init; }
}

/// <summary>Infers schemas from events.</summary>
public static class SchemaMaker
{
    /// <summary>Infers a schema.</summary>
    /// <param name="events">Events or entries.</param>
    /// <param name="request">Which of them.</param>
    /// <param name="observer">Receives what has no detail.</param>
    /// <param name="cancellationToken">Ends the work at once.</param>
    /// <returns>The schema, in JSON Schema 2020-12, with the source and the detail type of the events; null if no event could be read, which was reported.</returns>
    /// <exception cref="OpsException"><see cref="ErrorIds.NothingChecked"/>: there are no such events; <see cref="ErrorIds.InvalidArgument"/>: they are of several types.</exception>
    public static async Task<JsonObject?> InferAsync(IAsyncEnumerable<EventDocument> events, SchemaInferRequest request, IRunObserver observer, CancellationToken cancellationToken)
    {
        SchemaInference inference = new();
        SortedSet<string> sources = new(StringComparer.Ordinal), types = new(StringComparer.Ordinal), others = new(StringComparer.Ordinal);
        await foreach (EventDocument document in events.WithCancellation(cancellationToken))
        {
            try
            {
                EventDetail read = EventDetail.Of(document);
                if ((request.Source is not null && read.Source != request.Source) || (request.DetailType is not null && read.DetailType != request.DetailType))
                {
                    others.Add(EventSchemaMessages.Type(read.Source, read.DetailType).ToString());
                    continue;
                }

                inference.Add(read.Detail);
                if (read.Source is not null)
                    sources.Add(read.Source);
                if (read.DetailType is not null)
                    types.Add(read.DetailType);
            }
            catch (OpsException e) when (!e.EndsRun)
            {
                observer.Failed(new ItemFailure(e, document.Origin));
            }
        }

        if (others.Count > 0 && inference.Count == 0)
            throw new OpsException(ErrorIds.NothingChecked, EventSchemaMessages.NoneSelected(others));
        if (inference.Count == 0)
            return null; // What could not be read was said.
        if (types.Count > 1 || sources.Count > 1)
            throw new OpsException(ErrorIds.InvalidArgument, EventSchemaMessages.SeveralTypes(types.Count > 1 ? types : sources));
        return inference.Schema(sources.Min, types.Min);
    }
}
