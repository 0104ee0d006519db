using System.CommandLine;
using EventBridgeOps.Applying;
using EventBridgeOps.Aws;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Changes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Reports;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Plans;

namespace EventBridgeOps.Cli.Plans;

/// <summary><c>ebops plan</c>.</summary>
internal static class PlanCommands
{
    public static Command Build(Terminal terminal) => new("plan", "Applies saved plans.") { Apply(terminal) };

    private static Command Apply(Terminal terminal)
    {
        Argument<string> file = new("file") { Description = "The plan." };
        RequestOptions<WriteOptions> options = new(WriteOptions.Request);
        SessionArguments session = new();
        ReportArguments output = new();
        ApprovalArguments approval = new();
        Command command = new("apply", "Makes the updates of a plan that was saved with --plan-path.") { file };
        command.AddAll([.. options.All, .. approval.All, session.Journal.Option, .. session.All, .. output.All]);
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            WriteOptions write = options.Read(parsed, terminal.Environment) with { WhatIf = approval.IsWhatIf(parsed) };
            write.Check();
            ApproveChange approve = approval.Bind(parsed, screen);
            ChangePlan plan = PlanFile.Load(terminal.Host.FullPath(parsed.GetValue(file)!));
            using OpsSession opened = await session.OpenAsync(parsed, screen, given => OpsSession.OpenFor(plan, given), cancellationToken);
            ChangeReport report = new(screen, output.Format(parsed), session.Journal.Path(parsed));
            await report.ShowAsync(opened.Get<PlanRun>().ApplyAsync(plan, write with { ChangeStarted = report.Started }, approve, screen, cancellationToken), opened.Get<ChangeJournal>(), () => Task.FromResult(ChangeCommandMessages.NoTargets()), cancellationToken);
            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops target sync --event-bus-name mvp-development --plan-path new-plan.json
            ebops plan apply plan.json --what-if
            ebops plan apply plan.json
            """,
            """
            Each target and job definition is read again, and is only updated if it was not
            modified after the plan was made. The change is recorded in the journal, and can
            be undone with 'ebops change undo'.
            """);
    }
}
