using System.Diagnostics;
using System.Text.RegularExpressions;

namespace EventBridgeOps.Cli.Tests.Support;

/// <summary>The blocks of a page, and a bash that they are typed into as they stand.</summary>
internal static partial class PageShell
{
    /// <summary>The blocks of a page between fences, with the language of each.</summary>
    public static IReadOnlyList<(string Language, string Text)> Blocks(string page) => [.. Fence().Matches(page).Select(block => (block.Groups["language"].Value, block.Groups["text"].Value))];

    /// <summary>
    /// Types the inputs one after the other into one shell, as a user who has the tool and nothing else; gives what each of them writes to either output, and its exit code.
    /// </summary>
    /// <param name="folder">The home of the user, and where the shell starts.</param>
    /// <param name="inputs">What is typed.</param>
    /// <param name="prelude">What the shell knows before.</param>
    /// <param name="environment">Variables besides the path and the home.</param>
    public static async Task<(string Text, string Code)[]> TypeAsync(DirectoryInfo folder, IReadOnlyList<string> inputs, string prelude = "", IEnumerable<KeyValuePair<string, string?>>? environment = null)
    {
        ProcessStartInfo start = new("bash", ["-c", $$"""
            exec 2>&1
            ebops() { '{{EbopsProcess.Command[0]}}' '{{EbopsProcess.Command[1]}}' "$@"; }
            {{prelude}}
            {{string.Concat(inputs.Select(input => $"{input}\nprintf '\\036%s\\036' $?\n"))}}
            """])
        { WorkingDirectory = folder.FullName, RedirectStandardOutput = true };
        start.Environment.Clear();
        foreach ((string name, string? value) in new Dictionary<string, string?> { ["PATH"] = Environment.GetEnvironmentVariable("PATH"), ["HOME"] = folder.FullName, ["XDG_RUNTIME_DIR"] = folder.FullName, ["AWS_EC2_METADATA_DISABLED"] = "true" }.Concat(environment ?? []))
            start.Environment[name] = value;
        using Process bash = Process.Start(start)!;
        string[] said = (await bash.StandardOutput.ReadToEndAsync(CliTest.Token)).Split('\x1e');
        await bash.WaitForExitAsync(CliTest.Token);
        Assert.True(said.Length == (inputs.Count * 2) + 1, string.Join('\n', said));
        return [.. inputs.Select((_, i) => (said[2 * i], said[(2 * i) + 1]))];
    }

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
