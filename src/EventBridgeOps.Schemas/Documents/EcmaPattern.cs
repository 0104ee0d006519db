using System.Globalization;
using System.Text;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>Writes a regular expression of ECMA-262, as JSON Schema has them, as one of .NET with the same meaning.</summary>
/// <remarks>
/// The grammar is that of https://tc39.es/ecma262/#sec-patterns with the flag <c>u</c>, as https://json-schema.org/draft/2020-12/json-schema-core#section-6.4 advises: characters are
/// code points. As validators commonly do, a backslash before any punctuation, and brackets that close nothing, stand for themselves.
/// </remarks>
internal sealed class EcmaPattern
{
    private const string WordEdge = @"(?:(?<=[0-9A-Z_a-z])(?![0-9A-Z_a-z])|(?<![0-9A-Z_a-z])(?=[0-9A-Z_a-z]))";
    private const string NoWordEdge = @"(?:(?<=[0-9A-Z_a-z])(?=[0-9A-Z_a-z])|(?<![0-9A-Z_a-z])(?![0-9A-Z_a-z]))";

    private static readonly Dictionary<char, EcmaClass> s_classes = new()
    {
        ['d'] = EcmaClass.Digit, ['D'] = EcmaClass.Digit.Not(), ['w'] = EcmaClass.Word, ['W'] = EcmaClass.Word.Not(), ['s'] = EcmaClass.Space, ['S'] = EcmaClass.Space.Not(),
    };

    private readonly string _pattern;
    private readonly StringBuilder _text = new();
    private readonly List<string?> _groups;

    // Only a negative look, or the absence of a word edge, can hold between the halves of a character and not beside it.
    private readonly bool _mayHalve;
    private int _at;
    private int _group;

    private EcmaPattern(string pattern)
    {
        _pattern = pattern;
        _groups = Groups(pattern);
        _mayHalve = !pattern.Contains("(?!") && !pattern.Contains("(?<!") && !pattern.Contains(@"\B");
    }

    /// <summary>The regular expression of .NET, to be used without options.</summary>
    /// <param name="pattern">A regular expression of ECMA-262.</param>
    /// <exception cref="ArgumentException">It is not one, or has a property of Unicode that is not known here.</exception>
    public static string Write(string pattern)
    {
        EcmaPattern written = new(pattern);
        written.Alternatives();
        return written._at < pattern.Length ? throw written.Fault() : written._text.ToString();
    }

    private bool Has(string text) => string.CompareOrdinal(_pattern, _at, text, 0, text.Length) == 0;

    private bool Take(string text)
    {
        if (!Has(text))
            return false;
        _at += text.Length;
        return true;
    }

    private ArgumentException Fault() => EcmaEscapes.Fault(_at);

    private void Alternatives()
    {
        while (_at < _pattern.Length && _pattern[_at] != ')')
        {
            if (Take("|"))
                _text.Append('|');
            else
                Term();
        }
    }

    private void Term()
    {
        if (Take("^"))
            _text.Append(@"\A");
        else if (Take("$"))
            _text.Append(@"\z");
        else if (Take(@"\b"))
            _text.Append(WordEdge);
        else if (Take(@"\B"))
            _text.Append(NoWordEdge);
        else if (Take("("))
            Quantified(Group());
        else if (Take("["))
            Quantified(Class());
        else if (Take("."))
            Quantified(EcmaClass.Dot);
        else if (_pattern[_at] is '*' or '+' or '?' || Counts())
            throw Fault();
        else if (Take(@"\"))
            Escape();
        else
            Quantified(Point(Next()));
    }

    private void Escape()
    {
        if (_at < _pattern.Length && _pattern[_at] is >= '1' and <= '9')
        {
            int start = _at;
            while (_at < _pattern.Length && _pattern[_at] is >= '0' and <= '9')
                _at++;
            Quantified(Reference(int.TryParse(_pattern.Substring(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : int.MaxValue));
        }
        else if (Take("k<"))
        {
            Quantified(Reference(_groups.IndexOf(Until('>')) + 1));
        }
        else
        {
            Quantified(EcmaEscapes.Read(_pattern, ref _at, s_classes));
        }
    }

    // A group that took no part matches nothing, and is not a failure.
    private string Reference(int group) => group >= 1 && group <= _groups.Count ? $@"(?(g{group})\k<g{group}>)" : throw Fault();

    private string Group()
    {
        StringBuilder group = new("(");
        if (Take("?"))
        {
            string? kind = ((string[])[":", "=", "!", "<=", "<!"]).FirstOrDefault(Has);
            if (kind is not null)
            {
                _at += kind.Length;
                group.Append('?').Append(kind);
            }
            else if (Take("<") && Until('>').Length > 0)
            {
                group.Append($"?<g{++_group}>");
            }
            else
            {
                throw Fault();
            }
        }
        else
        {
            group.Append($"?<g{++_group}>");
        }

        int start = _text.Length;
        Alternatives();
        if (!Take(")"))
            throw Fault();
        group.Append(_text.ToString(start, _text.Length - start)).Append(')');
        _text.Length = start;
        return group.ToString();
    }

    private EcmaClass Class()
    {
        bool isNegated = Take("^");
        EcmaClass members = EcmaClass.Of();
        while (!Take("]"))
        {
            (EcmaClass first, int? from) = Member();
            if (Has("-") && !Has("-]") && from is not null)
            {
                _at++;
                (EcmaClass last, int? to) = Member();
                if (to < from)
                    throw Fault();
                members = members.Or(to is { } end ? EcmaClass.Of((from.Value, end)) : first.Or(EcmaClass.Of(('-', '-'))).Or(last));
                continue;
            }

            members = members.Or(first);
        }

        return isNegated ? members.Not() : members;
    }

    private (EcmaClass Class, int? Point) Member()
    {
        if (_at >= _pattern.Length)
            throw Fault();
        if (!Take(@"\"))
            return Single(Next());
        return Take("b") ? Single(8) : EcmaEscapes.Read(_pattern, ref _at, s_classes) is var escaped && escaped.Single is { } point ? Single(point) : (escaped, null);
    }

    private static (EcmaClass Class, int? Point) Single(int point) => (Point(point), point);

    private static EcmaClass Point(int point) => EcmaClass.Of((point, point));

    private int Next()
    {
        int point = char.IsSurrogatePair(_pattern, _at) ? char.ConvertToUtf32(_pattern, _at) : _pattern[_at];
        _at += point > 0xFFFF ? 2 : 1;
        return point;
    }

    private string Until(char end)
    {
        int start = _at;
        int found = _pattern.IndexOf(end, _at);
        if (found < 0)
            throw Fault();
        _at = found + 1;
        return _pattern.Substring(start, found - start);
    }

    private void Quantified(EcmaClass members)
    {
        string quantifier = Quantifier();
        _text.Append(members.Write(_mayHalve && quantifier is "*" or "+" or "{0,}" or "{1,}")).Append(quantifier);
    }

    private void Quantified(string atom) => _text.Append(atom).Append(Quantifier());

    private string Quantifier()
    {
        int start = _at;
        if (!Take("*") && !Take("+") && !Take("?") && !Counts())
            return "";
        string quantifier = _pattern.Substring(start, _at - start);
        return Take("?") ? quantifier + "?" : quantifier;
    }

    // Braces that do not form a quantifier stand for themselves.
    private bool Counts()
    {
        int end = Has("{") ? _pattern.IndexOf('}', _at) : -1;
        if (end < 0)
            return false;
        string[] limits = _pattern.Substring(_at + 1, end - _at - 1).Split(',');
        if (limits.Length > 2 || limits[0].Length == 0 || limits.Any(limit => limit.Any(c => c is < '0' or > '9')))
            return false;
        if (limits.Any(limit => limit.TrimStart('0').Length > 9))
            throw Fault();
        _at = end + 1;
        return true;
    }

    // The groups that capture, with their names; null for one without.
    private static List<string?> Groups(string pattern)
    {
        List<string?> groups = [];
        bool isClass = false;
        for (int at = 0; at < pattern.Length; at++)
        {
            if (pattern[at] == '\\')
                at++;
            else if (pattern[at] is '[' or ']')
                isClass = pattern[at] == '[';
            else if (!isClass && pattern[at] == '(' && (at + 1 >= pattern.Length || pattern[at + 1] != '?'))
                groups.Add(null);
            else if (!isClass && string.CompareOrdinal(pattern, at, "(?<", 0, 3) == 0 && at + 3 < pattern.Length && pattern[at + 3] is not ('=' or '!'))
                groups.Add(pattern.Substring(at + 3, Math.Max(0, pattern.IndexOf('>', at) - at - 3)));
        }

        List<string?> named = [.. groups.Where(name => name is not null)];
        return named.Distinct().Count() < named.Count ? throw EcmaEscapes.Fault(pattern.Length) : groups;
    }
}
