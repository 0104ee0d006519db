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
public abstract class CliTest : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ebops-test-");

    internal static CancellationToken Token => TestContext.Current.CancellationToken;

    internal SandboxServer Server { get; private set; } = null!;

    internal string Journal => _folder.FullName;

    /// <summary>What says where and as whom, and spends no time on a quota that the sandbox does not have.</summary>
    internal string[] Session => SessionFor(Server.Endpoint);

    public virtual async ValueTask InitializeAsync()
    {
        Server = await SandboxServer.StartAsync(new SandboxOptions(), Token);
        await SampleAccount.FillAsync(Server, Token);
        Server.ClearCalls();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    internal static string[] SessionFor(Uri endpoint) =>
        ["--region", "eu-west-1", "--access-key", "test", "--secret-key", "test-secret", "--endpoint-url", endpoint.ToString(), "--requests-per-second", "10000"];

    /// <summary>Runs a command on the sandbox.</summary>
    internal Task<Outcome> RunAsync(params string[] args) =>
        Ebops.RunAsync([.. args, .. Session, .. args[0] is "rule" or "route" || args is ["target" or "image", "list", ..] ? Array.Empty<string>() : ["--journal-path", Journal]]);

    /// <summary>Runs a command on the journal alone.</summary>
    internal Task<Outcome> ChangesAsync(params string[] args) => Ebops.RunAsync(["change", "list", .. args, "--journal-path", Journal]);

    internal Task<Dictionary<string, string>> DocumentsAsync() => DocumentsAsync(Server.Endpoint);

    /// <summary>The documents of all targets, by bus, rule and id.</summary>
    internal static async Task<Dictionary<string, string>> DocumentsAsync(Uri endpoint)
    {
        using OpsSession session = OpsSession.Open(new SessionOptions { Region = "eu-west-1", AccessKey = "test", SecretKey = "test", EndpointUrl = endpoint.ToString(), RequestsPerSecond = 10000 });
        Dictionary<string, string> documents = [];
        await foreach (RuleSummary rule in session.Rules.ReadAsync(new RuleQuery { EventBusName = ["*"] }, true, SilentObserver.Instance, CancellationToken.None))
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

    /// <summary>A call of a service, as another tool would make it.</summary>
    internal async Task<JsonNode> CallAsync(string service, string operation, string body)
    {
        using HttpClient http = new() { BaseAddress = Server.Endpoint };
        using StringContent content = new(body, Encoding.UTF8, "application/x-amz-json-1.1");
        using HttpRequestMessage request = new(HttpMethod.Post, service == "batch" ? $"/v1/{operation.ToLowerInvariant()}" : "/") { Content = content };
        if (service == "ecr")
            request.Headers.Add("X-Amz-Target", "AmazonEC2ContainerRegistry_V20150921." + operation);
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential=test/20250101/eu-west-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        using HttpResponseMessage answer = await http.SendAsync(request, Token);
        return JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Token))!;
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

internal static class Ebops
{
    public static async Task<Outcome> RunAsync(IReadOnlyList<string> args, string input = "", bool onTerminal = false, IReadOnlyDictionary<string, string>? environment = null, CancellationToken? cancelled = null)
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
        };
        int code = await Program.RunAsync(args, terminal, cancelled ?? TestContext.Current.CancellationToken);
        return new Outcome(code, output.ToString(), error.ToString());
    }
}
