using System.Text.Json;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>Every region's state. One lock guards it: an operation takes microseconds, and each is seen whole or not at all.</summary>
internal sealed class World
{
    private readonly Dictionary<string, Region> regions = new(StringComparer.Ordinal);
    private readonly object gate = new();

    /// <summary>Raised after each change, outside the lock.</summary>
    public event Action? Changed;

    /// <summary>Does something with a region while nobody else does.</summary>
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

    /// <summary>Replaces everything, or, if that cannot be read, nothing.</summary>
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
            throw new InvalidDataException("This is not a saved sandbox state: " + e.Message, e);
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
