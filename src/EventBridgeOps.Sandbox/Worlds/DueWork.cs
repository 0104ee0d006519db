using System.Globalization;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Worlds;

/// <summary>Does one kind of planned work.</summary>
internal interface IDueHandler
{
    /// <summary>The kind of work, as it is kept in the state.</summary>
    string Kind { get; }

    /// <summary>Does the work, at the moment for which it was planned.</summary>
    void Run(Operation operation, RawDocument work);
}

/// <summary>Work that is planned for a moment: it is part of the state, so that a restart forgets none of it.</summary>
internal static class DueWork
{
    private const string TableName = "due";

    /// <summary>Plans work in the Region of an operation.</summary>
    public static void Plan(Operation operation, DateTimeOffset at, string kind, RawDocument work) => Plan(operation.State, at, kind, work);

    /// <summary>Plans work in a Region.</summary>
    public static void Plan(Region state, DateTimeOffset at, string kind, RawDocument work) =>
        state[TableName][string.Format(CultureInfo.InvariantCulture, "{0:D19}|{1:D10}", at.UtcTicks, state.NextNumber())] =
            RawDocument.Empty.With("kind", kind).With("work", work);

    /// <summary>When the next work of a Region is due; null if none is planned.</summary>
    public static DateTimeOffset? Next(Region state)
    {
        foreach (KeyValuePair<string, RawDocument> row in state[TableName])
            return MomentOf(row.Key);
        return null;
    }

    /// <summary>Checks the planned work of a Region that was loaded: a moment that cannot be read would end the timer.</summary>
    /// <exception cref="FormatException">A moment is not one.</exception>
    public static void Check(Region state)
    {
        foreach (string key in state[TableName].Keys)
            MomentOf(key);
    }

    /// <summary>Takes the next work of a Region, which must have some.</summary>
    public static (string Kind, RawDocument Work) Take(Region state)
    {
        KeyValuePair<string, RawDocument> first = state[TableName].First();
        state[TableName].Remove(first.Key);
        return (first.Value.Text("kind")!, first.Value.Object("work") ?? RawDocument.Empty);
    }

    private static DateTimeOffset MomentOf(string key) =>
        long.TryParse(key.Split('|')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new(ticks, TimeSpan.Zero)
            : throw new FormatException();
}
