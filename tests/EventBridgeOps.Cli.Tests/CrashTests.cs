using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sandbox.Faults;
using EventBridgeOps.Sandbox.Sample;

namespace EventBridgeOps.Cli.Tests;

/// <summary>The real process is killed wherever it may be; what it wrote can be put back.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ebops-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    // On a clock that does not move, a call that is slow never ends: a process that waits for it would not end either.
    /// <summary>Longer than the sandbox itself waits, for the schedules of the sample account.</summary>
    private static readonly TimeSpan s_hang = TimeSpan.FromHours(2);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Killed_at_any_call_of_a_sync_all_can_be_put_back(bool afterTheEffect)
    {
        int calls;
        await using (Scene undisturbed = await Scene.SetAsync())
        {
            using EbopsProcess process = undisturbed.Sync("--throttle-limit", "1");
            (await process.EndAsync()).Ended(0);
            calls = undisturbed.Server.Calls.Count;
            Assert.Equal(3, undisturbed.Server.Calls.Count(call => call.Operation == "PutTargets"));
        }

        // An answer that was waited for can change what the client does next, but not what was done: reads are the same before and after.
        ConcurrentBag<(int Call, int Written, int Journaled)> seen = [];
        await Parallel.ForEachAsync(Enumerable.Range(1, calls), new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = CliTest.Token }, async (call, token) =>
        {
            await using Scene scene = await Scene.SetAsync();
            scene.Server.Faults.Add(new FaultRule { Nth = call, Fault = afterTheEffect ? Fault.LateAnswer(s_hang) : Fault.Slow(s_hang) });
            using EbopsProcess process = scene.Sync("--throttle-limit", "1");
            await scene.Clock.SomebodyWaitsAsync(token, length: s_hang);
            process.Kill();
            await process.ExitedAsync();
            scene.Server.Faults.Clear();

            (int written, int journaled) = await scene.PutBackAsync();
            seen.Add((call, written, journaled));
        });

        Assert.Equal(calls, seen.Count);
        Assert.Contains(seen, run => run is { Written: 0, Journaled: 0 });
        Assert.Equal(!afterTheEffect, seen.Any(run => run is { Written: 0, Journaled: > 0 })); // announced, and not yet written
        Assert.Contains(seen, run => run is { Written: 2, Journaled: 2 });
        Assert.Contains(seen, run => run is { Written: 3, Journaled: 3 });
        Assert.Contains(seen, run => run is { Written: 4, Journaled: 4 });
        Assert.All(seen, run => Assert.True(run.Journaled >= run.Written, $"{run}"));
    }

    [Fact]
    public async Task A_killed_sandbox_still_has_what_it_answered()
    {
        string state = Path.Combine(_folder.FullName, "state.json");
        string queue;
        ConcurrentBag<int> answered = [];
        using (EbopsProcess sandbox = StartSandbox(state))
        {
            using AwsClient aws = new(await EndpointAsync(sandbox), "us-east-1");
            queue = (await aws.Send("sqs", "/", "AmazonSQS.CreateQueue", """{"QueueName":"q"}""", Json)).Json.GetProperty("QueueUrl").GetString()!;
            int next = 0;
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                try
                {
                    while (true)
                    {
                        int number = Interlocked.Increment(ref next);
                        (await aws.Send("sqs", "/", "AmazonSQS.SendMessage", $$"""{"QueueUrl":"{{queue}}","MessageBody":"{{number}}"}""", Json)).Succeeded();
                        answered.Add(number);
                        if (number == 200)
                            sandbox.Kill();
                    }
                }
                catch (HttpRequestException)
                {
                    // It was killed.
                }
            }, CliTest.Token)));
        }

        using EbopsProcess again = StartSandbox(state);
        using AwsClient client = new(await EndpointAsync(again), "us-east-1");
        HashSet<int> found = [];
        while ((await client.Send("sqs", "/", "AmazonSQS.ReceiveMessage", $$"""{"QueueUrl":"{{queue}}","MaxNumberOfMessages":10,"VisibilityTimeout":600}""", Json)).Json.TryGetProperty("Messages", out JsonElement messages))
            found.UnionWith(messages.EnumerateArray().Select(message => int.Parse(message.GetProperty("Body").GetString()!, CultureInfo.InvariantCulture)));
        Assert.Empty(answered.Except(found));
    }

    private const string Json = "application/x-amz-json-1.0";

    private static EbopsProcess StartSandbox(string state) => new("sandbox", "start", "--state-file", state, "--shell", "json");

    private static async Task<Uri> EndpointAsync(EbopsProcess sandbox) => new((string)JsonNode.Parse(await sandbox.LineAsync())!["AWS_ENDPOINT_URL"]!);

    [Fact]
    public async Task Killed_with_several_rules_in_flight_all_can_be_put_back()
    {
        await using Scene scene = await Scene.SetAsync();
        scene.Server.Faults.Add(new FaultRule { Operation = "PutTargets", BodyContains = "mvp-agent-on-upload", Fault = Fault.LateAnswer(s_hang) });
        scene.Server.Faults.Add(new FaultRule { Operation = "PutTargets", BodyContains = "report", Fault = Fault.Slow(s_hang) });
        scene.Server.Faults.Add(new FaultRule { Operation = "PutTargets", BodyContains = "pipeline", Fault = Fault.Slow(s_hang) });
        using EbopsProcess process = scene.Sync("--event-bus-name", "mvp-production,default");
        await scene.Clock.SomebodyWaitsAsync(CliTest.Token, 5, s_hang);
        process.Kill();
        await process.ExitedAsync();
        scene.Server.Faults.Clear();

        Assert.Equal((3, 6), await scene.PutBackAsync());
    }

    [Fact]
    public async Task An_undo_that_was_killed_can_be_repeated()
    {
        await using Scene scene = await Scene.SetAsync();
        using (EbopsProcess sync = scene.Sync())
            (await sync.EndAsync()).Ended(0);
        string id = (string)(await scene.ChangesAsync()).Json[0]!["Id"]!;
        scene.Server.Faults.Add("PutTargets", Fault.LateAnswer(s_hang), times: 1);
        using (EbopsProcess undo = new(["change", "undo", id, "--throttle-limit", "1", .. scene.Session]))
        {
            await scene.Clock.SomebodyWaitsAsync(CliTest.Token, length: s_hang);
            undo.Kill();
            await undo.ExitedAsync();
        }

        (await Ebops.RunAsync(["change", "undo", id, .. scene.Session])).Ended(0);
        Assert.Empty(await scene.DifferingAsync());
    }

    [Fact]
    public async Task Interrupted_it_ends_at_once_and_tells_how_to_put_back_what_was_in_flight()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SKIPPED: there is no SIGINT to send on Windows.");
        Assert.SkipWhen(InterruptIsIgnored(), "SKIPPED: this process was started with SIGINT ignored, and so are its children.");
        await using Scene scene = await Scene.SetAsync();
        scene.Server.Faults.Add("PutTargets", Fault.LateAnswer(s_hang));
        using EbopsProcess process = scene.Sync();
        await scene.Clock.SomebodyWaitsAsync(CliTest.Token, 3, s_hang);

        process.Signal(EbopsProcess.Interrupt);
        Outcome outcome = (await process.EndAsync()).Ended(130);

        string id = (string)(await scene.ChangesAsync()).Json[0]!["Id"]!;
        Assert.Contains("Cancelled: 0 updated, 4 with unknown status.\nItems that might have been updated:\n", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("  mvp-development/mvp-agent-on-upload/agent-behind: mvp-agent:2 -> :3\n", outcome.Error, StringComparison.Ordinal);
        Assert.Contains($"Change {id}. To undo the updates that were made, run: ebops change undo {id} --journal-path ", outcome.Error, StringComparison.Ordinal);
        scene.Server.Faults.Clear();
        Assert.Equal((4, 4), await scene.PutBackAsync());
    }

    [Fact]
    public async Task Interrupted_while_it_reads_it_ends_at_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SKIPPED: there is no SIGINT to send on Windows.");
        Assert.SkipWhen(InterruptIsIgnored(), "SKIPPED: this process was started with SIGINT ignored, and so are its children.");
        await using Scene scene = await Scene.SetAsync();
        scene.Server.Faults.Add("ListTargetsByRule", Fault.Slow(s_hang));
        using EbopsProcess process = new(["target", "list", "--event-bus-name", "*", "--output", "json", .. CliTest.SessionFor(scene.Server.Endpoint)]);
        await scene.Clock.SomebodyWaitsAsync(CliTest.Token, 3, s_hang);

        process.Signal(EbopsProcess.Interrupt);
        Outcome outcome = (await process.EndAsync()).Ended(130);

        Assert.Equal(("[]\n", "Cancelled.\n"), (outcome.Out, outcome.Error));
    }

    private static bool InterruptIsIgnored() => File.Exists("/proc/self/status") && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } ignored
        && (Convert.ToUInt64(ignored["SigIgn:".Length..].Trim(), 16) & (1UL << (EbopsProcess.Interrupt - 1))) != 0;

    /// <summary>An account, a journal, and how all targets were at the beginning.</summary>
    private sealed class Scene : IAsyncDisposable
    {
        private readonly DirectoryInfo _journal = Directory.CreateTempSubdirectory("ebops-test-");
        private Dictionary<string, string> _before = [];

        private Scene(ManualTimeProvider clock, SandboxServer server) => (Clock, Server) = (clock, server);

        public ManualTimeProvider Clock { get; }

        public SandboxServer Server { get; }

        public string[] Session => [.. CliTest.SessionFor(Server.Endpoint), "--journal-path", _journal.FullName];

        public static async Task<Scene> SetAsync()
        {
            ManualTimeProvider clock = new();
            Scene scene = new(clock, await SandboxServer.StartAsync(new SandboxOptions { TimeProvider = clock }, CliTest.Token));
            await SampleAccount.FillAsync(scene.Server, CliTest.Token);
            scene._before = await CliTest.DocumentsAsync(scene.Server.Endpoint);
            scene.Server.ClearCalls();
            return scene;
        }

        public EbopsProcess Sync(params string[] more) => new(["target", "sync", "--event-bus-name", "mvp-development", .. more, .. Session]);

        public Task<Outcome> ChangesAsync() => Ebops.RunAsync(["change", "list", "--output", "json", "--journal-path", _journal.FullName]);

        public async Task<string[]> DifferingAsync() => CliTest.Differing(_before, await CliTest.DocumentsAsync(Server.Endpoint));

        /// <summary>Undoes what the journal tells of, and proves that all is as it was.</summary>
        /// <returns>How many targets had been written, and how many the journal knew of.</returns>
        public async Task<(int Written, int Journaled)> PutBackAsync()
        {
            string[] written = await DifferingAsync();
            JsonArray changes = (await ChangesAsync()).Ended(0).Json;
            string[] journaled = [.. changes.SelectMany(change => change!["Items"]!.AsArray()).Select(item => $"{item!["EventBusName"]}/{item["RuleName"]}/{item["TargetId"]}")];
            Assert.Subset(journaled.ToHashSet(), written.ToHashSet());
            foreach (JsonNode? change in changes)
                (await Ebops.RunAsync(["change", "undo", (string)change!["Id"]!, .. Session])).Ended(0);
            Assert.Empty(await DifferingAsync());
            return (written.Length, journaled.Length);
        }

        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            _journal.Delete(recursive: true);
        }
    }
}
