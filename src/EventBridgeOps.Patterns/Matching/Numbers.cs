namespace EventBridgeOps.Patterns.Matching;

/// <summary>Small numbers, given out and taken back, so that notes can be kept in arrays.</summary>
internal sealed class Numbers
{
    private readonly Stack<int> _free = new();

    /// <summary>One more than the highest number given out.</summary>
    public int Limit { get; private set; }

    public int InUse => Limit - _free.Count;

    public int Take() => _free.Count > 0 ? _free.Pop() : Limit++;

    public void Free(int number) => _free.Push(number);
}
