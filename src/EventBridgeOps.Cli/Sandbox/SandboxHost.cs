using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sandbox.Sample;

namespace EventBridgeOps.Cli.Sandbox;

/// <summary>Holds a local AWS until somebody wants it no more.</summary>
internal static class SandboxHost
{
    public static async Task<int> RunAsync(SandboxEngineKind kind, SandboxOptions options, bool sample, int? parent, ShellKind shell, Terminal terminal, CancellationToken cancellationToken)
    {
        await using ISandboxEngine engine = await StartAsync(kind, options, cancellationToken);
        if (sample)
            await SampleAccount.FillAsync(engine, cancellationToken);
        SuggestionFiles.OfUser(terminal.Environment, terminal.Time)?.Clear(); // One that ended may have listened at the same port.
        using IDisposable? record = Record(engine, terminal);
        ShellText.Write(terminal.Out, shell, engine.Environment);
        terminal.Error.WriteLine($"The sandbox ({engine.Name}) listens at {engine.Endpoint}. Set the variables above where you want to use it; Ctrl+C ends it.");

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
            throw new SandboxException("moto has ended by itself.");
        await engine.StopAsync(); // And with it the state is saved, or the reason why not is told.
        return ExitCode.Done; // Ctrl+C is how it is meant to end.
    }

    /// <summary>Starts an engine; what hinders it is told in one sentence.</summary>
    public static async Task<ISandboxEngine> StartAsync(SandboxEngineKind kind, SandboxOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await SandboxEngines.StartAsync(kind, options, cancellationToken);
        }
        catch (System.Net.Sockets.SocketException e)
        {
            throw new SandboxException($"The sandbox cannot listen on port {options.Port}: {e.Message}. Give another --port, or none for a free one.", e);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new SandboxException($"The state file {options.StateFile} cannot be used: {e.Message}", e);
        }
    }

    private static SandboxRecords.Entry? Record(ISandboxEngine engine, Terminal terminal)
    {
        try
        {
            return SandboxRecords.OfUser(terminal.Environment).Add(engine);
        }
        catch (Exception e) when (e is SandboxException or IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"warning: 'ebops sandbox stop' will not find this sandbox: {e.Message}");
            return null;
        }
    }
}
