using EventBridgeOps.Cli.Tests.Support;

namespace EventBridgeOps.Cli.Tests;

public sealed class TerminalTests : CliTest
{
    [Theory]
    [InlineData("pattern cases -")]
    [InlineData("pattern test --pattern {\"a\":[\"b\"]}")]
    [InlineData("pattern measure --pattern {\"a\":[\"b\"]} --event-path -")]
    [InlineData("pattern bench --pattern {\"a\":[\"b\"]} --event-path -")]
    [InlineData("event convert --entry-path -")]
    [InlineData("route --event-path -")]
    [InlineData("event send --entry-file -")]
    [InlineData("mvp update")]
    [InlineData("mvp send --user-id u --product-id p --database-url-stdin")]
    [InlineData("mvp send --request-file -")]
    [InlineData("image update --event-path -")]
    public async Task Interrupted_while_it_reads_standard_input_it_ends_at_once(string command)
    {
        string[] args = command.Split(' ');
        string[] store = args[0] == "mvp" ? ["--store-path", Path.Combine(Journal, "jobs.jsonl")] : [];
        string[] session = args[0] is "mvp" or "image" or "route" || args is ["event", "send", ..] ? Session : [];

        Outcome outcome = await Ebops.InterruptedAsync([.. args, .. store, .. session]);

        Assert.EndsWith("Cancelled.\n", outcome.Ended(130).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("event convert", "error: InvalidArgument: No entry was specified")]
    [InlineData("pattern test --pattern {\"a\":[\"b\"]}", "error: InvalidArgument: No event was specified")]
    [InlineData("event convert --entry-path -", "warning: No events were found in standard input.")]
    public async Task A_standard_input_that_is_closed_has_nothing(string command, string said)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED: whether it is closed is known only on Linux.");
        using EbopsProcess shell = EbopsProcess.Shell($"ebops {command.Replace("{", "'{", StringComparison.Ordinal).Replace("}", "}'", StringComparison.Ordinal)} <&-");

        Assert.StartsWith(said, (await shell.EndAsync()).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ebops --version >/dev/full")]
    [InlineData("ebops --version >&-")]
    [InlineData("ebops completion bash >/dev/full")]
    [InlineData("ebops completion bash >&-")]
    [InlineData("ebops target list --help >/dev/full")]
    [InlineData("ebops target list $session --event-bus-name '*' >/dev/full")]
    [InlineData("ebops target list $session --event-bus-name '*' --output json >&-")]
    public async Task An_output_that_cannot_be_written_is_told_in_one_line(string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED: there is no /dev/full.");
        using EbopsProcess shell = EbopsProcess.Shell($"session='{string.Join(' ', Session)}'; {script}");

        Outcome outcome = (await shell.EndAsync()).Ended(1);

        Assert.Matches(@"\Aerror: OutputNotWritten: Standard output cannot be written: [^\n]+\.\n\z", outcome.Error);
    }

    [Theory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    public async Task A_message_that_cannot_be_written_does_not_break_off_a_run(string redirection)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED: there is no /dev/full.");
        using EbopsProcess shell = EbopsProcess.Shell($"ebops target sync {string.Join(' ', Session)} --event-bus-name mvp-development --journal-path '{Journal}' --verbose --output jsonl {redirection}");

        Outcome outcome = (await shell.EndAsync()).Ended(0);

        Assert.Equal((3, 4), (Puts, outcome.JsonLines.Count(result => (string?)result!["Status"] == "Updated")));
    }

    [Fact]
    public async Task An_error_that_cannot_be_written_still_ends_with_its_code()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED: there is no /dev/full.");
        using EbopsProcess shell = EbopsProcess.Shell("ebops target lst 2>/dev/full");

        (await shell.EndAsync()).Ended(1);
    }
}
