using System.CommandLine;
using EventBridgeOps.Archives;
using EventBridgeOps.Aws;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Changes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Reports;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Archives;

/// <summary><c>ebops replay</c>.</summary>
internal static class ReplayCommands
{
    public static Command Build(Terminal terminal) =>
        new("replay", "Replays the events of an archive, or tries new rules on events.") { Start(terminal), List(terminal), Cancel(terminal), ReplayLocalCommand.Build(terminal) };

    private static Command Start(Terminal terminal)
    {
        RequestOptions<ReplayOptions> replays = new(ReplayOptions.Request);
        ApprovalArguments approval = new(asks: true);
        SessionArguments session = new();
        ReportArguments output = new();
        Command command = new("start", "Replays events of an archive to the rules of its event bus, after it has shown what happens again.");
        command.AddAll([.. replays.All.Select(Short), .. approval.All, .. session.All, .. output.All]);
        command.At("--archive-name", "--from", "--to");
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            string? started = null;
            ReplayOptions options = replays.Read(parsed, terminal.Environment) with { Started = name => started = name };
            options.Check();
            ApproveChange approve = approval.Bind(parsed, screen);
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            try
            {
                Replay replay = await opened.Get<ReplayStarter>().RunAsync(options, approve, screen, cancellationToken);
                await RecordWriter<Replay>.For(output.Format(parsed), screen, Replay.Shape).WriteAllAsync(RecordStream.ToAsync([replay]));
                if (replay.State == ReplayState.Completed)
                    screen.Say(ReplayCommandMessages.Completed(replay.ReplayName));
                else if (started is not null && !options.Wait)
                    screen.Say(ReplayCommandMessages.Started(started));
            }
            catch when (started is not null)
            {
                screen.Say(ReplayCommandMessages.Interrupted(started));
                throw;
            }

            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops replay start mvp-archive --from 2h --rule-name mvp-import-done --what-if
            ebops replay start mvp-archive --from 2026-11-21T09:00:00Z \
              --to 2026-11-21T10:00:00Z --rule-name mvp-import-done --yes
            """,
            """
            Every rule of the event bus receives the events again, unless its pattern has
            "replay-name": [{"exists": false}], or other rules are named. A rule whose
            targets start work (AWS Batch, Amazon ECS, Step Functions, CodeBuild and others)
            receives them only if it is named without wildcards, or with --force; otherwise
            nothing is replayed. Events can arrive in an archive late: by default, a replay
            ends 10 minutes ago. Times are in UTC unless they say otherwise.
            """);
    }

    private static Command List(Terminal terminal)
    {
        RequestOptions<ReplayQuery> replays = new(ReplayQuery.Request);
        SessionArguments session = new();
        ReportArguments output = new();
        Command command = new("list", "Lists replays of the last 90 days with their state and progress.");
        command.AddAll([.. replays.All.Select(Short), .. session.All, .. output.All]);
        command.At("--replay-name");
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            ReplayQuery query = replays.Read(parsed, terminal.Environment);
            query.Check();
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            return await RecordWriter<Replay>.For(output.Format(parsed), screen, Replay.Shape).ListAsync(opened.Get<ReplayReader>().ReadAsync(query, screen, cancellationToken), query.NothingFound);
        });
        return command.WithExamples(
            """
            ebops replay list
            ebops replay list --archive-name mvp-archive --state running,starting
            """);
    }

    private static Command Cancel(Terminal terminal)
    {
        Option<string[]> replayName = Options.List("--replay-name", "name", "The replays to cancel.");
        ApprovalArguments approval = new();
        SessionArguments session = new();
        ReportArguments output = new();
        Command command = new("cancel", "Cancels replays. The events that were replayed are not recalled.");
        command.AddAll([replayName, .. approval.All, .. session.All, .. output.All]);
        command.At("--replay-name");
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            string[] names = parsed.GetValue(replayName) is { Length: > 0 } given ? given : throw new OpsException(ErrorIds.InvalidArgument, ReplayCommandMessages.NameMissing());
            ApproveChange approve = approval.Bind(parsed, screen);
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            await RecordWriter<Replay>.For(output.Format(parsed), screen, Replay.Shape).WriteAllAsync(opened.Get<ReplayStopper>().RunAsync(names, approve, screen, cancellationToken), replay =>
            {
                if (replay.State == ReplayState.Cancelling)
                    screen.Say(ReplayCommandMessages.Cancelling(replay.ReplayName));
            });
            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops replay cancel mvp-replay
            """);
    }

    /// <summary>The short names of options that are typed often.</summary>
    private static Option Short(Option option)
    {
        if (option.Name is "--archive-name" or "--rule-name")
            option.Aliases.Add(option.Name[..^"-name".Length]);
        return option;
    }
}
