using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Cli.Rules;

/// <summary><c>ebops rule</c>.</summary>
internal static class RulesCommands
{
    public static Command Build(Terminal terminal)
    {
        Command command = new("rule", "Lists the rules of event buses.") { List(terminal) };
        command.Aliases.Add("rules");
        return command;
    }

    private static Command List(Terminal terminal)
    {
        RuleArguments rules = new();
        SessionArguments session = new();
        OutputArguments output = new();
        Option<bool> skipTarget = Options.Flag("--skip-target", "Do not list the targets of the rules. Saves one API call per rule.");
        Command command = new("list", "Lists rules with their state, schedule or event pattern, and targets.");
        command.AddAll([.. rules.All, skipTarget, .. session.All, .. output.All]);
        command.At("--event-bus-name", "--rule-name");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RuleQuery query = rules.Bind(parsed, terminal);
            using Screen screen = output.Screen(parsed, terminal);
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            RecordWriter<RuleSummary> writer = RecordWriter<RuleSummary>.For(output.Format(parsed), screen, RuleSummary.Shape);
            int count = await writer.WriteAllAsync(opened.Get<RuleReader>().ReadAsync(query, withTargets: !parsed.GetValue(skipTarget), screen, cancellationToken));
            if (count == 0 && screen.Failures == 0)
                screen.Say(await opened.Get<RuleReader>().NothingFoundAsync(query, cancellationToken));
            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops rule list --event-bus-name mvp-development
            ebops rule list --event-bus-name '*' --rule-name 'mvp-*' --output json
            """,
            """
            With --output json or jsonl, the documents of rules and targets are printed as
            they are. Secrets in the inputs of targets are not redacted there.
            """);
    }
}
