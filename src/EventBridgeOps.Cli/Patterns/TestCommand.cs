using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Cli.Events;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Cli.Patterns;

/// <summary><c>ebops pattern test</c>.</summary>
internal static class TestCommand
{
    public static Command Build(Terminal terminal)
    {
        PatternArguments patterns = new();
        EventArguments events = new("event");
        OnlineArguments online = new();
        OutputArguments output = new();
        Command command = new("test", "Tests which patterns match which events.");
        command.AddAll([.. patterns.All, .. events.All, .. online.All, .. output.All]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using Screen screen = output.Screen(parsed, terminal);
            PatternSource source = patterns.Bind(parsed, terminal);
            using OpsSession? session = await online.OpenAsync(parsed, source.AsksAccount, screen, cancellationToken);
            PatternTester tester = new(await source.ReadAsync(session?.Get<RuleReader>(), terminal.Environment, screen, cancellationToken));
            RecordWriter<PatternTest> writer = RecordWriter<PatternTest>.For(output.Format(parsed), screen, PatternTest.Shape);
            bool matched = false, unknown = false;
            await writer.WriteAllAsync(
                tester.TestAsync(events.BindForCheck(parsed, terminal, screen, cancellationToken), online.IsOnline(parsed) ? session!.Get<ServicePatterns>() : null, screen, cancellationToken),
                test => (matched, unknown) = (matched || test.Matches == true, unknown || test.Matches is null));
            return screen.FailureCode ?? (matched ? ExitCode.Done : unknown ? ExitCode.SomeFailed : ExitCode.NoMatch);
        });
        return command.WithExamples(
            """
            ebops pattern test --pattern-path rule.json --event-path event.json
            ebops pattern test --rule-name 'mvp-*' --event-bus-name mvp-development \
              --event-path week.jsonl.gz
            ebops pattern test --pattern '{"source":["mvp.uploads"]}' --online \
              < event.json
            """,
            """
            Exit codes: 0 a pattern matched an event, 1 nothing could be tested, 2 no
            pattern matched, 3 some events or patterns could not be tested, or whether one
            matches depends on a value that the file of rules does not specify.
            """);
    }
}
