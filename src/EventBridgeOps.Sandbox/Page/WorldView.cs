using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Page;

/// <summary>Makes what the page shows of the state: a bounded part of it, whatever its size.</summary>
internal sealed class WorldView(string region, World world, Account account)
{
    private const int MostRegions = 20;

    public WorldShown Now()
    {
        List<(string Name, Region State)> snapshots = [];
        DateTimeOffset? time = null;
        world.UseAll((name, state) =>
        {
            // Only copied under the lock, which every call waits for; and only there the clock is sure not to stand at a moment of planned work.
            time = account.Time.GetUtcNow();
            snapshots.Add((name, state.Snapshot(IsShown)));
        });

        List<RegionShown> regions = snapshots
            .OrderBy(each => each.Name == region ? 0 : 1).ThenBy(each => each.Name, StringComparer.Ordinal)
            .Select(each => Show(each.Name, each.State))
            .Where(each => !each.IsEmpty).ToList();
        return new(account.Id, region, time ?? account.Time.GetUtcNow(), (long)account.Time.Ahead.TotalSeconds, Some<RegionShown>.Of(regions, MostRegions));
    }

    private static bool IsShown(string table) =>
        table is "buses" or "rules" or "targets" or "queues" or "jobs" or "jobDefinitions" or "jobQueues" || table.StartsWith("queue/", StringComparison.Ordinal);

    private RegionShown Show(string place, Region state)
    {
        (Account owner, string name) = account.All.At(place);
        Operation operation = Operation.OfService(name, state, owner);
        return new(place, RuleView.Buses(operation), QueueView.Of(operation), JobView.Of(operation));
    }
}

/// <summary>What the page shows of the state.</summary>
internal sealed record WorldShown(string AccountId, string Region, DateTimeOffset Time, long AheadSeconds, Some<RegionShown> Regions);

/// <summary>A Region.</summary>
internal sealed record RegionShown(string Name, Some<BusShown> Buses, Some<QueueShown> Queues, Some<JobShown> Jobs)
{
    /// <summary>Whether there is nothing but the default event bus, which every Region has.</summary>
    public bool IsEmpty =>
        Queues.Items.Count == 0 && Jobs.Items.Count == 0 && Buses.Items.All(bus => bus.Name == Events.Names.BusName.Default && bus.Rules.Items.Count + bus.Rules.More == 0);
}

/// <summary>The first of many, and how many more there are.</summary>
internal sealed record Some<T>(IReadOnlyList<T> Items, int More)
{
    public static Some<T> Of(IReadOnlyCollection<T> all, int most) => new([.. all.Take(most)], Math.Max(0, all.Count - most));

    /// <summary>Makes only those that are shown.</summary>
    public static Some<T> Of<TFrom>(IReadOnlyCollection<TFrom> all, int most, Func<TFrom, T> show) =>
        new([.. all.Take(most).Select(show)], Math.Max(0, all.Count - most));
}
