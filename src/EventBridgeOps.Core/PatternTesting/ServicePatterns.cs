using System.Text.Json;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Services;

namespace EventBridgeOps.PatternTesting;

/// <summary>The results of EventBridge for patterns and events, to verify the local engine.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html. It requires <c>events:TestEventPattern</c>.</remarks>
/// <param name="events">EventBridge in the account.</param>
/// <param name="retry">What to do when the retries of a call are exhausted.</param>
public sealed class ServicePatterns(IEventBridgeApi events, ItemRetry retry)
{
    private const string SampleEvent =
        """{"id":"00000000-0000-0000-0000-000000000000","account":"123456789012","source":"sample","time":"2000-01-01T00:00:00Z","region":"us-east-1","resources":[],"detail-type":"Sample","detail":{}}""";

    /// <summary>Calls the service.</summary>
    /// <param name="pattern">The JSON text of the pattern.</param>
    /// <param name="document">The JSON text of the event; null to check only whether the pattern is valid.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <exception cref="ServiceCallException">The call failed.</exception>
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

    /// <summary>Compares the result of the local engine with that of the service, and reports differences to the observer.</summary>
    /// <param name="verdict">The result of the local engine.</param>
    /// <param name="pattern">The JSON text of the pattern.</param>
    /// <param name="document">The JSON text of the event; null if only the pattern was checked.</param>
    /// <param name="subject">The display name of what is compared.</param>
    /// <param name="observer">Receives differences, and what the service could not be called for.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <returns>The result of the service; null if it was not called or returned none.</returns>
    public async Task<PatternVerdict?> CompareAsync(PatternVerdict verdict, string pattern, string? document, string subject, IRunObserver observer, CancellationToken cancellationToken)
    {
        if (Obstacle(verdict, pattern, document) is { } obstacle)
        {
            observer.Warning(PatternTestingMessages.ServiceNotAsked(subject, obstacle));
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
                new OpsException(ErrorIds.ServiceDiffers, PatternTestingMessages.ServiceDiffers(subject, answer.ToString(), verdict.ToString())),
                subject));
        }

        return answer;
    }

    /// <summary>Why the service cannot be called, or would reject the event regardless of the pattern; null when it can be called.</summary>
    private static Message? Obstacle(PatternVerdict verdict, string pattern, string? document)
    {
        if (!JsonTexts.IsUnicode(pattern) || (document is not null && !JsonTexts.IsUnicode(document)))
            return PatternTestingMessages.HalfSurrogate();
        if (document is null || verdict.Outcome is not (PatternOutcome.Match or PatternOutcome.NoMatch))
            return null;
        HashSet<string> fields = Fields(document);
        string[] missing = [.. EventDocument.TestedFields.Where(field => !fields.Contains(field))];
        return missing.Length == 0 ? null : PatternTestingMessages.IncompleteEvent(missing);
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
