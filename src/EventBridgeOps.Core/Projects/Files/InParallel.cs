using System.Runtime.ExceptionServices;

namespace EventBridgeOps.Projects.Files;

/// <summary>Does work side by side. What is found is in the order of the work.</summary>
internal static class InParallel
{
    /// <summary>Reads each of some files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="read">Reads one, and adds its faults.</param>
    /// <param name="faults">Receives the faults of all.</param>
    public static IReadOnlyList<TResult> Each<TFile, TResult>(IReadOnlyList<TFile> files, Func<TFile, ICollection<ProjectFault>, TResult> read, ICollection<ProjectFault> faults)
    {
        IReadOnlyList<(TResult Result, List<ProjectFault> Faults)> all = Each(files, file =>
        {
            List<ProjectFault> own = [];
            return (read(file, own), own);
        }, CancellationToken.None);
        foreach (ProjectFault fault in all.SelectMany(each => each.Faults))
            faults.Add(fault);
        return [.. all.Select(each => each.Result)];
    }

    /// <summary>Works on each of some items.</summary>
    /// <param name="items">The items.</param>
    /// <param name="work">Works on one.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static IReadOnlyList<TResult> Each<TItem, TResult>(IReadOnlyList<TItem> items, Func<TItem, TResult> work, CancellationToken cancellationToken)
    {
        TResult[] results = new TResult[items.Count];
        try
        {
            Parallel.For(0, items.Count, new ParallelOptions { CancellationToken = cancellationToken }, index => results[index] = work(items[index]));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Capture(e.InnerExceptions[0]).Throw();
        }

        return results;
    }
}
