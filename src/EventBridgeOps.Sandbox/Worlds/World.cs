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

    public void UseAll(Action<Region> use)
    {
        lock (gate)
        {
            foreach (Region region in regions.Values)
                use(region);
        }
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
        try
        {
            loaded = Json.Parse(saved).GetProperty("regions").EnumerateObject()
                .ToDictionary(region => region.Name, region => Region.Load(region.Value), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException(StateMessages.NotAState().ToString(), e);
        }

        lock (gate)
        {
            regions.Clear();
            foreach (KeyValuePair<string, Region> region in loaded)
                regions[region.Key] = region.Value;
        }

        SayChanged();
    }
}
