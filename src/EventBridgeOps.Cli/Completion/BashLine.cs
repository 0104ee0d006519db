using System.Text;

namespace EventBridgeOps.Cli.Completion;

/// <summary>A line of bash up to the cursor, in words; and how bash wants the completions of the last one.</summary>
/// <remarks>
/// Bash replaces less than the word: what follows its last separator (<c>COMP_WORDBREAKS</c>, with <c>=</c> and <c>:</c> among them) or the quote that is
/// still open. https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html.
/// </remarks>
internal sealed class BashLine
{
    private readonly List<string> _words = [];
    private readonly char _openQuote;
    private readonly int _replacedFrom;

    public BashLine(string line, string wordBreaks)
    {
        StringBuilder word = new();
        bool begun = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (_openQuote != '\0')
            {
                if (c == _openQuote)
                    _openQuote = '\0';
                else if (c == '\\' && _openQuote == '"' && i + 1 < line.Length && line[i + 1] is '\\' or '"' or '$' or '`')
                    word.Append(line[++i]);
                else
                    word.Append(c);
            }
            else if (c is ' ' or '\t' or '\n')
            {
                if (begun)
                    _words.Add(word.ToString());
                word.Clear();
                (begun, _replacedFrom) = (false, 0);
                continue;
            }
            else if (c is '\'' or '"')
            {
                (_openQuote, _replacedFrom) = (c, word.Length);
            }
            else
            {
                word.Append(c == '\\' && i + 1 < line.Length ? line[++i] : c);
                if (c != '\\' && wordBreaks.Contains(c))
                    _replacedFrom = word.Length;
            }

            begun = true;
        }

        _words.Add(word.ToString());
    }

    /// <summary>The words without the program and what is set for it alone (<c>AWS_PROFILE=x ebops</c>).</summary>
    public IReadOnlyList<string> Words => [.. _words.SkipWhile((word, index) => index < _words.Count - 1 && word.Contains('=') && !word.StartsWith('-')).Skip(1).DefaultIfEmpty("")];

    /// <summary>A word in the form that replaces what bash replaces.</summary>
    public string Write(string word)
    {
        string text = word.Length >= _replacedFrom ? word[_replacedFrom..] : word;
        return _openQuote switch
        {
            '\'' => text.Replace("'", @"'\''"),
            '"' => Escape(text, c => c is '\\' or '"' or '$' or '`'),
            _ => Escape(text, c => c < 128 && !char.IsAsciiLetterOrDigit(c) && !"_./:=@%+,-".Contains(c)),
        };
    }

    private static string Escape(string text, Func<char, bool> isSpecial) => string.Concat(text.Select(c => isSpecial(c) ? "\\" + c : c.ToString()));
}
