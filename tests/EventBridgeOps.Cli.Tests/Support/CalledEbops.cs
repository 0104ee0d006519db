using System.Net;
using System.Net.Sockets;
using System.Text;
using EventBridgeOps.Cli.Hosting;

namespace EventBridgeOps.Cli.Tests.Support;

/// <summary>
/// The command in the process of the test, for shells that call it: it writes to their outputs, in their folder and with their environment. A process for
/// each call would compile the command each time, which takes longer than most calls.
/// </summary>
internal sealed class CalledEbops : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _runs = [];
    private readonly Task _calls;

    public CalledEbops()
    {
        _listener.Start();
        _calls = AnswerAsync();
    }

    /// <summary>Whether a shell's outputs can be opened by the number of its process here.</summary>
    public static bool CanBeCalled => OperatingSystem.IsLinux();

    /// <summary>The function for bash. What starts a sandbox in the background needs a process of its own, and gets it.</summary>
    public string Function => $$"""
        ebops() {
          if [ "$1 $2" = 'sandbox start' ]; then '{{EbopsProcess.Command[0]}}' '{{EbopsProcess.Command[1]}}' "$@"; return; fi
          local call out err code
          exec {call}<>/dev/tcp/127.0.0.1/{{((IPEndPoint)_listener.LocalEndpoint).Port}} {out}>&1 {err}>&2
          { printf '%s\0' "/proc/$BASHPID/fd/$out" "/proc/$BASHPID/fd/$err" "$PWD" "$#" "$@"; env -0; printf '\0'; } >&"$call"
          read -r code <&"$call"
          exec {call}>&- {out}>&- {err}>&-
          return "$code"
        }
        """;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await Task.WhenAll(_runs);
        await _calls.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AnswerAsync()
    {
        while (true)
        {
            TcpClient call = await _listener.AcceptTcpClientAsync(_end.Token);
            _runs.Add(Task.Run(() => RunAsync(call), _end.Token));
        }
    }

    private async Task RunAsync(TcpClient call)
    {
        using (call)
        {
            await using NetworkStream stream = call.GetStream();
            using StreamReader reader = new(stream);
            await using StreamWriter output = Output(await WordAsync(reader), autoFlush: false);
            await using StreamWriter error = Output(await WordAsync(reader), autoFlush: true);
            string folder = await WordAsync(reader);
            string[] args = new string[int.Parse(await WordAsync(reader), null)];
            for (int i = 0; i < args.Length; i++)
                args[i] = await WordAsync(reader);
            Dictionary<string, string> environment = [];
            while (await WordAsync(reader) is { Length: > 0 } variable)
                environment[variable.Split('=')[0]] = variable[(variable.IndexOf('=', StringComparison.Ordinal) + 1)..];

            Terminal terminal = new() { Out = output, Error = error, Environment = environment.GetValueOrDefault, Variables = () => environment, Folder = folder };
            int code = await Program.RunAsync(args, terminal, _end.Token);
            await output.FlushAsync(_end.Token);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{code}\n"), _end.Token);
        }
    }

    private static StreamWriter Output(string path, bool autoFlush) =>
        new(new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0), new UTF8Encoding(false)) { AutoFlush = autoFlush };

    private static async Task<string> WordAsync(StreamReader reader)
    {
        StringBuilder word = new();
        char[] one = new char[1];
        while (await reader.ReadAsync(one) == 1 && one[0] != '\0')
            word.Append(one[0]);
        return word.ToString();
    }
}
