using System.CommandLine;
using System.Diagnostics;
using System.Text;
using EventBridgeOps.Cli.Completion;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Completion;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Cli.Tests;

/// <summary>What Tab offers: by the words, and in real shells.</summary>
public sealed class CompletionTests : CliTest
{
    private const string Hostile = "my team's $x";

    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(20);

    /// <summary>Longer than the sandbox itself waits, for the schedules of the sample account.</summary>
    private static readonly TimeSpan s_hang = TimeSpan.FromHours(2);

    private readonly ManualTimeProvider _account = new();

    protected override SandboxOptions Options => new() { TimeProvider = _account };

    private string Profiles => Path.Combine(Journal, "profiles");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await File.WriteAllTextAsync(Profiles, $"[{Hostile}]\naws_access_key_id = a\naws_secret_access_key = b\n[plain]\naws_access_key_id = a\naws_secret_access_key = b\n", Token);
    }

    [Theory]
    [InlineData("tar", "target")]
    [InlineData("target ", "list,sync")]
    [InlineData("targets", "targets")] // the plural is an alias
    [InlineData("targets ", "list,sync")]
    [InlineData("targets list --job-definition mvp-i", "mvp-import")]
    [InlineData("nothing ", "")]
    [InlineData("complet", "completion")] // and not the hidden one
    [InlineData("completion z", "zsh")]
    [InlineData("rule list --event-b", "--event-bus-name")]
    [InlineData("rule list --skip-target --skip", "")]
    [InlineData("rule list --rule-name a --rule-n", "--rule-name")]
    [InlineData("rule list --output j", "json,jsonl")]
    [InlineData("rule list --output=j", "json,jsonl", "--output=")]
    [InlineData("image update --max-severity h", "high")]
    [InlineData("mvp list --state pending,r", "running", "pending,")]
    [InlineData("rule list --region eu-w", "eu-west-1,eu-west-2,eu-west-3")]
    [InlineData("rule list --event-bus-name ", "default,mvp-development,mvp-production")]
    [InlineData("rule list --event-bus-name=mvp-p", "mvp-production", "--event-bus-name=")]
    [InlineData("rule list --event-bus-name=default,mvp-p", "mvp-production", "--event-bus-name=default,")]
    [InlineData("rule list --event-bus-name mvp-production --rule-name ", "mvp-agent-on-upload,mvp-cleanup-on-delete,mvp-report-on-request")]
    [InlineData("rule list --rule-name=*-h*", "mvp-hourly-agent", "--rule-name=")]
    [InlineData("target sync --event-bus-name mvp-development --rule-name mvp-agent-on-upload --target-id agent-c", "agent-current")]
    [InlineData("target list --job-definition mvp-i", "mvp-import")]
    [InlineData("pattern lint --rule-name mvp-h", "mvp-hourly-agent")]
    [InlineData("event send --event-bus-name mvp-p", "mvp-production")]
    [InlineData("check --rule-name mvp-h", "mvp-hourly-agent")]
    [InlineData("change undo ", "")]
    public async Task Words_are_completed(string line, string expected, string kept = "")
    {
        Completions completions = await CompleteAsync(line.Split(' '));

        Assert.Equal(expected, string.Join(",", completions.Values.Select(value => value.Name)));
        Assert.Equal(kept, completions.Kept);
    }

    [Theory]
    [InlineData("route --event-path ")]
    [InlineData("rule list --profile-location=x")]
    [InlineData("pattern cases ")]
    [InlineData("change list --journal-path ")]
    public async Task Paths_are_left_to_the_shell(string line) => Assert.True((await CompleteAsync(line.Split(' '))).IsPath);

    [Fact]
    public async Task Changes_and_jobs_are_completed_from_their_files()
    {
        await RunAsync("target", "sync", "--event-bus-name", "mvp-production", "--rule-name", "mvp-agent-on-upload");
        string store = Path.Combine(Journal, "jobs");
        (await Ebops.RunAsync(["mvp", "send", .. Session, "--job-id", "one", "--user-id", "u", "--product-id", "p", "--event-bus-name", "mvp-development", "--store-path", store, "--database-url", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db"])).Ended(0);

        Suggestion change = Assert.Single((await CompleteAsync("change", "undo", "--journal-path", Journal, "2")).Values);
        Assert.EndsWith(" UTC, Sync, Applied, 1 item", change.Description, StringComparison.Ordinal);
        Assert.Equal("one", Assert.Single((await CompleteAsync("mvp", "cancel", "--store-path", store, "")).Values).Name);
    }

    [Fact]
    public async Task What_cannot_be_asked_completes_to_nothing_without_a_word()
    {
        Outcome outcome = await Ebops.RunAsync(["complete", "zsh"], string.Join('\0', "rule", "list", "--region", "eu-west-1", "--access-key", "a", "--event-bus-name", "", ""));

        Assert.Equal(new Outcome(0, "\t\n", ""), outcome);
    }

    [Theory]
    [InlineData("ebops rule list", "rule|list", "a b", @"a\ b")]
    [InlineData("ebops  rule 'a b", "rule|a b", "a b'c", @"a b'\''c")]
    [InlineData("ebops \"a \\\" $", "a \" $", "a \" $x`", "a \\\" \\$x\\`")]
    [InlineData(@"ebops a\ b", "a b", "a b;c", @"a\ b\;c")]
    [InlineData("ebops --x=a,b", "--x=a,b", "--x=a,bc", "a,bc")]
    [InlineData("ebops --x='a b", "--x=a b", "--x=a bc", "a bc")]
    [InlineData("ebops a:b", "a:b", "a:bc", "bc")]
    [InlineData("ebops ", "", "~", @"\~")]
    [InlineData("AWS_REGION=x A='b c' ebops ru", "ru", "rule", "rule")]
    [InlineData("ebops 'a' ", "a|", "x", "x")]
    public void A_line_of_bash_is_read_and_answered_as_bash_does(string line, string words, string completed, string written)
    {
        BashLine read = new(line, " \t\n\"'><=;|&(:");

        Assert.Equal(words, string.Join('|', read.Words));
        Assert.Equal(written, read.Write(completed));
    }

    [Fact]
    public async Task Bash_completes_and_what_it_completes_to_names_the_thing()
    {
        string[] said = await InShellAsync("bash", $$"""
            complete_line() { COMP_LINE=$1; COMP_POINT=${#1}; _ebops; printf '%s\n' "${COMPREPLY[*]}"; }
            complete_line 'ebops tar'
            complete_line 'ebops rule list --profile-location {{Profiles}} --profile-name my'
            eval "printf '%s\n' ${COMPREPLY[0]}"
            complete_line "ebops rule list --profile-location {{Profiles}} --profile-name 'my t"
            eval "printf '%s\n' '${COMPREPLY[0]}'"
            complete_line 'ebops rule list --profile-location {{Profiles}} --profile-name="my t'
            eval "printf '%s\n' \"${COMPREPLY[0]}\""
            {{Ask("complete_line 'ebops rule list --event-bus-name=default,mvp-p'")}}
            """);

        Assert.Equal(["target", @"my\ team\'s\ \$x", Hostile, @"my team'\''s $x", Hostile, @"my team's \$x", Hostile, "default,mvp-production"], said);
    }

    [Fact]
    public async Task Zsh_is_given_the_names_and_quotes_them_itself()
    {
        string[] said = await InShellAsync("zsh", $$"""
            compset() { kept="$2"; }
            compadd() { local name=${argv[-1]}; local -a all; all=("${(@P)name}"); print -r -- "$kept ${(j:|:)all}"; }
            _files() { print -r -- 'files'; }
            complete_line() { words=("$@"); CURRENT=$#words; PREFIX=$words[-1]; kept=; _ebops; }
            complete_line ebops tar
            complete_line ebops rule list --profile-location {{Profiles}} --profile-name 'my\ t'
            complete_line ebops route --event-path x
            {{Ask("complete_line ebops rule list --event-bus-name=default,mvp-p")}}
            """, "compdef() { : }");

        Assert.Equal([" target", " " + Hostile, "files", "*[=,] mvp-production"], said.Select(line => line.Replace("-P ", "")));
    }

    [Fact]
    public async Task Fish_completes()
    {
        string[] said = await InShellAsync("fish", $$"""
            complete -C 'ebops tar' | string split -f 1 \t
            complete -C 'ebops rule list --profile-location {{Profiles}} --profile-name my' | string split -f 1 \t
            complete -C "ebops rule list --profile-location {{Profiles}} --profile-name 'my t" | string split -f 1 \t
            {{Ask("complete -C 'ebops rule list --event-bus-name=default,mvp-p' | string split -f 1 \\t", fish: true)}}
            """);

        Assert.Equal(["target", Hostile, Hostile, "--event-bus-name=default,mvp-production"], said);
    }

    [Fact]
    public async Task PowerShell_completes_and_what_it_completes_to_names_the_thing()
    {
        string[] said = await InShellAsync("pwsh", $$"""
            function Complete-Line($line) { (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText }
            Complete-Line 'ebops tar'
            Invoke-Expression (Complete-Line 'ebops rule list --profile-location {{Profiles}} --profile-name my')
            Invoke-Expression (Complete-Line "ebops rule list --profile-location {{Profiles}} --profile-name 'my t")
            while (-not $found) { $found = Complete-Line 'ebops rule list --event-bus-name=mvp-p' }; $found
            Complete-Line 'ebops rule list --event-bus-name default,mvp-p'
            """);

        Assert.Equal(["target", Hostile, Hostile, "--event-bus-name=mvp-production", "mvp-production"], said);
    }

    [Fact]
    public async Task A_slow_account_does_not_hold_up_the_shell_and_its_answer_is_there_the_next_time()
    {
        Server.Faults.Add("ListEventBuses", Fault.Slow(s_hang));
        ManualTimeProvider clock = new();
        LineCompleter completer = Completer(clock);
        string[] words = Words("rule", "list", "--event-bus-name", "mvp-p");

        Task<Completions> first = completer.CompleteAsync(words, SuggestionCache.Limit);
        await clock.SomebodyWaitsAsync(Token, times: 2); // for the answer, and for as long as somebody at a prompt would
        await _account.SomebodyWaitsAsync(Token, length: s_hang);
        Assert.False(first.IsCompleted);
        clock.Advance(SuggestionCache.Limit);
        Completions late = await first;
        _account.Advance(s_hang);
        Completions second = await completer.CompleteAsync(words, SuggestionCache.Limit);

        Assert.Equal((true, 0), (late.IsLate, late.Values.Count));
        Assert.Equal("mvp-production", Assert.Single(second.Values).Name);
        Assert.Single(Server.Calls, call => call.Operation == "ListEventBuses");
    }

    [Fact]
    public async Task A_slow_account_answers_to_a_file_for_the_shells_next_time()
    {
        const string Complete = """
            complete_line() { COMP_LINE=$1; COMP_POINT=${#1}; _ebops; printf '%s\n' "${COMPREPLY[*]}"; }
            complete_line 'ebops rule list --event-bus-name mvp-p'
            """;
        Server.Faults.Add("ListEventBuses", Fault.Slow(s_slow));

        Assert.Equal([""], await InShellAsync("bash", Complete, ended: () => _account.AutoAdvance = true)); // it ends although the account hangs

        string completed = "";
        while (completed.Length == 0)
            completed = Assert.Single(await InShellAsync("bash", Complete));
        Assert.Equal("mvp-production", completed);
        await Server.StopAsync();
        Assert.Equal(["mvp-production", "700", "600"], await InShellAsync("bash", $$"""
            {{Complete}}
            stat -c %a "$HOME/.cache/ebops/completion" "$HOME/.cache/ebops/completion/"*
            """));
    }

    // On a clock that does not move, an account may take its time.
    private Task<Completions> CompleteAsync(params string[] words) => Completer(new ManualTimeProvider()).CompleteAsync(Words(words), SuggestionCache.Limit);

    private static LineCompleter Completer(TimeProvider clock) => new(CommandTree.Build(Silent), Silent, new SuggestionCache(clock));

    /// <summary>The words with the session before their first option.</summary>
    private string[] Words(params string[] words)
    {
        int option = Array.FindIndex(words, word => word.StartsWith('-'));
        return option > 0 && words[0] != "change" ? [.. words[..option], .. Session[..8], .. words[option..]] : words;
    }

    private static Terminal Silent { get; } = new() { Out = TextWriter.Null, Error = TextWriter.Null, Environment = _ => null };

    // A machine under load may answer late: then a later Tab has it.
    private static string Ask(string ask, bool fish = false) => fish
        ? $"while test -z \"$found\"; set found ({ask}); end; echo $found"
        : $"found=; while [[ -z ${{found## }} ]]; do found=$({ask}); done; printf '%s\\n' \"$found\"";

    /// <summary>
    /// Runs a script in a shell that has read the completion script, with <c>ebops</c> on the path and the sandbox in the environment; gives its lines when nothing
    /// of it runs any more.
    /// </summary>
    private async Task<string[]> InShellAsync(string shell, string script, string before = "", Action? ended = null)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SKIPPED: the command is put on the path by a script of sh here.");
        if (shell != "pwsh" && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).All(folder => !File.Exists(Path.Combine(folder, shell))))
            Assert.Skip($"SKIPPED: {shell} is not here, so its completion is not tested.");
        string bin = Directory.CreateDirectory(Path.Combine(Journal, "bin")).FullName;
        string program = Path.Combine(bin, "ebops");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec '{EbopsProcess.Command[0]}' '{EbopsProcess.Command[1]}' \"$@\"\n", Token);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, (UnixFileMode)0x1C0);
        string load = shell switch
        {
            "fish" => "ebops completion fish | source",
            "pwsh" => "ebops completion pwsh | Out-String | Invoke-Expression",
            _ => $"eval \"$(ebops completion {shell})\"",
        };
        ProcessStartInfo start = shell == "pwsh" ? EventBridgeOps.Shells.Shell.Restored.Start("-Command", $"{load}\n{script}") : new(shell, shell switch
        {
            "zsh" => ["-f", "-c", $"{before}\n{load}\n{script}"],
            "fish" => ["--no-config", "-c", $"{load}\n{script}"],
            _ => ["--norc", "-c", $"{load}\n{script}"],
        })
        { RedirectStandardOutput = true, RedirectStandardError = true };
        start.StandardOutputEncoding = Encoding.UTF8;
        // What the shell leaves behind asks the account on and writes to its home. It keeps the output open too, which is then read to the end of the last of them.
        string[] command = [start.FileName, .. start.ArgumentList];
        start.FileName = "/bin/sh";
        start.ArgumentList.Clear();
        foreach (string argument in (string[])["-c", "exec 9>&1; exec \"$@\"", "sh", .. command])
            start.ArgumentList.Add(argument);
        foreach ((string name, string value) in new Dictionary<string, string>
        {
            ["PATH"] = bin + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"), ["HOME"] = Journal, ["AWS_ENDPOINT_URL"] = Server.Endpoint.ToString(), ["AWS_REGION"] = "eu-west-1",
            ["AWS_ACCESS_KEY_ID"] = "test", ["AWS_SECRET_ACCESS_KEY"] = "test", ["AWS_EC2_METADATA_DISABLED"] = "true", ["LC_ALL"] = "C.UTF-8", ["XDG_CACHE_HOME"] = "", ["NO_COLOR"] = "1",
        })
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        if (start.RedirectStandardInput)
            process.StandardInput.Close();
        Task<string> said = process.StandardOutput.ReadToEndAsync(Token), complained = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        ended?.Invoke();
        Assert.Equal("", await complained);
        return (await said).TrimEnd('\n').Split('\n');
    }
}
