using System.IO.Pipes;
using System.Text.Json.Nodes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.Administration;
using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Cli.Tests;

/// <summary>What <c>ebops sandbox</c> says of a sandbox that is running.</summary>
public sealed class SandboxReadingTests : CliTest
{
    private string Endpoint => Server.Endpoint.ToString();

    [Theory]
    [InlineData(0, "")]
    [InlineData(5400, ", 1h 30m ahead")]
    [InlineData(90_001, ", 1d 1h 1s ahead")]
    public void How_far_the_clock_was_advanced_is_said_in_the_units_of_the_command(long seconds, string expected) =>
        Assert.Equal("2026-11-29 07:52:14" + expected, new SandboxStatus { Endpoint = "http://127.0.0.1:1", Engine = "built-in", Time = new DateTimeOffset(2026, 11, 29, 7, 52, 14, TimeSpan.Zero), AheadSeconds = seconds }.Clock);

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

    [Theory]
    [InlineData("[].Outcome", "", "\"DeadLettered\"")]
    [InlineData("[].[Outcome,TargetId]", "text", "DeadLettered\tagent")]
    [InlineData("[].{o:Outcome}", "csv", "o")]
    public async Task A_query_selects_from_each_delivery_as_it_comes(string query, string output, string expected)
    {
        await UploadAsync();
        await UploadAsync();
        using AnonymousPipeServerStream pipe = new(PipeDirection.Out);
        using StreamReader lines = new(new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle));
        using CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Terminal terminal = new() { Out = new StreamWriter(pipe) { AutoFlush = true }, Error = TextWriter.Null };
        string[] format = output.Length == 0 ? [] : ["--output", output];
        Task<int> following = Program.RunAsync(["sandbox", "deliveries", "--follow", "--query", query, .. format, "--endpoint-url", Endpoint], terminal, cancel.Token);

        string first = await lines.ReadLineAsync(Token) ?? "", second = await lines.ReadLineAsync(Token) ?? "";
        await cancel.CancelAsync();
        Assert.Equal(expected, first);
        Assert.Equal(output == "csv" ? "DeadLettered" : first, second);
        Assert.Equal(ExitCode.Cancelled, await following);
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

        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  DeadLettered  1 attempt     [0-9a-f-]{36}  mvp-production/mvp-agent-on-upload/agent  \w+: Error executing request", line);
        Assert.Equal(ExitCode.Cancelled, await following);
    }

    [Theory]
    [InlineData("error: SandboxFailed: No sandbox is running. To start one, run ebops sandbox start.", "status")]
    [InlineData("error: SandboxFailed: No sandbox is running. To start one, run ebops sandbox start.", "deliveries")]
    [InlineData("error: SandboxFailed: https://aws.amazon.com is not the URL of a sandbox. ", "status", "--endpoint-url", "https://aws.amazon.com")]
    [InlineData("error: SandboxFailed: The sandbox at http://127.0.0.1:1/ could not be reached: ", "deliveries", "--endpoint-url", "http://127.0.0.1:1")]
    [InlineData("error: InvalidArgument: 'x' is not a valid value for --outcome. Valid values: Delivered, Retrying, DeadLettered, Lost, NotSimulated.", "deliveries", "--outcome", "x")]
    [InlineData("error: InvalidArgument: 'soon' is not a valid duration. Examples: 90s, 2h, 1d12h, 02:00:00. A number without a unit is in seconds.", "time", "advance", "soon")]
    [InlineData("error: InvalidArgument: 100000d is too far. The clock can be advanced by 0 to 366 days at a time.", "time", "advance", "100000d")]
    [InlineData("error: InvalidArgument: 400d is too far. ", "time", "advance", "400d")]
    [InlineData("error: InvalidArgument: -2h is negative. The clock of the sandbox can only be advanced.", "time", "advance", "-2h")]
    [InlineData("error: InvalidArgument: 'foo' is not a valid value for --engine. Valid values: builtin, moto.", "start", "--engine", "foo")]
    [InlineData("error: InvalidArgument: Did you mean moto? 'mota' is not a valid value for --engine. Valid values: builtin, moto.", "start", "--engine", "mota")]
    [InlineData("error: InvalidArgument: 'fish' is not a valid value for --shell. Valid values: ", "start", "--shell", "fish")]
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
        Assert.Matches(@"^Pushed newsarchive-backend:v44 to the sandbox \(sha256:[0-9a-f]{64}\)\.\nNo rule on the default event bus matched its event [0-9a-f-]{36}\.\n$", pushed.Error);
        (await Aws.Events("PutRule", """{"Name":"pushes","EventPattern":"{\"source\":[\"aws.ecr\"]}"}""")).Succeeded();
        Assert.Matches(@"Its event [0-9a-f-]{36} matched 1 rule on the default event bus\.", (await Ebops.RunAsync(["sandbox", "push", "acme:v2", "--endpoint-url", Endpoint])).Ended(0).Error);
        (await RunAsync("image", "update", "--repository-name", "newsarchive-backend", "--image-tag", "v44")).Ended(0);
    }

    [Theory]
    [InlineData("ACME:v2", "'ACME:v2' is not a valid image: the name of a repository must be lowercase.")]
    [InlineData("acme:v 2", "'acme:v 2' is not a valid image. Specify a repository and a tag. Example: acme:v2.")]
    [InlineData("acme@sha256:0000000000000000000000000000000000000000000000000000000000000000", "'acme@sha256:0000000000000000000000000000000000000000000000000000000000000000' names a digest, but the push makes it. Specify a repository and a tag only. Example: acme:v2.")]
    public async Task What_is_no_image_is_refused_with_the_reason(string image, string reason) =>
        Assert.Equal($"error: InvalidArgument: {reason}\n", (await Ebops.RunAsync(["sandbox", "push", image, "--endpoint-url", Endpoint])).Ended(1).Error);

    [Fact]
    public async Task Nothing_found_says_what_was_looked_for()
    {
        Assert.StartsWith("No deliveries. An event is delivered", (await Ebops.RunAsync(["sandbox", "deliveries", "--endpoint-url", Endpoint])).Ended(0).Error, StringComparison.Ordinal);
        Assert.Equal("No deliveries match event ID nonsense, outcome Lost or Retrying.\n", (await Ebops.RunAsync(["sandbox", "deliveries", "nonsense", "--outcome", "lost,retrying", "--endpoint-url", Endpoint])).Ended(0).Error);
    }

    [Fact]
    public async Task The_status_is_lines_that_fit_a_narrow_window()
    {
        string text = (await Ebops.RunAsync(["sandbox", "status", "--endpoint-url", Endpoint], environment: new Dictionary<string, string> { ["COLUMNS"] = "80" })).Ended(0).Out;
        Assert.Matches($@"(?m)^ENDPOINT +{Endpoint.TrimEnd('/')}$", text);
        Assert.Matches($@"(?m)^PAGE +{Endpoint}_sandbox/$", text);
        Assert.Matches(@"(?m)^CLOCK \(UTC\) +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$", text);
    }

    [Fact]
    public async Task Deliveries_fit_a_narrow_window()
    {
        await UploadAsync();
        string text = (await Ebops.RunAsync(["sandbox", "deliveries", "--endpoint-url", Endpoint], environment: new Dictionary<string, string> { ["COLUMNS"] = "80" })).Ended(0).Out;
        Assert.Contains("\nmvp-production\n", text, StringComparison.Ordinal);
        Assert.Matches(@"mvp-agent-on-upload +agent +DeadLettered +[A-Z_]+\n", text);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80, line));
        string wide = (await Ebops.RunAsync(["sandbox", "deliveries", "--endpoint-url", Endpoint], environment: new Dictionary<string, string> { ["COLUMNS"] = "200" })).Ended(0).Out;
        Assert.Matches(@"[0-9a-f-]{36} +Error executing request", wide);
    }

    [Fact]
    public async Task A_span_that_is_too_long_is_refused()
    {
        using SandboxAdmin admin = new(Endpoint, TimeProvider.System);
        OpsException error = await Assert.ThrowsAsync<OpsException>(() => admin.AdvanceTimeAsync(TimeSpan.FromDays(400), Token));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
    }

    private async Task UploadAsync() =>
        (await Ebops.RunAsync(["event", "send", "--event-bus-name", "mvp-production", "--source", "mvp.uploads", "--detail-type", "Object Created", "--detail", """{"size":1}""", .. Session])).Ended(0);
}
