using EventBridgeOps.Sandbox.Batch;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Engines;

/// <summary>What the command of one attempt of a job says, until it is in the log of the job. Lines are written by many at a time, for each write holds the world.</summary>
/// <param name="now">The clock of the sandbox.</param>
/// <param name="heard">Called when there are lines and no write is on its way.</param>
internal sealed class JobOutput(Func<DateTimeOffset> now, Action<JobOutput> heard)
{
    /// <summary>What an attempt writes beyond this many lines is not kept.</summary>
    private const int MostLines = 10_000;

    private readonly object gate = new();
    private List<(long Timestamp, string Message)> waiting = [];
    private int lines;
    private bool isOnItsWay;

    public void Hear(string line)
    {
        long at = now().ToUnixTimeMilliseconds(); // Before the lock, for the clock has its own.
        lock (gate)
        {
            if (line.Length == 0 || lines == MostLines)
                return; // CloudWatch Logs takes no empty events.
            lines++;
            waiting.Add((at, lines < MostLines ? line : EngineMessages.LogCut(MostLines).ToString()));
            if (isOnItsWay)
                return;
            isOnItsWay = true;
        }

        heard(this);
    }

    /// <summary>Writes what was heard to the log of the job.</summary>
    public void Write(Operation operation, RawDocument job)
    {
        List<(long Timestamp, string Message)> taken;
        lock (gate)
        {
            taken = waiting;
            waiting = [];
            isOnItsWay = false;
        }

        if (JobContainers.Logged(job) is { } container)
            JobLog.Write(operation, container, taken);
    }
}
