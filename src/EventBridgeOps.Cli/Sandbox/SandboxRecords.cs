using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.Administration;
using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Cli.Sandbox;

/// <summary>A running sandbox.</summary>
internal sealed record SandboxRecord(Uri Endpoint, int ProcessId, string Engine, IReadOnlyDictionary<string, string> Environment);

/// <summary>The sandboxes that this user runs: one file for each, in a private folder.</summary>
internal sealed class SandboxRecords(string folder)
{
    private const string Prefix = "sandbox-";
    private const string Suffix = ".json";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The records of the current user: <c>$XDG_RUNTIME_DIR/ebops</c>, else <c>$XDG_CACHE_HOME/ebops</c>, else <c>~/.cache/ebops</c>; on Windows <c>%LOCALAPPDATA%\EventBridgeOps</c>.</summary>
    public static SandboxRecords OfUser(Func<string, string?> environment)
    {
        if (OperatingSystem.IsWindows() && environment("LOCALAPPDATA") is { Length: > 0 } local)
            return new SandboxRecords(Path.Combine(local, "EventBridgeOps"));
        foreach (string variable in new[] { "XDG_RUNTIME_DIR", "XDG_CACHE_HOME" })
        {
            if (environment(variable) is { Length: > 0 } given)
                return new SandboxRecords(Path.Combine(given, "ebops"));
        }

        return environment("HOME") is { Length: > 0 } home
            ? new SandboxRecords(Path.Combine(home, ".cache", "ebops"))
            : throw new SandboxException(SandboxCommandMessages.NoRecordFolder());
    }

    /// <summary>Records a sandbox of this process until the entry is disposed.</summary>
    public Entry Add(ISandboxEngine engine)
    {
        PrivateFiles.CreateFolder(folder);
        Check();
        JsonObject record = new()
        {
            ["endpoint"] = engine.Endpoint.ToString(),
            ["pid"] = Environment.ProcessId,
            ["engine"] = engine.Name,
            ["environment"] = new JsonObject(engine.Environment.Select(variable => KeyValuePair.Create(variable.Key, (JsonNode?)variable.Value))),
        };
        string path = PathOf(engine.Endpoint);
        PrivateFiles.Write(path, System.Text.Encoding.UTF8.GetBytes(record.ToJsonString()));
        return new Entry(path);
    }

    /// <summary>The sandbox of a process; null if it has none (yet).</summary>
    public SandboxRecord? OfProcess(int processId) => Read().FirstOrDefault(record => record.ProcessId == processId);

    /// <summary>Finds the sandbox to use; null if none is running, or if the environment points to a local endpoint that has no record.</summary>
    /// <param name="given">The endpoint that the user specified.</param>
    /// <param name="likely">The endpoint to which the environment points: if it is local, no other one is meant.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="SandboxException">Several sandboxes match, or the specified one is not a sandbox of this user.</exception>
    public async Task<SandboxRecord?> FindAsync(string? given, string? likely, CancellationToken cancellationToken)
    {
        List<SandboxRecord> running = [];
        foreach (SandboxRecord record in Read())
        {
            if (await AnswersAsync(record, cancellationToken))
                running.Add(record);
            else
                File.Delete(PathOf(record.Endpoint)); // Its process was killed and could not clean up.
        }

        if (given is not null)
            return running.Find(record => IsAt(record, given)) ?? throw new SandboxException(SandboxCommandMessages.NotFound(given, List(running)));
        return running.Find(record => IsAt(record, likely)) ?? running.Count switch
        {
            0 => null,
            _ when IsLocal(likely) => null, // That of a PowerShell session, or one that was stopped.
            1 => running[0],
            _ => throw new SandboxException(SandboxCommandMessages.SeveralRunning(List(running))),
        };
    }

    /// <summary>Stops a sandbox and waits until it has stopped.</summary>
    public async Task StopAsync(SandboxRecord record, TimeProvider time, CancellationToken cancellationToken)
    {
        if (record.Engine == "built-in")
        {
            using SandboxAdmin admin = new(record.Endpoint.ToString(), time);
            await admin.StopAsync(cancellationToken);
        }
        else
        {
            // moto has no such door; it ends with the process that holds it.
            using Process holder = Process.GetProcessById(record.ProcessId);
            holder.Kill(entireProcessTree: OperatingSystem.IsWindows());
        }

        long start = time.GetTimestamp();
        while (await AnswersAsync(record, cancellationToken))
        {
            if (time.GetElapsedTime(start) > Patience)
                throw new SandboxException(SandboxCommandMessages.DoesNotStop(record.Endpoint, record.ProcessId));
            await Task.Delay(Interval, time, cancellationToken);
        }

        File.Delete(PathOf(record.Endpoint));
    }

    private string PathOf(Uri endpoint) => Path.Combine(folder, $"{Prefix}{endpoint.Port.ToString(CultureInfo.InvariantCulture)}{Suffix}");

    private List<SandboxRecord> Read()
    {
        if (!Directory.Exists(folder))
            return [];
        Check();
        return [.. Directory.GetFiles(folder, $"{Prefix}*{Suffix}").Select(TryRead).OfType<SandboxRecord>()];
    }

    /// <summary>Rejects a folder that other users can write to: a shell would use its variables, and a process that it names would be killed.</summary>
    private void Check()
    {
        if (PrivateFiles.Fault(folder) is { } fault)
            throw new SandboxException(SandboxCommandMessages.RecordsNotTrusted(fault));
    }

    private static SandboxRecord? TryRead(string path)
    {
        try
        {
            JsonNode record = JsonNode.Parse(File.ReadAllText(path))!;
            return new SandboxRecord(
                new Uri((string)record["endpoint"]!),
                (int)record["pid"]!,
                (string)record["engine"]!,
                record["environment"]!.AsObject().ToDictionary(variable => variable.Key, variable => (string)variable.Value!));
        }
        catch (Exception e) when (e is JsonException or IOException or InvalidOperationException or NullReferenceException or FormatException or ArgumentException)
        {
            return null; // Not one of ours, or removed since.
        }
    }

    /// <summary>Whether a URL is one of this computer.</summary>
    public static bool IsLocal(string? endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? url) && url.IsLoopback;

    /// <summary>Whether a URL is that of the sandbox.</summary>
    public static bool IsAt(SandboxRecord record, string? endpoint) => IsLocal(endpoint) && new Uri(endpoint!).Port == record.Endpoint.Port;

    private static Message List(List<SandboxRecord> running) =>
        running.Count == 0 ? SandboxCommandMessages.NoRunning() : SandboxCommandMessages.Running(running.Select(record => record.Endpoint));

    private static async Task<bool> AnswersAsync(SandboxRecord record, CancellationToken cancellationToken)
    {
        using TcpClient client = new();
        try
        {
            await client.ConnectAsync(record.Endpoint.Host, record.Endpoint.Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The record of one sandbox, deleted when the sandbox stops.</summary>
    internal sealed class Entry(string path) : IDisposable
    {
        public void Dispose() => File.Delete(path);
    }
}
