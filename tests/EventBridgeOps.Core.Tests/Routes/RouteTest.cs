using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Routes;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Core.Tests.Routes;

/// <summary>Routes events by rules of files and of a fake account.</summary>
public abstract class RouteTest : IDisposable
{
    private protected RouteTest() => Run = new Run(Account);

    private protected FakeAccount Account { get; } = new();

    private protected Run Run { get; }

    public void Dispose()
    {
        Run.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A router by the rules of a file.</summary>
    private protected EventRouter OfFile(string rules, params string[] buses) => new(RuleFile.Read(rules, "f", Run), buses.Length == 0 ? null : buses, null);

    /// <summary>A router by the rules of the default event bus of the account.</summary>
    private protected EventRouter OfAccount() => new(Account, Account, FakeAccount.Region, Run.Retry, new RuleQuery { EventBusName = ["default"] });

    /// <summary>Routes an event, several times if it is to be seen what is said once.</summary>
    private protected Task<List<Delivery>> DeliveriesAsync(EventRouter router, string document, int times = 1) =>
        router.RouteAsync(Streams.From(Enumerable.Repeat(EventDocument.Parse(document, "e"), times)), Run, Run.Token).ToListAsync(Run.Token);
}
