using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Sandbox.Tests.Lambda;

/// <summary>A bootstrap runs over the runtime API. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html.</summary>
public sealed class InvokeTests : LambdaTest
{
    [Fact]
    public async Task FunctionReturnsWithItsEnvironmentAndItsLog()
    {
        await Create("f", """echo "got $event"; respond "[$event,\"$GREETING\",\"$AWS_LAMBDA_FUNCTION_NAME\",\"$AWS_ENDPOINT_URL\"]" """, ""","Environment":{"Variables":{"GREETING":"hi"}}""");
        (int status, string text, string? error, string? log) = await Invoke("f", """{"a":"ä"}""");
        Assert.Equal((200, $$"""[{"a":"ä"},"hi","f","{{Server.Environment["AWS_ENDPOINT_URL"]}}"]""", null), (status, text, error));
        Assert.StartsWith("START RequestId: ", log);
        Assert.Contains("REPORT RequestId: ", log);
    }

    [Fact]
    public async Task ProcessStaysForTheNextInvocationUntilTheFunctionChanges()
    {
        await Create("f", """count=$((count + 1)); respond "$count" """);
        Assert.Equal("1", (await Invoke("f")).Text);
        Assert.Equal("2", (await Invoke("f")).Text);
        (await Lambda(HttpMethod.Put, "2015-03-31/functions/f/configuration", """{"Timeout":9}""")).Succeeded();
        Assert.Equal("1", (await Invoke("f")).Text);
    }

    [Fact]
    public async Task InvocationsAtTheSameTimeRunAtTheSameTime()
    {
        await MakePipe();
        await Create("f", """if [ "$event" = 1 ]; then read line < "$PIPE"; else echo met > "$PIPE"; fi; respond "$event" """, PipeVariable);
        (int Status, string Text, string? Error, string? Log)[] answers = await Task.WhenAll(Invoke("f", "1"), Invoke("f", "2"));
        Assert.Equal(["1", "2"], answers.Select(answer => answer.Text)); // Each of them waits for the other.
    }

    [Theory]
    [InlineData("""fail '{"errorMessage":"no","errorType":"E"}'""", "", """{"errorMessage":"no","errorType":"E"}""")]
    [InlineData("exit 3", "", """{"errorType":"Runtime.ExitError","errorMessage":"RequestId: ID Error: Runtime exited with error: exit status 3"}""")]
    [InlineData("exit 0", "", """{"errorType":"Runtime.ExitError","errorMessage":"RequestId: ID Error: Runtime exited without providing a reason"}""")]
    [InlineData("", """call POST init/error '{"errorMessage":"bad start","errorType":"I"}'; exit 1""", """{"errorMessage":"bad start","errorType":"I"}""")]
    public async Task FailureIsAnUnhandledError(string handler, string init, string expected)
    {
        await Create("f", handler, init: init);
        for (int i = 0; i < 2; i++) // A process that exited is started again.
        {
            (int status, string text, string? error, string? log) = await Invoke("f");
            string id = log!.Substring("START RequestId: ".Length, 36);
            Assert.Equal((200, "Unhandled", expected), (status, error, text.Replace(id, "ID")));
        }
    }

    [Fact]
    public async Task ResetEndsAnInvocationThatRuns()
    {
        await MakePipe();
        await Create("f", """exec 9> "$PIPE"; echo began >&9; sleep 1000""", ""","Timeout":900""" + PipeVariable);
        Task<(int Status, string Text, string? Error, string? Log)> running = Invoke("f");
        using StreamReader held = await Task.Run(() => new StreamReader(Pipe), Token); // Opening waits for the other end.
        Assert.Equal("began", await held.ReadLineAsync(Token));
        using HttpClient http = new() { BaseAddress = Server.Endpoint };
        using HttpResponseMessage answer = await http.PostAsync(new Uri("/_sandbox/reset", UriKind.Relative), null, Token);
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Null(await held.ReadLineAsync(Token)); // Nothing of it runs any more.
        Assert.Equal("Unhandled", (await running).Error);
    }

    [Fact]
    public async Task BootstrapWithoutItsModeCannotBeStarted()
    {
        Assert.Equal(201, (await Lambda(HttpMethod.Post, "2015-03-31/functions", Definition("f", Zip("", mode: 0x1A4)))).Status);
        Assert.Contains("Runtime.InvalidEntrypoint", (await Invoke("f")).Text);
    }

    [Fact]
    public async Task FunctionThatTakesTooLongIsEnded()
    {
        await MakePipe();
        await Create("f", """exec 9> "$PIPE"; echo began >&9; sleep 1000""", PipeVariable);
        Task<(int Status, string Text, string? Error, string? Log)> invoking = Invoke("f");
        using StreamReader held = await Task.Run(() => new StreamReader(Pipe), Token); // Opening waits for the other end.
        Assert.Equal("began", await held.ReadLineAsync(Token));
        await Clock.SomebodyWaitsAsync(Token, length: TimeSpan.FromSeconds(3));
        Clock.Advance(TimeSpan.FromSeconds(3));
        (_, string text, string? error, _) = await invoking;
        Assert.Equal("Unhandled", error);
        Assert.Contains("Task timed out after 3.00 seconds", text);
        Assert.Null(await held.ReadLineAsync(Token)); // Nothing of it runs any more.
    }

    [Fact]
    public async Task DryRunAndBadInvocationsRunNothing()
    {
        await Create("f", "exit 1");
        Assert.Equal(204, (await Invoke("f", type: "DryRun")).Status);
        Assert.Equal(400, (await Invoke("f", "{")).Status);
        Assert.Equal(404, (await Invoke("none")).Status);
        Assert.Equal(404, (await Invoke("f:alias")).Status);
    }

    [Fact]
    public async Task EventIsTriedAgainAfterAnErrorAsOftenAsConfigured()
    {
        await MakePipe();
        await Create("f", """echo "$event" >> "${PIPE%pipe}log"; echo "$event" > "$PIPE"; fail '{}'""", PipeVariable);
        (await Lambda(HttpMethod.Put, "2019-09-25/functions/f/event-invoke-config", """{"MaximumRetryAttempts":1}""")).Succeeded();
        Assert.Equal(202, (await Invoke("f", "1", "Event")).Status);
        Server.AdvanceTime(TimeSpan.Zero);
        Assert.Equal("1", await ReadPipe());
        Server.AdvanceTime(TimeSpan.FromSeconds(61));
        Assert.Equal("1", await ReadPipe());
        Server.AdvanceTime(TimeSpan.FromMinutes(10));
        Assert.Equal(202, (await Invoke("f", "2", "Event")).Status);
        Server.AdvanceTime(TimeSpan.Zero);
        Assert.Equal("2", await ReadPipe());
        Assert.Equal(["1", "1", "2"], await File.ReadAllLinesAsync(Path.Combine(Folder.FullName, "log"), Token));
    }

    [Fact]
    public async Task EventThatWasWithTheFunctionIsTriedAgainAfterARestart()
    {
        await MakePipe();
        await Create("f", """echo "$event" > "$PIPE"; sleep 1000""", PipeVariable);
        Assert.Equal(202, (await Invoke("f", "1", "Event")).Status);
        Server.AdvanceTime(TimeSpan.Zero);
        Assert.Equal("1", await ReadPipe());
        await Server.StopAsync();
        await using SandboxServer again = await SandboxServer.StartAsync(Options, Token);
        again.AdvanceTime(TimeSpan.Zero);
        Assert.Equal("1", await ReadPipe());
    }

    [Fact]
    public async Task SandboxEndsWhileAFunctionRuns()
    {
        await MakePipe();
        await Create("f", """exec 9> "$PIPE"; echo began >&9; sleep 1000""", PipeVariable);
        Task<(int Status, string Text, string? Error, string? Log)> invoking = Invoke("f");
        using StreamReader held = await Task.Run(() => new StreamReader(Pipe), Token); // Opening waits for the other end.
        await Server.StopAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => invoking);
        Assert.Equal("began\n", await held.ReadToEndAsync(Token)); // Nothing of it runs any more.
    }
}
