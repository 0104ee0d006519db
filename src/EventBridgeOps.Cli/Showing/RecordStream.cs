using EventBridgeOps.Reports;

namespace EventBridgeOps.Cli.Showing;

internal static class RecordStream
{
    /// <summary>Writes what comes, and its end even when it breaks off; a report is told of it too.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="items">What comes; it must end when it is cancelled.</param>
    /// <param name="each">Told of each.</param>
    /// <returns>How many came.</returns>
    public static async Task<int> WriteAllAsync<T>(this RecordWriter<T> writer, IAsyncEnumerable<T> items, Action<T>? each = null)
    {
        int count = 0;
        try
        {
            await foreach (T item in items)
            {
                writer.Write(item);
                writer.Screen.Report?.Add(item);
                each?.Invoke(item);
                count++;
            }
        }
        finally
        {
            writer.End();
        }

        return count;
    }

    public static async IAsyncEnumerable<T> ToAsync<T>(this IEnumerable<T> items)
    {
        await Task.CompletedTask;
        foreach (T item in items)
            yield return item;
    }
}
