using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sandbox.Sample;

namespace EventBridgeOps.Cli.Sandbox;

/// <summary>Runs a local AWS until it is stopped.</summary>
internal static class SandboxHost
{
    public static async Task<int> RunAsync(SandboxEngineKind kind, SandboxOptions options, bool sample, int? parent, ShellKind shell, bool inBackground, Terminal terminal, CancellationToken cancellationToken)
    {
        await using ISandboxEngine engine = await StartAsync(kind, options, cancellationToken);
        if (sample)
            await SampleAccount.FillAsync(engine, cancellationToken);
        if (sample && SampleAccount.ImagesNotRun(options.JobCommands.Keys) is { Count: > 0 } unused)
            terminal.Warn(SandboxCommandMessages.ImagesNotRun(unused));
        SuggestionFiles.OfUser(terminal.Environment, terminal.Time)?.Clear(); // One that ended may have listened at the same port.
        using IDisposable? record = Record(engine, inBackground, terminal);
        ShellText.Write(terminal.Out, shell, SandboxEnvironment.Changes(engine.Environment, terminal.Variables()));
        terminal.Say(SandboxCommandMessages.Listening(engine.Name, engine.Endpoint));
        terminal.SayPage(engine.Name, engine.Endpoint);

        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task gone = parent is > 0 ? ParentWatch.WaitForExitAsync(parent.Value, terminal.Time, done.Token) : Task.Delay(Timeout.InfiniteTimeSpan, terminal.Time, done.Token);
        Task ended = engine switch
        {
            SandboxServer server => server.Stopped,
            MotoEngine moto => moto.Exited,
            _ => Task.Delay(Timeout.InfiniteTimeSpan, terminal.Time, done.Token),
        };
        Task first = await Task.WhenAny(gone, ended);
        await done.CancelAsync();
        if (first == ended && engine is MotoEngine)
            throw new SandboxException(SandboxCommandMessages.MotoEnded());
        await engine.StopAsync(); // This also saves the state, or reports why that failed.
        if (!inBackground) // Whoever started it in the background no longer reads.
            terminal.Say(SandboxCommandMessages.StoppedAtEnd(engine.Endpoint, options.StateFile));
        return ExitCode.Done; // Ctrl+C is how it is meant to end.
    }

    /// <summary>Starts an engine.</summary>
    /// <exception cref="SandboxException">It could not be started.</exception>
    public static async Task<ISandboxEngine> StartAsync(SandboxEngineKind kind, SandboxOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await SandboxEngines.StartAsync(kind, options, cancellationToken);
        }
        catch (System.Net.Sockets.SocketException e)
        {
            throw new SandboxException(SandboxCommandMessages.PortInUse(options.Port, e.Message), e);
        }
        catch (InvalidDataException e)
        {
            throw new SandboxException(Message.Verbatim(e.Message), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SandboxException(SandboxCommandMessages.StateFileUnusable(options.StateFile, e.Message), e);
        }
    }

    private static SandboxRecords.Entry? Record(ISandboxEngine engine, bool inBackground, Terminal terminal)
    {
        try
        {
            return SandboxRecords.OfUser(terminal.Environment).Add(engine);
        }
        catch (Exception e) when (e is SandboxException or IOException or UnauthorizedAccessException)
        {
            Message reason = e is SandboxException known ? known.Said : Message.Verbatim(e.Message);
            if (inBackground)
                throw new SandboxException(SandboxCommandMessages.NotRecordedInBackground(reason), e); // Whoever started it waits for the record.
            terminal.Warn(SandboxCommandMessages.NotRecorded(reason));
            return null;
        }
    }
}
