using System.IO.Pipes;
using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Cli.Tests;

/// <summary>What <c>ebops sandbox</c> says of a sandbox that is running.</summary>
public sealed class SandboxReadingTests : CliTest
{
    private string Endpoint => Server.Endpoint.ToString();

    [Fact]
    public async Task A_stale_target_is_seen_to_fail_and_then_to_run()
    {
        await UploadAsync();
        JsonArray dead = (await Ebops.RunAsync(["sandbox", "deliveries", "--endpoint-url", Endpoint, "--output", "json"])).Ended(0).Json;
        JsonNode first = Assert.Single(dead)!;
        Assert.Equal(("DeadLettered", "agent", 1), ((string?)first["Outcome"], (string?)first["TargetId"], (int)first["Attempts"]!));
        Assert.Contains("mvp-agent:1 not found or not ACTIVE", (string?)first["Reason"], StringComparison.Ordinal);

        (await RunAsync("target", "sync", "--event-bus-name", "mvp-production")).Ended(3);
        await UploadAsync();
        Outcome delivered = (await Ebops.RunAsync(["sandbox", "deliveries", "--endpoint-url", Endpoint, "--outcome", "delivered"])).Ended(0);
        Assert.Contains("mvp-agent-on-upload", delivered.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("DeadLettered", delivered.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hours_of_retries_pass_at_once()
    {
        (await RunAsync("target", "sync", "--event-bus-name", "mvp-production")).Ended(3);
        Server.Faults.Add(new FaultRule { Service = FaultRule.Delivery, Fault = Fault.Throttle() });
        await UploadAsync();
        Assert.Equal(DeliveryOutcome.Retrying, Assert.Single(Server.Deliveries).Outcome);

        Outcome advanced = (await Ebops.RunAsync(["sandbox", "time", "advance", "2h", "--endpoint-url", Endpoint])).Ended(0);
        Assert.Matches(@"^The clock of the sandbox is now \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\.\n$", advanced.Error);
        SandboxDelivery delivery = Assert.Single(Server.Deliveries);
        Assert.Equal((DeliveryOutcome.DeadLettered, 4), (delivery.Outcome, delivery.Attempts)); // Three retries are what the sample's rule allows.

        JsonNode status = Assert.Single((await Ebops.RunAsync(["sandbox", "status", "--endpoint-url", Endpoint, "--output", "json"])).Ended(0).Json)!;
        Assert.Equal((7200, 1, 1), ((int)status["AheadSeconds"]!, (int)status["Deliveries"]!, (int)status["NotDelivered"]!));
    }

    [Fact]
    public async Task Deliveries_are_followed_as_they_come()
    {
        using AnonymousPipeServerStream pipe = new(PipeDirection.Out);
        using StreamReader lines = new(new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle));
        using CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Terminal terminal = new() { Out = new StreamWriter(pipe) { AutoFlush = true }, Error = TextWriter.Null };
        Task<int> following = Program.RunAsync(["sandbox", "deliveries", "--follow", "--endpoint-url", Endpoint], terminal, cancel.Token);
        await UploadAsync();

        string line = await lines.ReadLineAsync(Token) ?? "";
        await cancel.CancelAsync();

        Assert.Matches(@"^\d\d:\d\d:\d\d  DeadLettered  mvp-agent-on-upload/agent  1 attempt  [0-9a-f-]{36}  \w+: Error executing request", line);
        Assert.Equal(ExitCode.Cancelled, await following);
    }

    [Theory]
    [InlineData("error: SandboxFailed: No sandbox is running. To start one, run ebops sandbox start.", "status")]
    [InlineData("error: SandboxFailed: No sandbox is running. To start one, run ebops sandbox start.", "deliveries")]
    [InlineData("error: SandboxFailed: https://aws.amazon.com is not the URL of a sandbox. ", "status", "--endpoint-url", "https://aws.amazon.com")]
    [InlineData("error: SandboxFailed: The sandbox at http://127.0.0.1:1/ could not be reached: ", "deliveries", "--endpoint-url", "http://127.0.0.1:1")]
    [InlineData("error: InvalidArgument: 'x' is not a valid value for --outcome. Valid values: Delivered, Retrying, DeadLettered, Lost, NotSimulated.", "deliveries", "--outcome", "x")]
    [InlineData("error: InvalidArgument: 'soon' is not a duration. Examples: 90s, 2h, 1d12h, 02:00:00.", "time", "advance", "soon")]
    [InlineData("error: InvalidArgument: Specify how far to advance the clock. Example: 2h.", "time", "advance")]
    public async Task What_cannot_be_asked_is_said(string error, params string[] args)
    {
        DirectoryInfo empty = Directory.CreateTempSubdirectory("ebops-test-");
        Outcome outcome = await Ebops.RunAsync(["sandbox", .. args], environment: new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = empty.FullName });
        empty.Delete(recursive: true);
        Assert.StartsWith(error, outcome.Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pushed_image_is_there_and_is_an_event()
    {
        Outcome pushed = (await Ebops.RunAsync(["sandbox", "push", "newsarchive-backend:v44", "--endpoint-url", Endpoint])).Ended(0);
        Assert.Matches(@"^Pushed newsarchive-backend:v44 to the sandbox \(sha256:[0-9a-f]{64}\)\.\n$", pushed.Error);
        (await RunAsync("image", "update", "--repository-name", "newsarchive-backend", "--image-tag", "v44")).Ended(0);
        Assert.StartsWith("error: SandboxFailed: The sandbox at ", (await Ebops.RunAsync(["sandbox", "push", "UPPER CASE", "--endpoint-url", Endpoint])).Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_span_that_is_too_long_is_refused() =>
        Assert.Contains("0 to 366 days", (await Ebops.RunAsync(["sandbox", "time", "advance", "400d", "--endpoint-url", Endpoint])).Ended(1).Error, StringComparison.Ordinal);

    private async Task UploadAsync() =>
        (await Ebops.RunAsync(["event", "send", "--event-bus-name", "mvp-production", "--source", "mvp.uploads", "--detail-type", "Object Created", "--detail", """{"size":1}""", .. Session])).Ended(0);
}
