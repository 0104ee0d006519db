using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.Services;

namespace EventBridgeOps.Core.Tests.PatternTesting;

public sealed class ServicePatternsTests : IDisposable
{
    private const string Pattern = """{"source":["a"]}""";
    private const string Whole = """{"id":"1","account":"1","source":"a","time":"t","region":"r","detail-type":"t"}""";

    private readonly FakeAccount _account = new();
    private readonly Run _run;
    private readonly ServicePatterns _service;

    public ServicePatternsTests()
    {
        _run = new Run(_account);
        _service = new ServicePatterns(_account, _run.Retry);
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Where_both_agree_nothing_is_told()
    {
        _account.TestPattern = (_, _) => true;

        Assert.Equal(PatternOutcome.Match, (await CompareAsync(PatternOutcome.Match, Whole))!.Outcome);
        Assert.Equal(PatternOutcome.Valid, (await CompareAsync(PatternOutcome.Valid, null))!.Outcome);
        Assert.Empty(_run.Failures);
        Assert.Empty(_run.Warnings);
    }

    [Fact]
    public async Task A_difference_is_an_error_that_names_both_sides()
    {
        _account.TestPattern = (_, _) => false;

        await CompareAsync(PatternOutcome.Match, Whole);
        OpsException error = Assert.Single(_run.Failures).Error;
        Assert.Equal(ErrorIds.ServiceDiffers, error.ErrorId);
        Assert.StartsWith("it: the service returned nomatch, and the local engine returned match.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("InvalidEventPatternException", "Event pattern is not valid. Reason: Rule is too complex", PatternOutcome.Invalid)]
    [InlineData("ValidationException", "Parameter Event is not valid.", PatternOutcome.BadEvent)]
    public async Task A_refusal_is_an_answer(string code, string words, PatternOutcome expected)
    {
        _account.TestPattern = (_, _) => throw new ServiceCallException(ErrorIds.RequestRejected, Message.Verbatim("rejected: " + words), new FailedCall("events", "TestEventPattern", code, 400, "r"), new InvalidOperationException(words + "\n at [Source: x]"));

        Assert.Equal(new PatternVerdict(expected, words), await _service.AskAsync(Pattern, Whole, Run.Token));
    }

    [Fact]
    public async Task What_keeps_it_from_answering_is_no_difference()
    {
        _account.TestPattern = (_, _) => throw FakeAccount.Error(ErrorIds.AccessDenied, "TestEventPattern", "AccessDeniedException", 403);

        Assert.Null(await CompareAsync(PatternOutcome.Match, Whole));
        Assert.Equal(ErrorIds.AccessDenied, Assert.Single(_run.Failures).Error.ErrorId);
    }

    [Fact]
    public async Task What_the_service_would_refuse_anyway_is_not_asked()
    {
        Assert.Null(await CompareAsync(PatternOutcome.NoMatch, """{"id":"1","source":"a","detail":{"region":"deep"}}"""));
        Assert.Null(await CompareAsync(PatternOutcome.BadEvent, "{\"source\":\"\ud800\"}"));

        Assert.Equal(2, _run.Warnings.Count);
        Assert.EndsWith("these fields are missing: account, time, region, detail-type.", _run.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("half of a surrogate pair", _run.Warnings[1], StringComparison.Ordinal);
        Assert.Empty(_account.Calls);
    }

    private Task<PatternVerdict?> CompareAsync(PatternOutcome outcome, string? document) => _service.CompareAsync(new PatternVerdict(outcome), Pattern, document, "it", _run, Run.Token);
}
