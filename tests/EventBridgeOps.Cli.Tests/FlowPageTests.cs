using System.Reflection;
using System.Text.RegularExpressions;
using EventBridgeOps.Cli.Tests.Support;
using EventBridgeOps.Sandbox;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Shells;

namespace EventBridgeOps.Cli.Tests;

/// <summary>The pages of docs/flows: what they say to type is typed, and shows what they say, each from where their start ends.</summary>
public sealed partial class FlowPageTests(FlowPages pages) : IClassFixture<FlowPages>
{
    public static TheoryData<string> Names => [.. FlowPages.Names];

    [Fact]
    public void The_index_names_each_page_and_the_product_names_the_index()
    {
        Assert.All(FlowPages.Names, name => Assert.Contains($"({name}.md)", FlowPages.Read("README"), StringComparison.Ordinal));
        Assert.All(["README.md", "docs/automation.md"], page => Assert.Contains("flows/README.md)", File.ReadAllText(Path.Combine(FlowPages.Root, page)), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_a_page_shows_is_what_is_seen(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SKIPPED: the blocks are a Unix shell's.");
        FlowPage page = FlowPages.Page(name);
        Assert.SkipUnless(FlowPages.Has("aws") || page.Blocks.All(block => !block.Typed.Contains("aws ", StringComparison.Ordinal)), "SKIPPED: the AWS CLI is not here.");

        (string Text, string Code)[] seen = await pages.SeenAsync(name);

        Assert.All(page.Blocks.Zip(seen), block =>
        {
            Assert.True(block.Second.Code == "0", $"exit code {block.Second.Code} of\n{block.First.Typed}\n{block.Second.Text}");
            if (block.First.Shown is { } shown)
                Assert.True(Shows(shown, block.Second.Text), $"{block.First.Typed}\nshows\n{Constant(block.Second.Text)}\nand not\n{Constant(shown)}");
        });
    }

    /// <summary>Whether an output is what a page shows of it, where a line of three dots is for lines that the page leaves out.</summary>
    private static bool Shows(string shown, string seen)
    {
        IEnumerable<string> lines = Constant(shown).TrimEnd('\n').Split('\n').Select(line => line == "..." ? "(?:.*\n)*?" : Regex.Escape(line) + "\n");
        return Regex.IsMatch(Constant(seen).TrimEnd('\n') + "\n", $"^{string.Concat(lines)}$");
    }

    /// <summary>A text without what is different each time: identifiers, times, ports, and how wide a column is for them.</summary>
    private static string Constant(string text) =>
        Blank().Replace(Dashes().Replace(Spaces().Replace(Varying().Replace(text, "#"), "  "), "---"), "").Trim('\n');

    // Identifiers of calls, records and changes; digests; the endings that CloudFormation gives to names; ports; moments.
    [GeneratedRegex(
        """
        [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:evt|job)_\d+_\w+|\d{8}T\d{6}Z-[0-9a-f]{6}|ecs-svc/\d+|(?:sha256:)?\b[0-9a-f]{64}\b|\b(?=\w*\d)[0-9a-f]{12}(?=\s)|-[0-9A-F]{12}\b|127\.0\.0\.1:\d+
        |(?:\d{4}-)?\d\d-\d\d[T\ ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|\ UTC|\+00:00)?
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Varying();

    [GeneratedRegex("[ \t]{2,}|\t")]
    private static partial Regex Spaces();

    [GeneratedRegex("-{3,}")]
    private static partial Regex Dashes();

    [GeneratedRegex("[ \r]+$", RegexOptions.Multiline)]
    private static partial Regex Blank();
}

/// <summary>A page, as its blocks.</summary>
internal sealed record FlowPage(string Name, IReadOnlyList<FlowBlock> Blocks);

/// <summary>What is typed, in which language, and what the page shows of what is seen; null for nothing.</summary>
internal sealed record FlowBlock(string Language, string Typed, string? Shown);

/// <summary>What the start of the pages leaves: a sandbox with the automation, of which each page gets a copy.</summary>
public sealed class FlowPages : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ebops-flows-");
    private readonly CalledEbops _ebops = new();
    private readonly SemaphoreSlim _places = new(Environment.ProcessorCount);
    private readonly Lazy<Dictionary<string, Task<(string Text, string Code)[]>>> _seen;

    public FlowPages() => _seen = new(() =>
    {
        Task<byte[]> started = StartAsync();
        return Names.ToDictionary(name => name, name => TypeAsync(Page(name), started));
    });

    internal static string Root { get; } = typeof(FlowPages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "RepositoryRoot").Value!;

    internal static IReadOnlyList<string> Names { get; } = [.. Directory.GetFiles(Path.Combine(Root, "docs", "flows"), "*.md").Select(Path.GetFileNameWithoutExtension).OfType<string>().Where(name => name != "README").Order(StringComparer.Ordinal)];

    internal static string Read(string name) => File.ReadAllText(Path.Combine(Root, "docs", "flows", name + ".md")).ReplaceLineEndings("\n");

    internal static FlowPage Page(string name)
    {
        List<FlowBlock> blocks = [];
        foreach ((string language, string text) in PageShell.Blocks(Read(name)))
        {
            Assert.Contains(language, (string[])["sh", "powershell", "text"]);
            if (language != "text")
                blocks.Add(new(language, text, null));
            else
                blocks[^1] = blocks[^1] with { Shown = text };
        }

        return new(name, blocks);
    }

    internal static bool Has(string command) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, command)));

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        await _ebops.DisposeAsync();
        _places.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>What is seen of each block of a page. All pages are typed side by side, as soon as one is asked for.</summary>
    internal Task<(string Text, string Code)[]> SeenAsync(string name) => _seen.Value[name];

    /// <summary>Types a page from its beginning to its end into a shell, on a sandbox of its own that continues where the start ended.</summary>
    private async Task<(string Text, string Code)[]> TypeAsync(FlowPage page, Task<byte[]> started)
    {
        byte[] state = await started;
        await _places.WaitAsync(CliTest.Token);
        try
        {
            return await TypeAsync(page, state);
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<(string Text, string Code)[]> TypeAsync(FlowPage page, byte[] state)
    {
        await using SandboxServer server = await SandboxServer.StartAsync(new SandboxOptions { JobStep = SandboxOptions.UsualJobStep, JobsAdvanceWhenDescribed = false }, CliTest.Token);
        using HttpClient http = new() { BaseAddress = server.Endpoint };
        using ByteArrayContent content = new(state);
        (await http.PutAsync(new Uri("_sandbox/state", UriKind.Relative), content, CliTest.Token)).EnsureSuccessStatusCode();
        DirectoryInfo folder = Clone(page.Name);
        File.Copy(Path.Combine(_folder.FullName, "README", "function.zip"), Path.Combine(folder.FullName, "function.zip"));
        string[] inputs = [.. page.Blocks.Select((block, i) => block.Language == "sh" ? block.Typed : PowerShell(folder, $"{i}.ps1", block.Typed))];
        return await PageShell.TypeAsync(folder, inputs, Prelude, server.Environment.Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value)).Concat(ShellVariables));
    }

    // The build is done, and the command need not be a process.
    private string Prelude => $$"""
        dotnet() { [ "$1" = build ] || command dotnet "$@"; }
        {{(CalledEbops.CanBeCalled ? _ebops.Function : "")}}
        """;

    /// <summary>What the restored shell needs, in any shell that starts it.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> ShellVariables =>
        Shell.Restored.Start().Environment.Where(variable => variable.Key is "PATH" or "NO_COLOR" || variable.Key.StartsWith("DOTNET_", StringComparison.Ordinal));

    /// <summary>Types the start of all pages, and gives the state that the sandbox has then.</summary>
    private async Task<byte[]> StartAsync()
    {
        const string Save = """
            exec 3<>"/dev/tcp/127.0.0.1/${AWS_ENDPOINT_URL##*:}"
            printf 'GET /_sandbox/state HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3
            sed '1,/^\r$/d' <&3 > state.json
            """;
        DirectoryInfo folder = Clone("README");
        if (!Has("zip"))
            FunctionPackage.Write(Path.Combine(folder.FullName, "function.zip"));
        string[] inputs = [.. PageShell.Blocks(Read("README")).Select(block => block.Text)];
        (string Text, string Code)[] seen = await PageShell.TypeAsync(folder, [.. inputs, Save], Prelude + (Has("zip") ? "" : "\nzip() { :; }"));
        Assert.All(seen, block => Assert.True(block.Code == "0", block.Text));
        Assert.Matches(@"STATUS +Installed", seen[^2].Text);
        return await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "state.json"), CliTest.Token);
    }

    /// <summary>A folder with what the blocks use of a clone that is built.</summary>
    private DirectoryInfo Clone(string name)
    {
        DirectoryInfo folder = _folder.CreateSubdirectory(name);
        DirectoryInfo built = folder.CreateSubdirectory(Path.Combine("src", "EventBridgeOps.Lambda", "bin", "Debug"));
        Directory.CreateSymbolicLink(Path.Combine(built.FullName, "net10.0"), Path.GetDirectoryName(FunctionPackage.Program)!);
        Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "examples"), Path.Combine(Root, "examples"));
        return folder;
    }

    /// <summary>The line that runs a block in PowerShell, where the module is imported.</summary>
    private static string PowerShell(DirectoryInfo folder, string name, string typed)
    {
        string[] ebops = EbopsProcess.Command;
        File.WriteAllText(Path.Combine(folder.FullName, name), $$"""
            $ErrorActionPreference = 'Stop'
            function ebops { & '{{ebops[0]}}' '{{ebops[1]}}' @args }
            Import-Module '{{Path.Combine(Root, "EventBridgeOps.psd1")}}'
            {{typed}}
            """);
        return $"pwsh -NoProfile -NonInteractive -File {name}";
    }
}
