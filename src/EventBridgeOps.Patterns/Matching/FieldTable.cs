using EventBridgeOps.Patterns.Events;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Matching;

/// <summary>
/// Partitions by what their conjunctions ask of one field: looked up by the field's value. Where a test cannot be looked up
/// (anything-but, a wildcard that begins and ends with a star) the conjunction is filed under the presence of the field.
/// What is found may match; the tests themselves are asked afterwards.
/// </summary>
internal sealed class FieldTable
{
    // Texts beyond this are not worth folding: they are filed under presence.
    private const int LongestFolded = 256;

    private ByteMap<Partition>? _strings;
    private ByteMap<Partition>? _literals;
    private ByteMap<Partition>? _folded;
    private AffixTable? _prefixes;
    private AffixTable? _suffixes;
    private AffixTable? _foldedPrefixes;
    private AffixTable? _foldedSuffixes;
    private RangeIndex? _numbers;
    private RangeIndex? _v4;
    private RangeIndex? _v6;
    private Partition? _present;
    private Partition? _absent;

    public FieldTable(Field field) => Field = field;

    public Field Field { get; }

    public bool HasAbsent => _absent != null;

    public bool IsEmpty => Size == 0 && _present == null && _absent == null;

    // How many distinct things the table is looked up by.
    private int Size => (_strings?.Count ?? 0) + (_literals?.Count ?? 0) + (_folded?.Count ?? 0) + (_prefixes?.Count ?? 0) + (_suffixes?.Count ?? 0)
        + (_foldedPrefixes?.Count ?? 0) + (_foldedSuffixes?.Count ?? 0) + (_numbers?.Count ?? 0) + (_v4?.Count ?? 0) + (_v6?.Count ?? 0);

    /// <summary>
    /// How many conjunctions an event will probably have to judge if another one is filed by a test: how likely each
    /// alternative is to be met (the more distinct values rules name, the less), times what is filed there already.
    /// </summary>
    public static double Cost(FieldTest test, FieldTable? table)
    {
        double cost = test.AcceptsAbsence ? 0.9 * (1 + (table?._absent?.Count ?? 0)) : 0;
        foreach (ValueTest value in test.Tests)
        {
            double chance = value switch
            {
                LiteralTest => 0.5,
                RangeTest { Op: Operator.Range } range => range.Low == SortKey.Min || range.High == SortKey.Max ? 0.5 : 0.1,
                RangeTest { Op: Operator.Cidr } => 0.05,
                ExistsTest or AnythingButTest => 0.7,
                WildcardTest { Head.Length: 0, Tail.Length: 0 } => 0.7,
                _ => 1.0 / (1 + (table?.Size ?? 0)),
            };
            cost += chance * (1 + (table?.PartitionOf(value)?.Count ?? 0));
        }

        return cost;
    }

    public void Add(FieldTest test, Conjunction conjunction, FiledBy filedBy)
    {
        if (test.AcceptsAbsence)
        {
            (_absent ??= new Partition()).Add(conjunction, filedBy);
        }

        foreach (ValueTest value in test.Tests)
        {
            FindOrAdd(value).Add(conjunction, filedBy);
        }
    }

    public bool Remove(FieldTest test, Conjunction conjunction, FiledBy filedBy)
    {
        bool found = false;
        if (test.AcceptsAbsence && _absent != null && _absent.Remove(conjunction, filedBy))
        {
            found = true;
            _absent = _absent.Count == 0 ? null : _absent;
        }

        foreach (ValueTest value in test.Tests)
        {
            Partition? partition = PartitionOf(value);
            if (partition != null && partition.Remove(conjunction, filedBy))
            {
                found = true;
                if (partition.Count == 0)
                {
                    Drop(value);
                }
            }
        }

        return found;
    }

    /// <summary>Visits what the event's values of the field may match.</summary>
    public void Visit(MatchRun run)
    {
        EventFields fields = run.Fields;
        int first = fields.First(Field.Number);
        if (first < 0)
        {
            _absent?.Visit(run);
            return;
        }

        _present?.Visit(run);
        if (_absent != null && fields.IsAllInArray(Field.Number))
        {
            _absent.Visit(run);
        }

        for (int at = first; at >= 0; at = fields.Value(at).Next)
        {
            ReadOnlySpan<byte> text = run.Text(at);
            switch (fields.Value(at).Kind)
            {
                case FieldValueKind.String:
                    _strings?.Find(text)?.Visit(run);
                    _prefixes?.Visit(text, run);
                    _suffixes?.Visit(text, run);
                    VisitFolded(text, run);
                    VisitAddress(text, at, run);
                    break;
                case FieldValueKind.Number:
                    _literals?.Find(text)?.Visit(run);
                    if (_numbers != null && fields.Value(at).TryNumber(text, out SortKey number))
                    {
                        _numbers.Visit(number, run);
                    }

                    break;
                default:
                    _literals?.Find(text)?.Visit(run);
                    break;
            }
        }
    }

    private void VisitAddress(ReadOnlySpan<byte> text, int at, MatchRun run)
    {
        if ((_v4 ?? _v6) != null && run.Fields.Value(at).TryAddress(text, out SortKey address, out bool isV4))
        {
            (isV4 ? _v4 : _v6)?.Visit(address, run);
        }
    }

    private void VisitFolded(ReadOnlySpan<byte> text, MatchRun run)
    {
        if (_folded == null && _foldedPrefixes == null && _foldedSuffixes == null)
        {
            return;
        }

        Span<byte> folded = stackalloc byte[Math.Min(text.Length, LongestFolded)];
        if (_folded != null || _foldedPrefixes != null)
        {
            IgnoreCaseTest.Fold(text.Slice(0, folded.Length), folded);
            _foldedPrefixes?.Visit(folded, run);
            if (folded.Length == text.Length)
            {
                _folded?.Find(folded)?.Visit(run);
            }
        }

        if (_foldedSuffixes != null)
        {
            IgnoreCaseTest.Fold(text.Slice(text.Length - folded.Length), folded);
            _foldedSuffixes.Visit(folded, run);
        }
    }

    private Partition? PartitionOf(ValueTest test) => test switch
    {
        ExactTest exact => _strings?.Find(exact.Text),
        LiteralTest literal => _literals?.Find(literal.Text),
        NumberTest number => _numbers?.Find(number.Low, number.High),
        AddressTest address => (address.IsV4 ? _v4 : _v6)?.Find(address.Low, address.High),
        _ => Affix(test) is { } affix ? Table(affix.Kind)?.Find(affix.Text)
            : Whole(test) is { } whole ? (whole.IsFolded ? _folded : _strings)?.Find(whole.Text)
            : _present,
    };

    private Partition FindOrAdd(ValueTest test)
    {
        switch (test)
        {
            case ExactTest exact:
                return FindOrAdd(_strings ??= new ByteMap<Partition>(), exact.Text);
            case LiteralTest literal:
                return FindOrAdd(_literals ??= new ByteMap<Partition>(), literal.Text);
            case NumberTest number:
                return (_numbers ??= new RangeIndex()).FindOrAdd(number.Low, number.High);
            case AddressTest { IsV4: true } address:
                return (_v4 ??= new RangeIndex()).FindOrAdd(address.Low, address.High);
            case AddressTest address:
                return (_v6 ??= new RangeIndex()).FindOrAdd(address.Low, address.High);
        }

        if (Affix(test) is { } affix)
        {
            return (Table(affix.Kind) ??= new AffixTable(affix.Kind is AffixKind.Suffix or AffixKind.FoldedSuffix)).FindOrAdd(affix.Text);
        }

        return Whole(test) is { } whole
            ? FindOrAdd(whole.IsFolded ? _folded ??= new ByteMap<Partition>() : _strings ??= new ByteMap<Partition>(), whole.Text)
            : _present ??= new Partition();
    }

    private static Partition FindOrAdd(ByteMap<Partition> map, byte[] text)
    {
        int hash = ByteHash.Of(text);
        Partition? partition = map.Find(text, hash);
        if (partition == null)
        {
            partition = new Partition();
            map.Add(text, hash, partition);
        }

        return partition;
    }

    private void Drop(ValueTest test)
    {
        switch (test)
        {
            case ExactTest exact:
                _strings!.Remove(exact.Text, ByteHash.Of(exact.Text));
                return;
            case LiteralTest literal:
                _literals!.Remove(literal.Text, ByteHash.Of(literal.Text));
                return;
            case NumberTest number:
                _numbers!.Remove(number.Low, number.High);
                return;
            case AddressTest address:
                (address.IsV4 ? _v4 : _v6)!.Remove(address.Low, address.High);
                return;
        }

        if (Affix(test) is { } affix)
        {
            Table(affix.Kind)!.Remove(affix.Text);
        }
        else if (Whole(test) is { } whole)
        {
            (whole.IsFolded ? _folded : _strings)!.Remove(whole.Text, ByteHash.Of(whole.Text));
        }
        else
        {
            _present = null;
        }
    }

    private enum AffixKind
    {
        Prefix,
        Suffix,
        FoldedPrefix,
        FoldedSuffix,
    }

    private ref AffixTable? Table(AffixKind kind)
    {
        switch (kind)
        {
            case AffixKind.Prefix:
                return ref _prefixes;
            case AffixKind.Suffix:
                return ref _suffixes;
            case AffixKind.FoldedPrefix:
                return ref _foldedPrefixes;
            default:
                return ref _foldedSuffixes;
        }
    }

    // The beginning or end that a string must have to pass.
    private static (AffixKind Kind, byte[] Text)? Affix(ValueTest test) => test switch
    {
        PrefixTest prefix => (AffixKind.Prefix, prefix.Text),
        SuffixTest suffix => (AffixKind.Suffix, suffix.Text),
        WildcardTest { IsWhole: false, Head.Length: > 0 } wildcard => (AffixKind.Prefix, wildcard.Head),
        WildcardTest { IsWhole: false, Tail.Length: > 0 } wildcard => (AffixKind.Suffix, wildcard.Tail),
        IgnoreCaseTest { Op: Operator.PrefixIgnoreCase, Folded: { Length: <= LongestFolded } folded } => (AffixKind.FoldedPrefix, folded),
        IgnoreCaseTest { Op: Operator.SuffixIgnoreCase, Folded: { Length: <= LongestFolded } folded } => (AffixKind.FoldedSuffix, folded),
        _ => null,
    };

    // The whole string that alone can pass.
    private static (bool IsFolded, byte[] Text)? Whole(ValueTest test) => test switch
    {
        WildcardTest { IsWhole: true } wildcard => (false, wildcard.Head),
        IgnoreCaseTest { Op: Operator.IgnoreCase, Folded: { Length: <= LongestFolded } folded } => (true, folded),
        _ => null,
    };
}
