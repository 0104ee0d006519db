using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Cli.Events;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Reports;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.PatternTesting;

namespace EventBridgeOps.Cli.Patterns;

/// <summary><c>ebops pattern cases</c>.</summary>
internal static class CasesCommand
{
    public static Command Build(Terminal terminal)
    {
        Argument<string> file = new("file") { Description = "A file of JSON lines {\"name\", \"event\", \"pattern\"[, \"expect\"]}, optionally compressed with gzip. Use '-' for standard input." };
        OnlineArguments online = new();
        Command command = new("cases", "Runs a file of test cases, writes a JSON line for each, and fails if a result is not as expected.") { file };
        ReportArguments output = new(OutputFormat.Jsonl);
        command.AddAll([.. online.All, .. output.All]);
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            using OpsSession? session = await online.OpenAsync(parsed, asksAccount: false, screen, cancellationToken);
            string path = parsed.GetValue(file)!;
            IAsyncEnumerable<PatternCaseResult> results = path == EventArguments.StandardInput
                ? PatternCases.RunAsync(terminal.InBytes, "standard input", session?.Get<ServicePatterns>(), screen, cancellationToken)
                : PatternCases.RunFileAsync(path, session?.Get<ServicePatterns>(), screen, cancellationToken);
            bool passed = true;
            RecordWriter<PatternCaseResult> writer = RecordWriter<PatternCaseResult>.For(output.Format(parsed), screen, PatternCaseResult.Shape, json: result => result.ToJson());
            await writer.WriteAllAsync(results, result => passed &= result.Passed);

            return !passed ? ExitCode.Error : screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops pattern cases patterns.tests.jsonl
            ebops pattern cases patterns.tests.jsonl --report junit=cases.xml --ci
            ebops pattern cases - --online < patterns.tests.jsonl > results.jsonl
            """,
            """
            The event and the pattern are strings that contain JSON text. The line
              {"name":"by source","event":"{...}","pattern":"{...}","expect":"match"}
            returns
              {"name":"by source","result":"match"}
            The result is match, nomatch, invalid (the pattern is not valid) or badevent
            (the event is not valid); the last two have a message. Without an event, the
            result is valid or invalid. Exit codes: 1 if a result is not as expected or
            there are no test cases, or else 3 if a line is not a valid test case.
            """);
    }
}
