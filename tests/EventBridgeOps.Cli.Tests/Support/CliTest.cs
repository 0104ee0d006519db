using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Rules;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sandbox.Sample;

namespace EventBridgeOps.Cli.Tests.Support;

/// <summary>A test with the sample account in a sandbox of its own, and a journal of its own.</summary>
public abstract class CliTest : SandboxFixture
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ebops-test-");

    internal string Journal => _folder.FullName;

    /// <summary>What says where and as whom, and spends no time on a quota that the sandbox does not have.</summary>
    internal string[] Session => SessionFor(Server.Endpoint);

    protected override SandboxOptions Options => new();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await SampleAccount.FillAsync(Server, Token);
        Server.ClearCalls();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    internal static string[] SessionFor(Uri endpoint) =>
        ["--region", "eu-west-1", "--access-key", "test", "--secret-key", "test-secret", "--endpoint-url", endpoint.ToString(), "--requests-per-second", "10000"];

    /// <summary>Runs a command on the sandbox.</summary>
    internal Task<Outcome> RunAsync(params string[] args) => RunAsync(time: null, args);

    /// <summary>Runs a command on the sandbox, with a clock.</summary>
    internal Task<Outcome> RunAsync(TimeProvider? time, params string[] args) =>
        Ebops.RunAsync([.. args, .. Session, .. args[0] is "archive" or "automation" or "bus" or "event" or "project" or "replay" or "route" or "rule" || args is ["dlq", not "redrive", ..] || args is ["target" or "image", "list", ..] ? Array.Empty<string>() : ["--journal-path", Journal]], time: time);

    /// <summary>Runs a command on the journal alone.</summary>
    internal Task<Outcome> ChangesAsync(params string[] args) => Ebops.RunAsync(["change", "list", .. args, "--journal-path", Journal]);

    internal Task<Dictionary<string, string>> DocumentsAsync() => DocumentsAsync(Server.Endpoint);

    /// <summary>The documents of all targets, by bus, rule and id.</summary>
    internal static async Task<Dictionary<string, string>> DocumentsAsync(Uri endpoint)
    {
        using OpsSession session = OpsSession.Open(new SessionOptions { Region = "eu-west-1", AccessKey = "test", SecretKey = "test", EndpointUrl = endpoint.ToString(), RequestsPerSecond = 10000 });
        Dictionary<string, string> documents = [];
        await foreach (RuleSummary rule in session.Get<RuleReader>().ReadAsync(new RuleQuery { EventBusName = ["*"] }, true, SilentObserver.Instance, CancellationToken.None))
        {
            foreach (RuleTarget target in rule.Targets)
                documents.Add($"{rule.EventBusName}/{rule.RuleName}/{target.TargetId}", target.Document);
        }

        return documents;
    }

    /// <summary>The targets whose documents differ in meaning.</summary>
    internal static string[] Differing(Dictionary<string, string> before, Dictionary<string, string> after)
    {
        Assert.Equal(before.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
        return [.. before.Where(target => !DocumentDiff.Same(Document.Parse(target.Value), Document.Parse(after[target.Key]))).Select(target => target.Key).Order(StringComparer.Ordinal)];
    }

    internal int Puts => Server.Calls.Count(call => call.Operation == "PutTargets");
}

/// <summary>What a command line came to.</summary>
internal sealed record Outcome(int Code, string Out, string Error)
{
    public JsonArray Json => (JsonArray)JsonNode.Parse(Out)!;

    /// <summary>One JSON object for each line.</summary>
    public JsonArray JsonLines => [.. Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line))];

    public Outcome Ended(int code)
    {
        Assert.True(code == Code, $"ended with {Code}, not {code}:\n{Error}\n{Out}");
        return this;
    }
}

/// <summary>An input on which nothing comes, and whose reading cannot be cancelled, as that of a console.</summary>
internal sealed class SilentInput : MemoryStream
{
    private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _end = new();

    public Task IsRead => _read.Task;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        _read.TrySetResult();
        _end.Wait(CancellationToken.None);
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        _end.Set();
        base.Dispose(disposing);
    }
}

internal static class Ebops
{
    /// <summary>Runs a command that waits for standard input, and cancels it then.</summary>
    public static async Task<Outcome> InterruptedAsync(IReadOnlyList<string> args)
    {
        using CancellationTokenSource cancel = new();
        using SilentInput input = new();
        using StringWriter output = new(CultureInfo.InvariantCulture);
        using StringWriter error = new(CultureInfo.InvariantCulture);
        Terminal terminal = new() { Out = output, Error = error, In = new StreamReader(input), InBytes = input, Environment = _ => null };
        Task<int> run = Program.RunAsync(args, terminal, cancel.Token);
        Assert.Same(input.IsRead, await Task.WhenAny(run, input.IsRead));
        await cancel.CancelAsync();
        return new Outcome(await run, output.ToString(), error.ToString());
    }

    public static async Task<Outcome> RunAsync(IReadOnlyList<string> args, string input = "", bool onTerminal = false, IReadOnlyDictionary<string, string>? environment = null, CancellationToken? cancelled = null, TimeProvider? time = null)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture);
        using StringWriter error = new(CultureInfo.InvariantCulture);
        Terminal terminal = new()
        {
            Out = TextWriter.Synchronized(output),
            Error = TextWriter.Synchronized(error),
            In = new StringReader(input),
            InBytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input)),
            OutIsTerminal = onTerminal,
            ErrorIsTerminal = onTerminal,
            InIsTerminal = onTerminal,
            Environment = name => environment?.GetValueOrDefault(name),
            Variables = () => (environment ?? new Dictionary<string, string>()).ToDictionary(variable => variable.Key, variable => variable.Value),
            Time = time ?? TimeProvider.System,
        };
        int code = await Program.RunAsync(args, terminal, cancelled ?? TestContext.Current.CancellationToken);
        return new Outcome(code, output.ToString(), error.ToString());
    }
}
