using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Events;

/// <summary>
/// The values of one event at the paths that rules ask for, in the order of the text, each with the array elements that hold
/// it. Used over and over; nothing is cleared between events, for what is of another event has another stamp.
/// </summary>
internal sealed class EventFields
{
    private FieldValue[] _values = new FieldValue[64];
    private FieldSlot[] _slots = new FieldSlot[16];
    private int[] _present = new int[16];
    private ArrayElement[] _elements = new ArrayElement[16];
    private byte[] _unescaped = new byte[256];
    private int[] _arrayEnd = new int[16];
    private int _unescapedLength;
    private int _valueCount;
    private int _elementCount;
    private int _arrayCount;
    private int _stamp;

    private struct FieldSlot
    {
        public int Stamp;
        public int First;
        public int Last;
        public bool InArray;
        public bool AllInArray;
    }

    /// <summary>An object or array that is an element of an array; plain scalars in an array are no such members.</summary>
    /// <param name="Parent">The element that holds the array; 0 for none.</param>
    /// <param name="Array">The array's number.</param>
    /// <param name="Index">The element's place in it.</param>
    /// <param name="Depth">How many elements hold it, itself among them.</param>
    public readonly record struct ArrayElement(int Parent, int Array, int Index, int Depth);

    /// <summary>The numbers of the fields that the event has, in the order in which they came up.</summary>
    public ReadOnlySpan<int> Present => _present.AsSpan(0, PresentCount);

    public int PresentCount { get; private set; }

    /// <summary>Whether any value is held by an array's element.</summary>
    public bool HasElements => _elementCount > 1;

    /// <summary>How many arrays hold values.</summary>
    public int ArrayCount => _arrayCount;

    /// <summary>Begins an event.</summary>
    public void Clear(int fieldCount)
    {
        if (_slots.Length < fieldCount)
        {
            Array.Resize(ref _slots, fieldCount * 2);
            Array.Resize(ref _present, fieldCount * 2);
        }

        if (++_stamp == 0)
        {
            Array.Clear(_slots, 0, _slots.Length);
            _stamp = 1;
        }

        PresentCount = 0;
        _valueCount = 0;
        _elementCount = 1;
        _arrayCount = 0;
        _unescapedLength = 0;
    }

    /// <summary>A new array's number.</summary>
    public int BeginArray()
    {
        if (_arrayCount == _arrayEnd.Length)
        {
            Array.Resize(ref _arrayEnd, _arrayEnd.Length * 2);
        }

        return _arrayCount++;
    }

    /// <summary>Says that an array has no more elements.</summary>
    public void EndArray(int array) => _arrayEnd[array] = _elementCount;

    /// <summary>The first element that came up after an array had ended.</summary>
    public int EndOf(int array) => _arrayEnd[array];

    /// <summary>An element of an array.</summary>
    public int Element(int parent, int array, int index)
    {
        if (_elementCount == _elements.Length)
        {
            Array.Resize(ref _elements, _elements.Length * 2);
        }

        _elements[_elementCount] = new ArrayElement(parent, array, index, parent == 0 ? 1 : _elements[parent].Depth + 1);
        return _elementCount++;
    }

    public ArrayElement ElementAt(int element) => _elements[element];

    /// <summary>Notes a value.</summary>
    /// <param name="field">The field's number.</param>
    /// <param name="text">The event.</param>
    /// <param name="start">Where the value's text begins; for a string, after the quote.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="membership">The array element that holds it; 0 for none.</param>
    /// <param name="mayHaveEscapes">Whether it is a string of an event that has escapes.</param>
    public void Add(int field, ReadOnlySpan<byte> text, int start, int length, FieldValueKind kind, int membership, bool mayHaveEscapes)
    {
        if (_valueCount == _values.Length)
        {
            Array.Resize(ref _values, _values.Length * 2);
        }

        int at = _valueCount++;
        ref FieldValue value = ref _values[at];
        value = default;
        value.Kind = kind;
        value.Membership = membership;
        value.Next = -1;
        value.Start = start;
        value.Length = length;
        if (mayHaveEscapes && text.Slice(start, length).IndexOf((byte)'\\') >= 0)
        {
            Unescape(ref value, text.Slice(start, length));
        }

        ref FieldSlot slot = ref _slots[field];
        if (slot.Stamp != _stamp)
        {
            slot.Stamp = _stamp;
            slot.First = at;
            slot.InArray = membership != 0;
            slot.AllInArray = membership != 0;
            _present[PresentCount++] = field;
        }
        else
        {
            _values[slot.Last].Next = at;
            slot.InArray |= membership != 0;
            slot.AllInArray &= membership != 0;
        }

        slot.Last = at;
    }

    /// <summary>A field's first value, or -1 where the event has none.</summary>
    public int First(int field) => _slots[field].Stamp == _stamp ? _slots[field].First : -1;

    /// <summary>Whether some value of a field is held by an array's element.</summary>
    public bool IsInArray(int field) => _slots[field].Stamp == _stamp && _slots[field].InArray;

    /// <summary>Whether every value of a field that is there is held by an array's element.</summary>
    public bool IsAllInArray(int field) => _slots[field].AllInArray;

    public ref FieldValue Value(int value) => ref _values[value];

    /// <summary>A value's text.</summary>
    public ReadOnlySpan<byte> Text(ref FieldValue value, ReadOnlySpan<byte> text) =>
        value.Start >= 0 ? text.Slice(value.Start, value.Length) : _unescaped.AsSpan(~value.Start, value.Length);

    /// <summary>
    /// Whether two array elements may hold values of one match: no array has them, or what holds them, at different places.
    /// If not, the two elements that are at different places of one array.
    /// </summary>
    public bool AreConsistent(int a, int b, out int rivalOfA, out int rivalOfB)
    {
        while (_elements[a].Depth > _elements[b].Depth)
        {
            a = _elements[a].Parent;
        }

        while (_elements[b].Depth > _elements[a].Depth)
        {
            b = _elements[b].Parent;
        }

        // At equal depth: the outermost place where they part tells.
        rivalOfA = a;
        rivalOfB = b;
        while (a != b)
        {
            rivalOfA = a;
            rivalOfB = b;
            a = _elements[a].Parent;
            b = _elements[b].Parent;
        }

        return rivalOfA == rivalOfB || _elements[rivalOfA].Array != _elements[rivalOfB].Array;
    }

    private void Unescape(ref FieldValue value, ReadOnlySpan<byte> escaped)
    {
        if (_unescaped.Length < _unescapedLength + escaped.Length)
        {
            Array.Resize(ref _unescaped, (_unescapedLength + escaped.Length) * 2);
        }

        value.Start = ~_unescapedLength;
        value.Length = JsonText.Unescape(escaped, _unescaped.AsSpan(_unescapedLength));
        _unescapedLength += value.Length;
    }
}
