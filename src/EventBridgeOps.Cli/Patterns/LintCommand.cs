using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Reports;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Cli.Patterns;

/// <summary><c>ebops pattern lint</c>.</summary>
internal static class LintCommand
{
    public static Command Build(Terminal terminal)
    {
        Argument<string[]> file = new("file") { Description = "The pattern files.", Arity = ArgumentArity.ZeroOrMore };
        PatternArguments patterns = new();
        OnlineArguments online = new();
        ReportArguments output = new(OutputFormat.Text);
        Command command = new("lint", "Finds errors and possible mistakes in patterns.") { file };
        command.AddAll([.. patterns.All, .. online.All, .. output.All]);
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            PatternSource source = patterns.Bind(parsed, terminal);
            source = source with { Path = [.. parsed.GetValue(file) ?? [], .. source.Path] };
            using OpsSession? session = await online.OpenAsync(parsed, source.AsksAccount, screen, cancellationToken);
            IReadOnlyList<NamedPattern> read = await source.ReadAsync(session?.Get<RuleReader>(), terminal.Environment, screen, cancellationToken);
            bool valid = true;
            await RecordWriter<PatternCheck>.For(output.Format(parsed), screen, PatternCheck.Shape, text: check => check.ToText(terminal.Width)).WriteAllAsync(
                PatternCheck.RunAsync(read, online.IsOnline(parsed) ? session!.Get<ServicePatterns>() : null, screen, cancellationToken),
                check => valid &= check.IsValid);
            return !valid ? ExitCode.Error : screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops pattern lint rule.json
            ebops pattern lint --rule-path template.yaml
            ebops pattern lint --event-bus-name '*' --output json
            """,
            """
            Errors are what EventBridge would reject, in the words of the service. Warnings
            are about quotas (length, combinations of $or, wildcard complexity) and about
            patterns that might not do what they appear to do. Exit codes: 0 all patterns
            are valid, 1 some are not valid, a file cannot be read, or there are none, 3
            some rules could not be read.
            """);
    }
}
