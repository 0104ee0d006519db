using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Reports;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.DeadLetters;

namespace EventBridgeOps.Cli.DeadLetters;

/// <summary><c>ebops dlq</c>.</summary>
internal static class DeadLetterCommands
{
    public static Command Build(Terminal terminal) => new("dlq", "Lists dead letters: events that could not be delivered.") { List(terminal) };

    private static Command List(Terminal terminal)
    {
        RequestOptions<DeadLetterQuery> letters = new(DeadLetterQuery.Request);
        SessionArguments session = new();
        ReportArguments output = new();
        Command command = new("list", "Lists the dead letters of queues, with why each event was not delivered, and whether it could be now.");
        command.AddAll([.. letters.All, .. session.All, .. output.All]);
        command.At("--queue-name");
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            DeadLetterQuery query = letters.Read(parsed, terminal.Environment);
            query.Check();
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            return await RecordWriter<DeadLetter>.For(output.Format(parsed), screen, DeadLetter.Shape).ListAsync(opened.Get<DeadLetterReader>().ReadAsync(query, screen, cancellationToken), query.NothingFound);
        });
        return command.WithExamples(
            """
            ebops dlq list
            ebops dlq list mvp-dead-letters --output json
            ebops dlq list --event-bus-name mvp-development
            """,
            """
            A message is hidden from other consumers while it is read, and given back right
            after. States: Ready (the cause is gone), Blocked (it still exists), Unknown,
            NotRedrivable (the rule or the target no longer exists, or the message is not a
            dead letter).
            """);
    }
}
