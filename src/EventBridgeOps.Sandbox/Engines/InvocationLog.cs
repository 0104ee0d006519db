using System.Globalization;
using System.Text;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Engines;

/// <summary>What a function said during an invocation, between the lines that Lambda writes.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html</remarks>
internal sealed class InvocationLog
{
    /// <summary>X-Amz-Log-Result has the last 4 KB: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html.</summary>
    private const int MostBytes = 4096;

    /// <summary>What an invocation writes beyond this many lines is not kept.</summary>
    private const int MostLines = 10_000;

    private readonly StringBuilder text = new();
    private readonly List<string> lines = [];

    public void Start(string requestId) => Write($"START RequestId: {requestId} Version: $LATEST");

    public void Write(string line)
    {
        lock (text)
        {
            if (lines.Count < MostLines)
                lines.Add(line);
            text.Append(line).Append('\n');
            if (text.Length > 4 * MostBytes)
                text.Remove(0, text.Length - MostBytes);
        }
    }

    /// <summary>What was written since the last invocation: the last 4 KB, and the lines.</summary>
    public (byte[] Tail, IReadOnlyList<string> Lines) End(Invocation invocation, TimeSpan duration)
    {
        Write($"END RequestId: {invocation.RequestId}");
        Write(string.Format(
            CultureInfo.InvariantCulture,
            "REPORT RequestId: {0}\tDuration: {1:F2} ms\tBilled Duration: {2:F0} ms\tMemory Size: {3} MB",
            invocation.RequestId, duration.TotalMilliseconds, Math.Ceiling(duration.TotalMilliseconds), invocation.Function.Number("MemorySize")));
        lock (text)
        {
            byte[] all = Encoding.UTF8.GetBytes(text.ToString());
            string[] said = [.. lines];
            text.Clear();
            lines.Clear();
            return (all.Length <= MostBytes ? all : all.Skip(all.Length - MostBytes).ToArray(), said);
        }
    }
}
