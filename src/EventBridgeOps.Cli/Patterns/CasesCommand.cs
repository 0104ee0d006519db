using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Patterns;

namespace EventBridgeOps.Cli;

/// <summary><c>ebops pattern cases</c>.</summary>
internal static class CasesCommand
{
    public static Command Build(Terminal terminal)
    {
        Argument<string> file = new("file") { Description = "JSON lines {\"name\", \"event\", \"pattern\"[, \"expect\"]}, also gzip; '-' is standard input." };
        OnlineArguments online = new();
        Command command = new("cases", "Runs a file of cases, writes a JSON line for each, and fails when one comes out other than expected.") { file };
        ScreenArguments screens = new();
        command.AddAll([.. online.All, .. screens.All]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using Screen screen = screens.Screen(parsed, terminal);
            using OpsSession? session = await online.OpenAsync(parsed, asksAccount: false, screen, cancellationToken);
            string path = parsed.GetValue(file)!;
            IAsyncEnumerable<PatternCaseResult> results = path == EventArguments.StandardInput
                ? PatternCases.RunAsync(terminal.InBytes, "standard input", session?.Patterns, screen, cancellationToken)
                : PatternCases.RunFileAsync(path, session?.Patterns, screen, cancellationToken);
            bool passed = true;
            await foreach (PatternCaseResult result in results)
            {
                screen.Data(output => output.Write(result.ToJson() + "\n"));
                passed &= result.Passed;
            }

            return !passed ? ExitCode.Error : screen.Failures > 0 ? ExitCode.SomeFailed : ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops pattern cases patterns.tests.jsonl
            ebops pattern cases - --online < patterns.tests.jsonl > results.jsonl
            """,
            """
            The event and the pattern are JSON text in strings. A line
              {"name":"by source","event":"{...}","pattern":"{...}","expect":"match"}
            gives
              {"name":"by source","result":"match"}
            with match, nomatch, invalid (the pattern) or badevent, the last two with a
            message; valid or invalid where there is no event. Exit codes: 1 when a case
            comes out other than expected, else 3 when a line is no case.
            """);
    }
}
