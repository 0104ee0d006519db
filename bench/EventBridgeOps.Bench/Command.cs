using System.ComponentModel;
using System.Diagnostics;

namespace EventBridgeOps.Bench;

/// <summary>A program to be run and timed.</summary>
/// <param name="Program">Its name or path.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record Command(string Program, params string[] Arguments)
{
    /// <summary>What a run came to.</summary>
    /// <param name="ExitCode">Its exit code; null when there is no such program.</param>
    /// <param name="Time">From before the start to after the end.</param>
    /// <param name="Output">What it wrote to its output.</param>
    /// <param name="Errors">What it wrote to its error stream.</param>
    public sealed record Run(int? ExitCode, TimeSpan Time, string Output, string Errors)
    {
        public bool Succeeded => ExitCode == 0;

        /// <summary>The last thing that it had to say.</summary>
        public string LastWord => (Errors + "\n" + Output).Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.Length > 0) ?? "";
    }

    public async Task<Run> RunAsync(IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        ProcessStartInfo info = new(Program, Arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string? value) in environment ?? [])
            info.Environment[name] = value;
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            using Process process = Process.Start(info)!;
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return new(process.ExitCode, watch.Elapsed, await output, await errors);
        }
        catch (Win32Exception e)
        {
            return new(null, watch.Elapsed, "", e.Message);
        }
    }
}
