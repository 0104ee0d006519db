using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.PatternTesting;

/// <summary>What EventBridge itself says of patterns and events, to check the engine here by.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html. It needs <c>events:TestEventPattern</c>.</remarks>
/// <param name="events">The account's EventBridge.</param>
/// <param name="retry">What to do when a call has run out of tries.</param>
public sealed class ServicePatterns(IEventBridgeApi events, ItemRetry retry)
{
    private const string SampleEvent =
        """{"id":"00000000-0000-0000-0000-000000000000","account":"123456789012","source":"sample","time":"2000-01-01T00:00:00Z","region":"us-east-1","resources":[],"detail-type":"Sample","detail":{}}""";

    /// <summary>Asks the service.</summary>
    /// <param name="pattern">The pattern's JSON text.</param>
    /// <param name="document">The event's JSON text; null asks only whether the pattern is valid.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <exception cref="ServiceCallException">It could not be asked.</exception>
    public async Task<PatternVerdict> AskAsync(string pattern, string? document, CancellationToken cancellationToken)
    {
        try
        {
            bool matches = await retry.RunAsync(() => events.TestEventPatternAsync(pattern, document ?? SampleEvent, cancellationToken), cancellationToken);
            return new PatternVerdict(document is null ? PatternOutcome.Valid : matches ? PatternOutcome.Match : PatternOutcome.NoMatch);
        }
        catch (ServiceCallException e) when (e.ErrorId == ErrorIds.RequestRejected && e.Call.Code is not null)
        {
            string words = e.InnerException?.Message ?? e.Message;
            bool isEvent = e.Call.Code != "InvalidEventPatternException" && words.Contains("Event is not valid");
            return new PatternVerdict(isEvent ? PatternOutcome.BadEvent : PatternOutcome.Invalid, words.Split('\n')[0].Trim());
        }
    }

    /// <summary>Asks the service what the engine here was asked, and tells the observer where the two differ.</summary>
    /// <param name="verdict">What the engine here says.</param>
    /// <param name="pattern">The pattern's JSON text.</param>
    /// <param name="document">The event's JSON text; null where only the pattern was looked at.</param>
    /// <param name="subject">What was asked about, for people.</param>
    /// <param name="observer">Hears of differences, and of what the service could not be asked.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <returns>What the service says; null where it was not asked or gave no answer.</returns>
    public async Task<PatternVerdict?> CompareAsync(PatternVerdict verdict, string pattern, string? document, string subject, IRunObserver observer, CancellationToken cancellationToken)
    {
        if (Obstacle(verdict, pattern, document) is { } obstacle)
        {
            observer.Warning($"{subject}: the service was not asked, because {obstacle}.");
            return null;
        }

        PatternVerdict answer;
        try
        {
            answer = await AskAsync(pattern, document, cancellationToken);
        }
        catch (OpsException e) when (!e.EndsRun)
        {
            observer.Failed(new ItemFailure(e, subject));
            return null;
        }

        if (answer.Outcome != verdict.Outcome)
        {
            observer.Failed(new ItemFailure(
                new OpsException(ErrorIds.ServiceDiffers, $"{subject}: the service says {answer}, and the engine here says {verdict}. Trust the service, and please report the pattern and the event."),
                subject));
        }

        return answer;
    }

    /// <summary>What the service cannot be sent, or would refuse whatever the pattern is; null when nothing is in the way.</summary>
    private static string? Obstacle(PatternVerdict verdict, string pattern, string? document)
    {
        if (!JsonTexts.IsUnicode(pattern) || (document is not null && !JsonTexts.IsUnicode(document)))
            return "half of a surrogate pair cannot be sent";
        if (document is null || verdict.Outcome is not (PatternOutcome.Match or PatternOutcome.NoMatch))
            return null;
        HashSet<string> fields = Fields(document);
        string[] missing = [.. EventDocument.TestedFields.Where(field => !fields.Contains(field))];
        return missing.Length == 0 ? null : $"it tests whole events only, and this one has no {string.Join(", no ", missing)}";
    }

    private static HashSet<string> Fields(string document)
    {
        HashSet<string> fields = new(StringComparer.Ordinal);
        Utf8JsonReader reader = new(System.Text.Encoding.UTF8.GetBytes(document), new JsonReaderOptions { MaxDepth = int.MaxValue });
        while (reader.Read() && (reader.CurrentDepth > 0 || reader.TokenType != JsonTokenType.EndObject))
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
                fields.Add(JsonTexts.Read(ref reader));
        }

        return fields;
    }
}
