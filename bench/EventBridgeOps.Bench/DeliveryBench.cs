using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace EventBridgeOps.Bench;

/// <summary>Events onto many rules over four queues: sent and received by one boto3 program, on the sandbox and on moto.</summary>
internal static class DeliveryBench
{
    private sealed record Result(string Name, int Events, double Send, double Receive, int Lost, int Twice, double Megabytes)
    {
        public double PerSecond => Events / Send;
    }

    public static async Task<int> RunAsync(Options options)
    {
        int events = options.Number("--events", 100_000), rules = options.Number("--rules", 1_000), motoEvents = options.Number("--moto-events", 200);
        Console.WriteLine($"{Text(events)} events onto {Text(rules)} rules over 4 queues. {Environment.ProcessorCount} cores, {Repository.Configuration} build.");
        List<Result?> results = [];
        using (SandboxChild sandbox = await SandboxChild.StartAsync(latency: 0, rate: 0))
            results.Add(await MeasureAsync("sandbox", sandbox.Environment, events, rules, () => sandbox.PeakMegabytes));
        results.Add(await OnMotoAsync(motoEvents, rules));
        Table.Print(
        [
            ["emulator", "events", "sent in", "events/s", "received in", "lost", "twice", "peak memory"],
            .. results.OfType<Result>().Select(result => new[]
            {
                result.Name, Text(result.Events), Seconds(result.Send), Text(Math.Round(result.PerSecond, 1)), Seconds(result.Receive), Text(result.Lost), Text(result.Twice), $"{Text(Math.Round(result.Megabytes))} MB",
            }),
        ]);
        if (results is [{ } ours, { } moto])
            Console.WriteLine($"The sandbox delivers {Text(Math.Round(ours.PerSecond / moto.PerSecond))} times as many events a second as moto.");
        return results[0] is { Lost: 0, Twice: 0 } ? 0 : 1;
    }

    private static async Task<Result?> OnMotoAsync(int events, int rules)
    {
        int port = FreePort();
        using Process moto = new() { StartInfo = new("moto_server", ["-p", Text(port)]) { RedirectStandardOutput = true, RedirectStandardError = true } };
        try
        {
            moto.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Console.WriteLine("moto_server is not on the PATH, so there is no comparison.");
            return null;
        }

        moto.BeginOutputReadLine();
        moto.BeginErrorReadLine();
        try
        {
            Dictionary<string, string> environment = new()
            {
                ["AWS_ENDPOINT_URL"] = $"http://127.0.0.1:{Text(port)}",
                ["AWS_ACCESS_KEY_ID"] = "test",
                ["AWS_SECRET_ACCESS_KEY"] = "test",
                ["AWS_DEFAULT_REGION"] = StaleAccount.Region,
            };
            await AnswersAsync(port);
            return await MeasureAsync("moto", environment, events, rules, () => Megabytes(moto));
        }
        finally
        {
            moto.Kill(entireProcessTree: true);
        }
    }

    private static async Task<Result?> MeasureAsync(string name, IReadOnlyDictionary<string, string> environment, int events, int rules, Func<double> megabytes)
    {
        Console.WriteLine($"Running {name} ...");
        Command.Run run = await new Command("python3", Repository.Peer("deliver.py"), environment["AWS_ENDPOINT_URL"], Text(events), Text(rules)).RunAsync(environment);
        if (!run.Succeeded)
        {
            Console.WriteLine($"{name}: {run.LastWord}");
            return null;
        }

        using JsonDocument figures = JsonDocument.Parse(run.Output);
        double Figure(string member) => figures.RootElement.GetProperty(member).GetDouble();
        return new(name, events, Figure("send"), Figure("receive"), (int)Figure("lost"), (int)Figure("twice"), megabytes());
    }

    internal static double Megabytes(Process process)
    {
        process.Refresh();
        return process.PeakWorkingSet64 / 1024.0 / 1024;
    }

    private static async Task AnswersAsync(int port)
    {
        while (true)
        {
            using TcpClient client = new();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Seconds(double seconds) => $"{Text(Math.Round(seconds, 1))} s";

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
