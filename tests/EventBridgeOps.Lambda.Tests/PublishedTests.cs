using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using EventBridgeOps.Lambda.Tests.Support;

namespace EventBridgeOps.Lambda.Tests;

/// <summary>The program as it is published: compiled ahead of time, for Amazon Linux 2023.</summary>
public sealed class PublishedTests(PublishedFunction published) : FunctionTest, IClassFixture<PublishedFunction>
{
    [Fact]
    public async Task It_runs_on_Amazon_Linux_2023()
    {
        // https://docs.aws.amazon.com/linux/al2023/ug/compare-with-al2.html: glibc 2.34.
        string text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(published.Path, Token));
        Version[] versions = [.. Regex.Matches(text, @"GLIBC_(2\.\d+(?:\.\d+)?)\0", RegexOptions.None, TimeSpan.FromMinutes(1)).Select(match => Version.Parse(match.Groups[1].Value))];
        Assert.NotEmpty(versions);
        Assert.True(versions.Max() <= new Version(2, 34), $"It needs glibc {versions.Max()}.");
    }

    [Fact]
    public async Task Its_package_has_less_than_10_MB()
    {
        using MemoryStream zipped = new();
        using (ZipArchive package = new(zipped, ZipArchiveMode.Create, leaveOpen: true))
            await package.CreateEntryFromFileAsync(published.Path, "bootstrap", Token);
        Assert.InRange(zipped.Length, 1_000_000, 10_000_000);
    }

    [Fact]
    public async Task It_answers_five_deliveries_of_one_push_with_one_revision_and_survives_what_is_malformed()
    {
        string push = await PushAsync("v2");
        using FakeRuntime runtime = new();
        ProcessStartInfo start = new(published.Path) { RedirectStandardOutput = true };
        start.Environment.Clear();
        foreach ((string name, string value) in Server.Environment.Concat(Settings).Append(new("AWS_LAMBDA_RUNTIME_API", runtime.Address)).Append(new("_HANDLER", "bootstrap")))
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        try
        {
            process.BeginOutputReadLine();
            Assert.True((await runtime.InvokeAsync("[")).IsError);
            for (int delivery = 0; delivery < 5; delivery++)
                Assert.Equal(delivery == 0 ? "" : "true", (await runtime.InvokeAsync(push)).Succeeded()["repeated"]);

            Assert.Equal(["1 v1", "2 v2"], await ImagesAsync());
            Assert.Contains("""Odd":[1.0,1e400]""", (await TargetAsync()).ToJsonString(), StringComparison.Ordinal);
            Assert.Equal("job:2", await JobDefinitionAsync());
            process.Refresh();
            Assert.InRange(process.PeakWorkingSet64, 1, 64 * 1024 * 1024);
        }
        finally
        {
            process.Kill();
        }
    }
}

/// <summary>Publishes the function once.</summary>
public sealed class PublishedFunction : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ebops-published-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "bootstrap");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED: the function is compiled on Linux.");
        ProcessStartInfo start = new("dotnet", ["publish", Repository.Path("src", "EventBridgeOps.Lambda"), "-c", "Release", "-p:FunctionRuntime=linux-x64", "-o", _folder.FullName, "-p:RunAnalyzers=false", "-p:UseSharedCompilation=false", "--nologo", "-v", "q"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // a node that stays keeps these streams open, and they are read to their end
        using Process publishing = Process.Start(start)!;
        Task<string> errors = publishing.StandardError.ReadToEndAsync();
        string output = await publishing.StandardOutput.ReadToEndAsync();
        await publishing.WaitForExitAsync();
        Assert.True(publishing.ExitCode == 0, output + await errors);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
