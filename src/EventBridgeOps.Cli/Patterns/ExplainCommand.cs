using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Cli.Events;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Cli.Patterns;

/// <summary><c>ebops pattern explain</c>.</summary>
internal static class ExplainCommand
{
    public static Command Build(Terminal terminal)
    {
        PatternArguments patterns = new();
        EventArguments events = new("event");
        OnlineArguments online = new();
        OutputArguments output = new(OutputFormat.Text);
        Command command = new("explain", "Explains why a pattern matches or does not match an event.");
        command.AddAll([.. patterns.All, .. events.All, .. online.All, .. output.All]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using Screen screen = output.Screen(parsed, terminal);
            PatternSource source = patterns.Bind(parsed, terminal);
            using OpsSession? session = await online.OpenAsync(parsed, source.AsksAccount, screen, cancellationToken);
            PatternTester tester = new(await source.ReadAsync(session?.Get<RuleReader>(), terminal.Environment, screen, cancellationToken));
            bool matched = false, unknown = false, begun = false;
            RecordWriter<PatternExplanation> writer = RecordWriter<PatternExplanation>.For(output.Format(parsed), screen, PatternExplanation.Shape, json: one => one.ToJson(), text: one => $"{(begun ? "\n" : "")}{one.Title}\n{one.ToText(terminal.Width, terminal.HasColor)}");
            await writer.WriteAllAsync(
                tester.ExplainAsync(events.BindForCheck(parsed, terminal, screen, cancellationToken), online.IsOnline(parsed) ? session!.Get<ServicePatterns>() : null, screen, cancellationToken),
                one =>
                {
                    matched |= one.Matches == true;
                    unknown |= one.Matches is null;
                    begun = true;
                });

            return screen.FailureCode ?? (matched ? ExitCode.Done : unknown ? ExitCode.SomeFailed : ExitCode.NoMatch);
        });
        return command.WithExamples(
            """
            ebops pattern explain --pattern-path rule.json --event-path event.json
            ebops pattern explain --rule-name mvp-agent-on-upload \
              --event-bus-name mvp-development --event-path event.json
            """,
            "The exit codes are the same as for 'ebops pattern test'.");
    }
}
