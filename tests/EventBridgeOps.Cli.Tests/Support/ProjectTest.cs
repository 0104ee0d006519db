using System.Text.Json.Nodes;
using EventBridgeOps.Sandbox;

namespace EventBridgeOps.Cli.Tests.Support;

/// <summary>A test with a project of the account of the sandbox. The sandbox and the command have one clock, so that nobody waits.</summary>
public abstract class ProjectTest : CliTest
{
    internal ManualTimeProvider Time { get; } = new() { AutoAdvance = true, Origin = new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero) };

    internal string Folder => Path.Combine(Journal, "project");

    internal string Settings => Path.Combine(Folder, "ebproject.yaml");

    protected override SandboxOptions Options => new() { TimeProvider = Time };

    internal async Task MakeAsync(string sample)
    {
        (await Ebops.RunAsync(["project", "new", Folder, "--sample", sample])).Ended(0);
        foreach (string file in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Where(file => File.ReadAllText(file).Contains("111122223333", StringComparison.Ordinal)))
            await ReplaceAsync(file, "111122223333", "123456789012");
        if (sample != "mvp")
            return;
        // The sample account has these.
        await ReplaceAsync(Settings, "bus: mvp-development", "bus: mvp-try");
        await ReplaceAsync(Settings, "mvp-dead-letters", "mvp-try-dead-letters");
    }

    internal async Task WriteAsync(string path, string text)
    {
        string file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text, Token);
    }

    internal static async Task ReplaceAsync(string file, string old, string now)
    {
        string text = await File.ReadAllTextAsync(file, Token);
        Assert.Contains(old, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text.Replace(old, now, StringComparison.Ordinal), Token);
    }

    internal Task<Outcome> PublishAsync(params string[] more) => ProjectAsync("publish", ["--yes", .. more]);

    internal Task<Outcome> ProjectAsync(string command, params string[] more) => RunAsync(Time, ["project", command, Folder, .. more]);

    internal async Task<JsonNode> SendAsync(string service, string? target, string body)
    {
        string type = target is null ? "application/x-www-form-urlencoded" : service is "sqs" or "monitoring" ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1";
        string text = (await Aws.Send(service, "/", target, body, type)).Succeeded().Text;
        return text.StartsWith('{') ? JsonNode.Parse(text)! : new JsonObject();
    }

    /// <summary>Calls IAM.</summary>
    internal Task<Answer> IamAsync(string operation, string form = "") => Aws.Send("iam", "/", null, $"Action={operation}&Version=2010-05-08&{form}", "application/x-www-form-urlencoded");
}
