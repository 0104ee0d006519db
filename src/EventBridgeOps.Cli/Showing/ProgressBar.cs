using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Cli.Showing;

internal static class ProgressBar
{
    private const int Cells = 20;

    /// <summary>One line within the width: the activity, its progress, and the current item.</summary>
    public static string Text(RunProgress progress, int width)
    {
        string bar = "";
        string count = $"{progress.Done}";
        if (progress.Total is { } total and > 0)
        {
            int full = Cells * Math.Min(progress.Done, total) / total;
            bar = $" [{new string('#', full)}{new string('-', Cells - full)}]";
            count = $"{progress.Done}/{total}";
        }

        return CutText.CutEnd(InertText.OneLine($"{progress.Activity.In(CommandLineVoice.Instance)}{bar} {count} {progress.Current}".TrimEnd()), width);
    }
}
