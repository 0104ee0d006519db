using System.Diagnostics;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Cli.Sandbox;

/// <summary>Starts the sandbox in a process of its own, and returns when it is ready.</summary>
internal static class BackgroundSandbox
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(30);

    public static async Task<int> StartAsync(IEnumerable<string> arguments, int? parent, ShellKind shell, Terminal terminal, CancellationToken cancellationToken)
    {
        SandboxRecords records = SandboxRecords.OfUser(terminal.Environment);
        using Process child = OwnProcess.Start(arguments);
        try
        {
            SandboxRecord? record;
            while ((record = records.OfProcess(child.Id)) is null)
            {
                if (child.HasExited)
                {
                    if (!child.StartInfo.RedirectStandardError)
                        throw new SandboxException(SandboxCommandMessages.EndedInBackground());
                    terminal.Error.Write(await child.StandardError.ReadToEndAsync(cancellationToken));
                    return ExitCode.Error;
                }

                await Task.Delay(Interval, terminal.Time, cancellationToken);
            }

            ShellText.Write(terminal.Out, shell, SandboxEnvironment.Changes(record.Environment, terminal.Variables()));
            terminal.Say(parent switch
            {
                null => SandboxCommandMessages.ParentUnknown(record.Engine, record.Endpoint),
                0 => SandboxCommandMessages.RunsUntilStopped(record.Engine, record.Endpoint),
                _ => SandboxCommandMessages.RunsUntilProcessEnds(record.Engine, record.Endpoint, parent),
            });
            terminal.SayPage(record.Engine, record.Endpoint);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            child.Kill(entireProcessTree: true);
            throw;
        }
    }
}
