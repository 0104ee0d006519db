namespace EventBridgeOps.Patterns.Values;

/// <summary>What kind of scalar an event's value is.</summary>
internal enum FieldValueKind : byte
{
    String,
    Number,
    Literal,
}

/// <summary>One scalar of an event at a path that some rule asks for. What costs something to know is found out once.</summary>
internal struct FieldValue
{
    /// <summary>Offset of the text (a string's inside, escapes resolved) in the event or, if negative, minus one in the unescaped text.</summary>
    public int Start;

    public int Length;

    public FieldValueKind Kind;

    /// <summary>The array element that holds the value; 0 where none does.</summary>
    public int Membership;

    /// <summary>The next value at the same path, or -1.</summary>
    public int Next;

    private Known _number;
    private Known _address;
    private bool _isV4;
    private SortKey _key;

    private enum Known : byte
    {
        Nothing,
        No,
        Perhaps,
        Yes,
    }

    /// <summary>The number's place among all numbers, if this is a number whose place may count. The exactness is asked last, for it costs most.</summary>
    public bool TryNumber(ReadOnlySpan<byte> text, out SortKey key)
    {
        if (_number == Known.Nothing)
        {
            _number = Known.No;
            if (Kind == FieldValueKind.Number)
            {
                _key = NumberKey.Of(text, out bool? comparable);
                _number = comparable switch { true => Known.Yes, null => Known.Perhaps, _ => Known.No };
            }
        }

        key = _key;
        return _number != Known.No;
    }

    /// <summary>Whether the number, whose place is known, takes part in numeric comparison.</summary>
    public bool IsComparable(ReadOnlySpan<byte> text)
    {
        if (_number == Known.Perhaps)
        {
            _number = NumberKey.IsShortest(text, _key) ? Known.Yes : Known.No;
        }

        return _number == Known.Yes;
    }

    /// <summary>The address that a string holds.</summary>
    public bool TryAddress(ReadOnlySpan<byte> text, out SortKey address, out bool isV4)
    {
        if (_address == Known.Nothing)
        {
            _address = Kind == FieldValueKind.String && NetworkAddress.TryParse(text, out _key, out _isV4) ? Known.Yes : Known.No;
        }

        address = _key;
        isV4 = _isV4;
        return _address == Known.Yes;
    }
}
