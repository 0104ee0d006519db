using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.PatternTesting;

/// <summary>Runs files of cases: a regression suite for patterns.</summary>
/// <remarks>
/// JSON lines, also compressed by gzip or in UTF-16 with its mark. A line that is not a valid case is an error with its line number, and the rest
/// goes on; so is a case without the expected result.
/// </remarks>
public static class PatternCases
{
    private static readonly string[] Members = ["name", "event", "pattern", "expect"];

    /// <summary>Runs the cases of a file, in their order.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="service">Also called, if specified.</param>
    /// <param name="observer">Receives lines that are not valid cases, and unexpected results.</param>
    /// <param name="cancellationToken">Ends the run at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>: the file does not exist, cannot be read, or is damaged; <see cref="ErrorIds.InvalidCase"/>: it has no cases.</exception>
    public static async IAsyncEnumerable<PatternCaseResult> RunFileAsync(string path, ServicePatterns? service, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using FileStream file = EventReader.Open(path);
        await foreach (PatternCaseResult result in RunAsync(file, Path.GetFileName(path), service, observer, cancellationToken))
            yield return result;
    }

    /// <summary>Runs the cases of a stream, in their order.</summary>
    /// <param name="stream">The stream, compressed or not; it stays open.</param>
    /// <param name="name">Its display name.</param>
    /// <param name="service">Also called, if specified.</param>
    /// <param name="observer">Receives lines that are not valid cases, and unexpected results.</param>
    /// <param name="cancellationToken">Ends the run at once.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>: the stream is interrupted; <see cref="ErrorIds.InvalidCase"/>: it has no cases.</exception>
    public static async IAsyncEnumerable<PatternCaseResult> RunAsync(System.IO.Stream stream, string name, ServicePatterns? service, IRunObserver observer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool any = false;
        await foreach (TextPiece line in EventReader.LinesAsync(stream, name, cancellationToken))
        {
            any = true;
            if (Read(line, $"{name}:{line.Line}", observer) is { } one)
                yield return await RunAsync(one, $"{name}:{line.Line}", service, observer, cancellationToken);
        }

        if (!any)
            throw new OpsException(ErrorIds.InvalidCase, PatternTestingMessages.NoCases(name)); // A suite that lost its cases must not pass.
    }

    private static PatternCase? Read(TextPiece line, string origin, IRunObserver observer)
    {
        try
        {
            if (line.Fault is not null)
                throw PatternCase.Invalid(origin, line.Fault);
            if (!EventDocument.IsText(line.Utf8))
                throw PatternCase.Invalid(origin, PatternTestingMessages.CaseNotUtf8());
            return PatternCase.Parse(line.Utf8.Span, origin, member => Question(member, origin, observer));
        }
        catch (OpsException e)
        {
            observer.Failed(new ItemFailure(e, origin));
            return null;
        }
    }

    /// <summary>A misspelled member would make a case that can never fail; other additional members are ignored.</summary>
    private static void Question(string member, string origin, IRunObserver observer)
    {
        if (member.StartsWith("expect", StringComparison.OrdinalIgnoreCase) || Members.Contains(member, StringComparer.OrdinalIgnoreCase))
            observer.Warning(PatternTestingMessages.UnknownMember(origin, member));
    }

    private static async Task<PatternCaseResult> RunAsync(PatternCase one, string origin, ServicePatterns? service, IRunObserver observer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PatternVerdict verdict = PatternVerdict.Of(one.Pattern, one.Event);
        PatternVerdict? answer = service is null ? null : await service.CompareAsync(verdict, one.Pattern, one.Event, origin, observer, cancellationToken);
        PatternCaseResult result = new()
        {
            Name = one.Name,
            Result = verdict.Outcome,
            Expect = one.Expect,
            Message = verdict.Reason,
            Service = answer?.Outcome,
            Origin = origin,
        };
        if (!result.Passed)
        {
            observer.Failed(new ItemFailure(
                new OpsException(ErrorIds.CaseFailed, PatternTestingMessages.CaseFailed(origin, one.Name, verdict.ToString(), PatternVerdict.Text(one.Expect!.Value))),
                result));
        }

        return result;
    }
}
