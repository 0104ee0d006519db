using System.Text;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Schemas.Comparing;

/// <summary>Texts that probably match a regular expression: who uses one checks it. Lookarounds, references and classes of categories are passed over.</summary>
internal sealed class PatternSample
{
    private const int MostRepeats = 50;
    private readonly string _pattern;
    private readonly int _extra;
    private int _at;

    private PatternSample(string pattern, int extra) => (_pattern, _extra) = (pattern, extra);

    /// <summary>Makes a few texts for a pattern.</summary>
    public static IEnumerable<string> Of(string pattern) => Enumerable.Range(0, 3).Select(extra =>
    {
        StringBuilder text = new();
        PatternSample sample = new(pattern, extra);
        while (sample._at < pattern.Length)
        {
            sample.Alternatives(text);
            sample._at++; // A bracket too many is passed over.
        }

        return text.ToString();
    }).Where(JsonTexts.IsUnicode).Distinct(); // A class can have half of a character.

    private void Alternatives(StringBuilder text)
    {
        int start = text.Length;
        string? chosen = null;
        int index = 0;
        while (true)
        {
            text.Length = start;
            Sequence(text);
            if (index++ <= _extra)
                chosen = text.ToString(start, text.Length - start);
            if (_at >= _pattern.Length || _pattern[_at] != '|')
                break;
            _at++;
        }

        text.Length = start;
        text.Append(chosen);
    }

    private void Sequence(StringBuilder text)
    {
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            int start = _at;
            StringBuilder item = new();
            Item(item);
            int count = Repeats();
            if (count == 1)
            {
                text.Append(item);
                continue;
            }

            int end = _at;
            for (int i = 0; i < count; i++)
            {
                _at = start;
                Item(text);
            }

            _at = end;
        }
    }

    private void Item(StringBuilder text)
    {
        char c = _pattern[_at++];
        switch (c)
        {
            case '^' or '$':
                break;
            case '.':
                text.Append('a');
                break;
            case '(':
                Group(text);
                break;
            case '[':
                text.Append(Class());
                break;
            case '\\' when _at < _pattern.Length:
                text.Append(Escape(_pattern[_at++]));
                break;
            default:
                text.Append(c);
                break;
        }
    }

    private void Group(StringBuilder text)
    {
        bool isLook = false;
        if (_at + 1 < _pattern.Length && _pattern[_at] == '?')
        {
            isLook = _pattern[_at + 1] is '=' or '!' || (_pattern[_at + 1] == '<' && _at + 2 < _pattern.Length && _pattern[_at + 2] is '=' or '!');
            int close = _pattern[_at + 1] is '<' && !isLook ? _pattern.IndexOf('>', _at) : _at + 1;
            _at = close < 0 ? _pattern.Length : close + 1;
        }

        StringBuilder inner = new();
        if (_at < _pattern.Length)
            Alternatives(inner);
        _at++;
        if (!isLook)
            text.Append(inner);
    }

    private string Class()
    {
        bool isNegated = _at < _pattern.Length && _pattern[_at] == '^';
        if (isNegated)
            _at++;
        List<char> members = [];
        bool isFirst = true;
        while (_at < _pattern.Length && (_pattern[_at] != ']' || isFirst))
        {
            isFirst = false;
            char c = _pattern[_at++];
            if (c == '\\' && _at < _pattern.Length)
                c = Escape(_pattern[_at++]) is { Length: > 0 } text ? text[0] : 'a';
            if (_at + 1 < _pattern.Length && _pattern[_at] == '-' && _pattern[_at + 1] != ']')
            {
                char last = _pattern[_at + 1];
                _at += 2;
                for (char member = c; member <= last && members.Count < 200; member++)
                    members.Add(member);
                continue;
            }

            members.Add(c);
        }

        _at++;
        if (!isNegated)
            return members.Count == 0 ? "" : members[Math.Min(_extra, members.Count - 1)].ToString();
        return "aA0_-. !".FirstOrDefault(c => !members.Contains(c)) is var other && other != 0 ? other.ToString() : "~";
    }

    private static string Escape(char c) => c switch
    {
        'd' => "0",
        'D' or 'w' or 'S' or 'p' => "a",
        'W' or 's' => " ",
        'b' or 'B' or 'A' or 'z' or 'Z' => "",
        'n' => "\n",
        't' => "\t",
        'r' => "\r",
        _ => c.ToString(),
    };

    private int Repeats()
    {
        if (_at >= _pattern.Length)
            return 1;
        int count = 1;
        switch (_pattern[_at])
        {
            case '*' or '?':
                count = Math.Min(_extra, _pattern[_at] == '?' ? 1 : 2);
                _at++;
                break;
            case '+':
                count = 1 + _extra;
                _at++;
                break;
            case '{' when _pattern.IndexOf('}', _at) is > 0 and int end && int.TryParse(_pattern.Substring(_at + 1, end - _at - 1).Split(',')[0], out int least):
                string[] limits = _pattern.Substring(_at + 1, end - _at - 1).Split(',');
                count = limits.Length == 1 ? least : limits[1].Length > 0 && int.TryParse(limits[1], out int most) ? Math.Min(least + _extra, most) : least + _extra;
                _at = end + 1;
                break;
            default:
                return 1;
        }

        if (_at < _pattern.Length && _pattern[_at] is '?' or '+')
            _at++;
        return Math.Min(count, MostRepeats);
    }
}
