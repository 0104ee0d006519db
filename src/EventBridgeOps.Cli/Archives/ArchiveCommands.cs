using System.CommandLine;
using EventBridgeOps.Archives;
using EventBridgeOps.Aws;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;

namespace EventBridgeOps.Cli.Archives;

/// <summary><c>ebops archive</c>.</summary>
internal static class ArchiveCommands
{
    public static Command Build(Terminal terminal) => new("archive", "Lists archives, from which events can be replayed.") { List(terminal) };

    private static Command List(Terminal terminal)
    {
        RequestOptions<ArchiveQuery> archives = new(ArchiveQuery.Request);
        SessionArguments session = new();
        OutputArguments output = new();
        Command command = new("list", "Lists archives with their event bus, state, number of events, size and retention.");
        command.AddAll([.. archives.All, .. session.All, .. output.All]);
        command.At("--archive-name");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ArchiveQuery query = archives.Read(parsed, terminal.Environment);
            query.Check();
            using Screen screen = output.Screen(parsed, terminal);
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            return await RecordWriter<EventArchive>.For(output.Format(parsed), screen, EventArchive.Shape).ListAsync(opened.Get<ArchiveReader>().ReadAsync(query, screen, cancellationToken), query.NothingFound);
        });
        return command.WithExamples(
            """
            ebops archive list
            ebops archive list --event-bus-name mvp-development --output json
            """,
            """
            Days is the retention; 0 means for ever. EventBridge updates the number of
            events and their size within 24 hours.
            """);
    }
}
