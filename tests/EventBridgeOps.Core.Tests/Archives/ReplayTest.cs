using EventBridgeOps.Archives;
using EventBridgeOps.Changes;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.Core.Tests.Archives;

/// <summary>Starts replays on a fake account whose clock begins at 2026-11-21T12:00:00Z.</summary>
public abstract class ReplayTest : IDisposable
{
    protected static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private protected ReplayTest()
    {
        Run = new Run(Account);
        Fake.Archive("a", created: Noon.AddDays(-10).ToUnixTimeSeconds());
    }

    private protected FakeAccount Account { get; } = new();

    private protected FakeArchives Fake { get; } = new();

    private protected Run Run { get; }

    private protected ManualTimeProvider Time { get; } = new() { Origin = Noon, AutoAdvance = true };

    private protected List<string> Asked { get; } = [];

    private protected ReplayStarter Starter => new(Fake, Run.Rules, new IdSource(Time, () => 0), Run.Retry, Time);

    public void Dispose()
    {
        Run.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A rule with a pattern and targets.</summary>
    private protected void Rule(string name, string pattern = """{"source":["s"]}""", string state = "ENABLED", string? managedBy = null, string bus = "bus", string[]? targets = null)
    {
        Account.RuleIn(state, managedBy, bus, name, targets ?? []);
        Account.Bus(bus)[name].Document["EventPattern"] = pattern;
    }

    private protected static string Queue(string name = "q") => $$"""{"Id":"{{name}}","Arn":"arn:aws:sqs:eu-west-1:123456789012:{{name}}"}""";

    private protected static ReplayOptions Options(string? from = "2h", string? to = null, string[]? rules = null) => new() { ArchiveName = "a", From = from, To = to, RuleName = rules ?? [] };

    private protected Task<Replay> StartAsync(ReplayOptions? options = null, Approval answer = Approval.Write) => Starter.RunAsync(
        options ?? Options(),
        (change, _) =>
        {
            Asked.Add($"{change.Target}: {change.Action}");
            return Task.FromResult(answer);
        },
        Run,
        Run.Token);

    private protected async Task<string> RefusedAsync(ReplayOptions? options = null, string errorId = ErrorIds.ReplayRefused)
    {
        OpsException error = await Assert.ThrowsAsync<OpsException>(() => StartAsync(options));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Empty(Fake.Started);
        return error.Message;
    }
}
