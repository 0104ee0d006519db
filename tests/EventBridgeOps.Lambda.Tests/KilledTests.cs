using EventBridgeOps.Lambda.Tests.Support;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Lambda.Tests;

/// <summary>An instance is killed at each call that it makes, before the call took effect and after: the next delivery finishes its work.</summary>
public sealed class KilledTests : FunctionTest
{
    /// <summary>Longer than the sandbox itself waits. On a clock that does not move, a call that is so slow never ends.</summary>
    private static readonly TimeSpan s_hang = TimeSpan.FromHours(2);

    private ManualTimeProvider _clock = new();

    protected override SandboxOptions Options => base.Options with { TimeProvider = _clock };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_push(bool afterTheEffect)
    {
        await EachCallAsync(afterTheEffect, () => PushAsync("v2"), async () =>
        {
            Assert.Equal(["1 v1", "2 v2"], await ImagesAsync());
            Assert.Equal("job:2", await JobDefinitionAsync());
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_repair_of_drift(bool afterTheEffect)
    {
        await EachCallAsync(
            afterTheEffect,
            async () =>
            {
                (await Aws.Batch("RegisterJobDefinition", """{"jobDefinitionName":"job","type":"container","containerProperties":{"image":"busybox","vcpus":1,"memory":128}}""")).Succeeded();
                return """{"id":"s-1","source":"aws.events","detail-type":"Scheduled Event","detail":{}}""";
            },
            async () => Assert.Equal("job:2", await JobDefinitionAsync()),
            new() { ["EBOPS_DRIFT"] = "Repair" });
    }

    private async Task EachCallAsync(bool afterTheEffect, Func<Task<string>> arrange, Func<Task> assert, Dictionary<string, string>? more = null)
    {
        Dictionary<string, string> settings = new(Settings.Concat(more ?? []));
        string payload = await arrange();
        int before = Server.Calls.Count;
        await using (RunningFunction undisturbed = new(Server, settings))
            (await undisturbed.InvokeAsync(payload)).Succeeded();
        int calls = Server.Calls.Count - before;
        Assert.InRange(calls, 8, 60);

        for (int call = 1; call <= calls; call++)
        {
            await DisposeAsync();
            _clock = new();
            await InitializeAsync();
            payload = await arrange();
            Server.Faults.Add(new FaultRule { Nth = call, Fault = afterTheEffect ? Fault.LateAnswer(s_hang) : Fault.Slow(s_hang) });
            await using (RunningFunction killed = new(Server, settings))
            {
                _ = killed.InvokeAsync(payload);
                await _clock.SomebodyWaitsAsync(Token, length: s_hang);
                await killed.KillAsync();
            }

            Server.Faults.Clear();
            // The lease of the other one has ended by then.
            ManualTimeProvider later = new() { AutoAdvance = true };
            later.Advance(TimeProvider.System.GetUtcNow().AddMinutes(10) - DateTimeOffset.UnixEpoch);
            await using RunningFunction next = new(Server, settings, later);
            (await next.InvokeAsync(payload, later.GetUtcNow().AddMinutes(5))).Succeeded();
            await assert();
        }
    }
}
