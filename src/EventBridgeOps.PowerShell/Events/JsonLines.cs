using System.Text;

namespace EventBridgeOps.PowerShell.Events;

/// <summary>Joins JSON texts that arrive line by line, as from <c>Get-Content</c>. A line may be a complete text, or one of several lines of a text.</summary>
internal sealed class JsonLines
{
    private readonly StringBuilder _open = new();
    private string _name = "";
    private int _line;
    private int _brackets;

    /// <summary>Whether a text is incomplete.</summary>
    public bool IsOpen => _open.Length > 0;

    /// <summary>Adds a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="name">The name of a text that begins with it.</param>
    /// <param name="number">The line's number.</param>
    /// <returns>The texts that are complete now, or are broken.</returns>
    public IReadOnlyList<JsonText> Add(string line, string name, int number)
    {
        List<JsonText> texts = [];
        if (_open.Length > 0 && StartsAnew(line))
            texts.AddRange(Complete());
        if (_open.Length == 0)
        {
            if (string.IsNullOrWhiteSpace(line))
                return texts;
            (_name, _line) = (name, number);
        }
        else
        {
            _open.Append('\n');
        }

        _open.Append(line.TrimEnd());
        _brackets += Opened(line);
        if (_brackets <= 0)
            texts.AddRange(Complete());
        return texts;
    }

    /// <summary>Marks the end of the lines: what is incomplete now is returned as it is.</summary>
    public IReadOnlyList<JsonText> Complete()
    {
        if (_open.Length == 0)
            return [];
        JsonText text = new(_open.ToString(), _name, _line);
        _open.Clear();
        _brackets = 0;
        return [text];
    }

    /// <summary>Whether this line begins a new text, so that the text before it is incomplete.</summary>
    private bool StartsAnew(string line) => line.StartsWith("{", StringComparison.Ordinal) && _open[_open.Length - 1] switch
    {
        ',' or '[' => false,
        ':' => Opened(line) == 0, // A value that begins at the start of a line has its brackets on lines of their own.
        _ => true,
    };

    /// <summary>How many more brackets a line opens than it closes. A JSON string never continues on the next line.</summary>
    private static int Opened(string line)
    {
        int opened = 0;
        bool inString = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (inString && c == '\\')
                i++;
            else if (c == '"')
                inString = !inString;
            else if (!inString)
                opened += c is '{' or '[' ? 1 : c is '}' or ']' ? -1 : 0;
        }

        return opened;
    }
}

/// <summary>One text, its name, and the number of its first line.</summary>
internal sealed record JsonText(string Text, string Name, int Line);
