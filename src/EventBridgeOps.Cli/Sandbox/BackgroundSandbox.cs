using System.Diagnostics;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Sandbox;

/// <summary>Starts a process of this program that holds a local AWS, and comes back when it answers.</summary>
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
                    terminal.Error.Write(child.StartInfo.RedirectStandardError
                        ? await child.StandardError.ReadToEndAsync(cancellationToken)
                        : CommandLineVoice.Line(ErrorIds.SandboxFailed, "The sandbox has ended. Start it without --background to see why.") + Environment.NewLine);
                    return ExitCode.Error;
                }

                await Task.Delay(Interval, terminal.Time, cancellationToken);
            }

            ShellText.Write(terminal.Out, shell, record.Environment);
            string end = parent switch
            {
                null => "this system does not tell which process started it, so it ends with 'ebops sandbox stop' (or give --parent-pid)",
                0 => "it ends with 'ebops sandbox stop'",
                _ => $"it ends with 'ebops sandbox stop' or process {parent}",
            };
            terminal.Error.WriteLine($"The sandbox ({record.Engine}) listens at {record.Endpoint}; {end}.");
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            child.Kill(entireProcessTree: true);
            throw;
        }
    }
}
