using System.Diagnostics;
using System.Text.Json;

namespace EventBridgeOps.Sandbox.Tests.Page.Browser;

/// <summary>
/// A real browser, driven by Playwright for Node.js. Tests take the Chromium of the machine. On a CI machine that has none they get Debian's,
/// into the folder of the tests; elsewhere they install nothing, and are skipped.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Page", "Browser");

    private Process? driver;
    private string? missing;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Own => Path.Combine(Folder, "chromium");

    private static string OwnProgram => Path.Combine(Own, "root", "usr", "lib", "chromium", "chromium");

    public async ValueTask InitializeAsync() => missing = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (driver is null)
            return;
        driver.StandardInput.Close(); // It ends the browser, and then itself.
        await driver.WaitForExitAsync(CancellationToken.None);
        driver.Dispose();
    }

    /// <summary>Opens a new page, of which nothing is kept from others.</summary>
    public async Task OpenAsync(Uri url, int width = 1280, int height = 900, string scheme = "light")
    {
        if (missing is not null)
            Assert.Skip($"SKIPPED: {missing}");
        await SendAsync(new { command = "open", width, height, scheme });
        await SendAsync(new { command = "goto", url });
    }

    /// <summary>The value of an expression of JavaScript in the page.</summary>
    public Task<JsonElement> EvaluateAsync(string expression) => SendAsync(new { command = "evaluate", expression });

    /// <summary>Waits until an expression is true.</summary>
    public Task WaitForAsync(string expression) => SendAsync(new { command = "waitFor", expression });

    public Task ClickAsync(string selector) => SendAsync(new { command = "click", selector });

    public Task FillAsync(string selector, string text) => SendAsync(new { command = "fill", selector, text });

    public Task PressAsync(string key) => SendAsync(new { command = "press", key });

    /// <summary>The errors and warnings on the console, and the addresses of all requests.</summary>
    public async Task<(List<string> Errors, List<string> Requests)> SeenAsync()
    {
        JsonElement seen = await SendAsync(new { command = "seen" });
        return (Texts("errors"), Texts("requests"));

        List<string> Texts(string member) => [.. seen.GetProperty(member).EnumerateArray().Select(text => text.GetString()!)];
    }

    /// <summary>Starts the browser.</summary>
    /// <returns>What is missing for it; null if it runs.</returns>
    private async Task<string?> StartAsync()
    {
        if ((await Child.TryRun("node", ["--version"], Nothing)).ExitCode != 0)
            return "node is needed to look at the page in a browser.";
        string? program = Environment.GetEnvironmentVariable("EBOPS_TEST_CHROMIUM") ?? OnPath() ?? await GetAsync();
        if (program is null)
            return "Chromium is needed to look at the page in a browser.";
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "playwright-core")))
        {
            (int exitCode, _, string errors) = await Child.TryRun("npm", ["ci", "--prefix", Folder, "--ignore-scripts", "--no-audit", "--no-fund"], Nothing);
            if (exitCode != 0)
                return $"playwright-core is needed to look at the page in a browser: {errors}";
        }

        ProcessStartInfo start = new("node", [Path.Combine(Folder, "driver.mjs"), program]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (program == OwnProgram)
        {
            string libraries = Directory.GetDirectories(Path.Combine(Own, "root", "usr", "lib"), "*-linux-gnu*").FirstOrDefault() ?? "";
            start.Environment["LD_LIBRARY_PATH"] = $"{libraries}:{libraries}/pulseaudio";
        }

        driver = Process.Start(start)!;
        await ReadAsync();
        return null;
    }

    private static Dictionary<string, string> Nothing => [];

    private static string? OnPath() => (
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        from name in Names
        let file = Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)
        where File.Exists(file)
        select file).FirstOrDefault();

    private static async Task<string?> GetAsync()
    {
        if (!File.Exists(OwnProgram) && OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("CI") == "true")
        {
            (int exitCode, _, string errors) = await Child.TryRun("sh", [Path.Combine(Folder, "get-chromium.sh"), Own], Nothing);
            if (exitCode != 0)
                TestContext.Current.SendDiagnosticMessage("Chromium could not be downloaded: {0}", errors);
        }

        return File.Exists(OwnProgram) ? OwnProgram : null;
    }

    private async Task<JsonElement> SendAsync(object command)
    {
        await driver!.StandardInput.WriteLineAsync(JsonSerializer.Serialize(command).AsMemory(), Token);
        await driver.StandardInput.FlushAsync(Token);
        return await ReadAsync();
    }

    private async Task<JsonElement> ReadAsync()
    {
        string line = await driver!.StandardOutput.ReadLineAsync(Token) ?? throw new InvalidOperationException("The browser has ended.");
        JsonElement answer = JsonDocument.Parse(line).RootElement;
        return answer.TryGetProperty("error", out JsonElement error) ? throw new InvalidOperationException(error.GetString()) : answer.GetProperty("result");
    }
}
