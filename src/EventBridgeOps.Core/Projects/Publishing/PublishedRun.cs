using System.Globalization;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Projects.Publishing;

/// <summary>A run of a publication, as it is kept in <c>run.json</c>.</summary>
/// <param name="Digest">The digest of what is published.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Steps">The steps that began, in their order.</param>
internal sealed record PublishedRun(string Digest, DateTimeOffset StartedAt, IReadOnlyList<PublishedStep> Steps)
{
    /// <summary>Whether all steps are done.</summary>
    public bool IsFinished { get; init; }

    public JsonObject ToJson()
    {
        JsonArray steps = [];
        foreach (PublishedStep step in Steps)
            steps.Add(new JsonObject { ["step"] = step.Step.ToString(), ["startedAt"] = Text(step.StartedAt), ["endedAt"] = step.EndedAt is { } ended ? Text(ended) : null, ["error"] = step.Error });
        return new JsonObject { ["digest"] = Digest, ["startedAt"] = Text(StartedAt), ["finished"] = IsFinished, ["steps"] = steps };
    }

    public static PublishedRun Of(JsonObject run) => new(run.String("digest") ?? "", Time(run.String("startedAt")) ?? default,
    [
        .. (run["steps"] as JsonArray ?? []).OfType<JsonObject>().Where(step => Enum.TryParse(step.String("step"), out PublishStep _))
            .Select(step => new PublishedStep((PublishStep)Enum.Parse(typeof(PublishStep), step.String("step")!), Time(step.String("startedAt")) ?? default, Time(step.String("endedAt")), step.String("error"))),
    ])
    { IsFinished = run["finished"] is JsonValue value && value.TryGetValue(out bool finished) && finished };

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}

/// <summary>A step of a publication.</summary>
/// <param name="Step">The step.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended; null while it runs, or if it was interrupted.</param>
/// <param name="Error">Why it failed; null if it did not.</param>
internal sealed record PublishedStep(PublishStep Step, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Error);
