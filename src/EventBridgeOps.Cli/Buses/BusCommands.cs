using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Buses;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;

namespace EventBridgeOps.Cli.Buses;

/// <summary><c>ebops bus</c>.</summary>
internal static class BusCommands
{
    public static Command Build(Terminal terminal) => new("bus", "Lists event buses.") { List(terminal) };

    private static Command List(Terminal terminal)
    {
        RequestOptions<BusQuery> buses = new(BusQuery.Request);
        SessionArguments session = new();
        OutputArguments output = new();
        Command command = new("list", "Lists event buses with their resource policy, dead-letter queue, encryption key and log level.");
        command.AddAll([.. buses.All, .. session.All, .. output.All]);
        command.At("--event-bus-name");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            BusQuery query = buses.Read(parsed, terminal.Environment);
            query.Check();
            using Screen screen = output.Screen(parsed, terminal);
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            return await RecordWriter<EventBusSummary>.For(output.Format(parsed), screen, EventBusSummary.Shape).ListAsync(opened.Get<EventBusReader>().ReadAsync(query, screen, cancellationToken), query.NothingFound);
        });
        return command.WithExamples(
            """
            ebops bus list
            ebops bus list --event-bus-name 'mvp-*' --output json
            """);
    }
}
