using System.Text;

namespace EventBridgeOps.Images;

/// <summary>Puts JSON values together out of pieces of text, such as the lines of a file: whole values come out as soon as they are complete.</summary>
/// <remarks>It counts brackets outside of strings and does not check anything else: that is for whoever reads the value.</remarks>
public sealed class JsonTextAssembler
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _inString;
    private bool _escaped;

    /// <summary>The values that are complete with this piece. Pieces are parted by a line break.</summary>
    /// <param name="piece">A line, or any piece that ends where a token ends.</param>
    public IReadOnlyList<string> Add(string piece)
    {
        List<string> complete = [];
        foreach (char c in piece)
            Take(c, complete);
        if (_depth > 0)
            _text.Append('\n');
        else
            Release(complete); // a line that is no object and no array is a value, or nonsense, of its own
        return complete;
    }

    /// <summary>Says that nothing more comes.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEvent"/>: a value was begun and is not complete.</exception>
    public void Finish()
    {
        string rest = _text.ToString().Trim();
        if (rest.Length > 0)
            throw new OpsException(ErrorIds.InvalidEvent, $"The JSON text that begins with '{EcrPushEvent.Beginning(rest)}' breaks off before its end. Give the whole event.");
    }

    private void Take(char c, List<string> complete)
    {
        if (_depth == 0 && c is '{' or '[')
            Release(complete);
        _text.Append(c);
        if (_inString)
        {
            _inString = _escaped || c != '"';
            _escaped = !_escaped && c == '\\';
            return;
        }

        switch (c)
        {
            case '"':
                _inString = _depth > 0;
                break;
            case '{' or '[':
                _depth++;
                break;
            case '}' or ']' when _depth > 0:
                if (--_depth == 0)
                    Release(complete);
                break;
        }
    }

    private void Release(List<string> complete)
    {
        string text = _text.ToString().Trim().Trim(',', '\uFEFF');
        _text.Clear();
        if (text.Length > 0)
            complete.Add(text);
    }
}
