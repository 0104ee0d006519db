using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.Cli.Changes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Reports;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;

namespace EventBridgeOps.Cli.Checks;

/// <summary>Commands that show checks as a tree.</summary>
internal static class CheckTree
{
    /// <summary>Lets a command show checks. Its exit code is 3 if one failed.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="command">The command.</param>
    /// <param name="options">The options of the request.</param>
    /// <param name="approval">What controls whether changes are made; null if none are made.</param>
    /// <param name="prepare">Completes and checks the request.</param>
    /// <param name="place">Completes the session with what the request says of it.</param>
    /// <param name="run">Runs the checks.</param>
    /// <param name="watches">Whether checks come again when their results change, so that the last result of each counts; null if they never do.</param>
    public static Command Act<T>(Terminal terminal, Command command, RequestOptions<T> options, ApprovalArguments? approval, Func<T, T> prepare, Func<SessionOptions, T, SessionOptions> place, Func<T, OpsSession, ApproveChange, Screen, CancellationToken, IAsyncEnumerable<CheckResult>> run, Func<T, bool>? watches = null)
        where T : class, new()
    {
        SessionArguments session = new();
        ReportArguments output = new();
        command.AddAll([.. options.All, .. approval?.All ?? [], .. session.All, .. output.All]);
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            T request = prepare(options.Read(parsed, terminal.Environment));
            ApproveChange approve = approval?.Bind(parsed, screen) ?? ((_, _) => Task.FromResult(Approval.Write));
            using OpsSession opened = await session.OpenAsync(parsed, screen, given => OpsSession.Open(place(given, request)), cancellationToken);
            bool isWatched = watches?.Invoke(request) == true;
            Dictionary<(int Depth, string Check, int Number), bool> failed = [];
            OutputFormat format = output.Format(parsed);
            RecordWriter<CheckResult> writer = format == OutputFormat.Table && screen.Query is null ? new TreeWriter(screen) : RecordWriter<CheckResult>.For(format, screen, CheckResult.Shape, follows: isWatched);
            await writer.WriteAllAsync(run(request, opened, approve, screen, cancellationToken), result => failed[(result.Depth, result.Check, isWatched ? 0 : failed.Count)] = result.Status == CheckStatus.NG);
            return failed.ContainsValue(true) ? ExitCode.SomeFailed : screen.FailureCode ?? ExitCode.Done;
        });
        return command;
    }
}
