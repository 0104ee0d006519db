using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>The state of every Region, guarded by one lock: operations take microseconds and are atomic.</summary>
internal sealed class World
{
    private readonly Dictionary<string, Region> regions = new(StringComparer.Ordinal);
    private readonly object gate = new();

    /// <summary>Raised after each change, outside the lock.</summary>
    public event Action? Changed;

    /// <summary>Uses a Region exclusively.</summary>
    public T Use<T>(string region, Func<Region, T> use)
    {
        lock (gate)
        {
            if (!regions.TryGetValue(region, out Region? state))
                regions[region] = state = new();
            return use(state);
        }
    }

    public void UseAll(Action<string, Region> use)
    {
        lock (gate)
        {
            foreach (KeyValuePair<string, Region> region in regions.ToList())
                use(region.Key, region.Value);
        }
    }

    /// <summary>Another number after each change of a Region.</summary>
    public long Version
    {
        get
        {
            lock (gate)
                return regions.Values.Sum(region => region.Version);
        }
    }

    /// <summary>How far the clock of the sandbox was advanced: a part of the state, for its times are.</summary>
    public TimeSpan Ahead { get; set; }

    /// <summary>The earliest of what the Regions say.</summary>
    public DateTimeOffset? Earliest(Func<Region, DateTimeOffset?> next)
    {
        lock (gate)
            return regions.Values.Select(next).Min();
    }

    /// <summary>Uses the Region that says the earliest moment, if one is not after the end.</summary>
    public bool UseNext(Func<Region, DateTimeOffset?> next, DateTimeOffset end, Action<string, Region, DateTimeOffset> use)
    {
        lock (gate)
        {
            (string Name, Region State, DateTimeOffset? At) first = regions.Select(region => (region.Key, region.Value, At: next(region.Value)))
                .Where(region => region.At <= end).OrderBy(region => region.At).FirstOrDefault();
            if (first.At is not { } at)
                return false;

            use(first.Name, first.State, at);
            return true;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        lock (gate)
        {
            regions.Clear();
            Ahead = TimeSpan.Zero;
        }

        SayChanged();
    }

    public void SayChanged() => Changed?.Invoke();

    public byte[] Save()
    {
        lock (gate)
        {
            return Json.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("version", 1);
                writer.WriteNumber("aheadMilliseconds", (long)Ahead.TotalMilliseconds);
                writer.WriteStartObject("regions");
                foreach (KeyValuePair<string, Region> region in regions.OrderBy(region => region.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(region.Key);
                    region.Value.WriteTo(writer);
                }

                writer.WriteEndObject();
                writer.WriteEndObject();
            });
        }
    }

    /// <summary>Replaces the whole state, or nothing if the saved state is not valid.</summary>
    public void Load(ReadOnlyMemory<byte> saved)
    {
        Dictionary<string, Region> loaded;
        TimeSpan ahead;
        try
        {
            JsonElement state = Json.Parse(saved);
            ahead = TimeSpan.FromMilliseconds(state.TryGetProperty("aheadMilliseconds", out JsonElement milliseconds) ? milliseconds.GetInt64() : 0);
            loaded = state.GetProperty("regions").EnumerateObject()
                .ToDictionary(region => region.Name, region => Region.Load(region.Value), StringComparer.Ordinal);
            foreach (Region region in loaded.Values)
                DueWork.Check(region);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new InvalidDataException(StateMessages.NotAState().ToString(), e);
        }

        lock (gate)
        {
            Ahead = ahead;
            regions.Clear();
            foreach (KeyValuePair<string, Region> region in loaded)
                regions[region.Key] = region.Value;
        }

        SayChanged();
    }
}
