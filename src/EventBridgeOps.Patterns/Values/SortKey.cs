namespace EventBridgeOps.Patterns.Values;

/// <summary>128 bits in whose order numbers, and addresses, stand: what ranges are kept and searched by.</summary>
internal readonly struct SortKey : IComparable<SortKey>, IEquatable<SortKey>
{
    public static readonly SortKey Min = new(0, 0);
    public static readonly SortKey Max = new(ulong.MaxValue, ulong.MaxValue);

    public SortKey(ulong high, ulong low)
    {
        High = high;
        Low = low;
    }

    public ulong High { get; }

    public ulong Low { get; }

    public static bool operator <(SortKey a, SortKey b) => a.High < b.High || (a.High == b.High && a.Low < b.Low);

    public static bool operator >(SortKey a, SortKey b) => b < a;

    public static bool operator <=(SortKey a, SortKey b) => !(b < a);

    public static bool operator >=(SortKey a, SortKey b) => !(a < b);

    public static bool operator ==(SortKey a, SortKey b) => a.High == b.High && a.Low == b.Low;

    public static bool operator !=(SortKey a, SortKey b) => !(a == b);

    /// <summary>The key just above; the highest stays.</summary>
    public SortKey Next() => Low != ulong.MaxValue ? new(High, Low + 1) : High != ulong.MaxValue ? new(High + 1, 0) : this;

    /// <summary>The key just below; the lowest stays.</summary>
    public SortKey Previous() => Low != 0 ? new(High, Low - 1) : High != 0 ? new(High - 1, ulong.MaxValue) : this;

    public int CompareTo(SortKey other) => this < other ? -1 : this == other ? 0 : 1;

    public bool Equals(SortKey other) => this == other;

    public override bool Equals(object? obj) => obj is SortKey other && this == other;

    public override int GetHashCode() => (High, Low).GetHashCode();
}
