using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Showing;

internal static class RecordStream
{
    /// <summary>Writes all items, and the end of the output even if the run is interrupted. The report also receives each item.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="items">The items; the stream must end when it is cancelled.</param>
    /// <param name="each">Called for each item.</param>
    /// <returns>The number of items.</returns>
    public static async Task<int> WriteAllAsync<T>(this RecordWriter<T> writer, IAsyncEnumerable<T> items, Action<T>? each = null)
        where T : class
    {
        int count = 0;
        bool ended = false;
        try
        {
            await foreach (T item in items)
            {
                writer.Write(item);
                writer.Screen.Report?.Add(item);
                each?.Invoke(item);
                count++;
            }

            ended = true;
        }
        finally
        {
            if (!ended)
                writer.Interrupt();
        }

        writer.End();

        return count;
    }

    /// <summary>Writes what was found, or says that nothing was; failures say more than that.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="items">The items; the stream must end when it is cancelled.</param>
    /// <param name="nothing">Says what was looked for.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> ListAsync<T>(this RecordWriter<T> writer, IAsyncEnumerable<T> items, Func<Message> nothing)
        where T : class
    {
        if (await writer.WriteAllAsync(items) == 0 && writer.Screen.Failures == 0)
            writer.Screen.Say(nothing());
        return writer.Screen.FailureCode ?? ExitCode.Done;
    }

    public static async IAsyncEnumerable<T> ToAsync<T>(this IEnumerable<T> items)
    {
        await Task.CompletedTask;
        foreach (T item in items)
            yield return item;
    }
}
