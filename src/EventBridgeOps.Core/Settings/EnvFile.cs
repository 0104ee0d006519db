using System.Text;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Settings;

/// <summary>A settings file in the format of a shell environment file: <c>NAME=value</c> lines, <c>#</c> comments, <c>export</c>, quotes.</summary>
/// <remarks>
/// In double quotes, <c>\n</c>, <c>\t</c>, <c>\"</c>, <c>\\</c> and <c>\$</c> are escape sequences and a value may span several lines; in single
/// quotes, every character is literal; without quotes, a value ends at <c> #</c>. Nothing is expanded or run. No message ever contains a value.
/// </remarks>
public sealed class EnvFile
{
    private const int MostBytes = 1024 * 1024;

    private readonly IReadOnlyDictionary<string, string> _values;

    private EnvFile(IReadOnlyDictionary<string, string> values) => _values = values;

    /// <summary>The names that are set.</summary>
    public IEnumerable<string> Names => _values.Keys;

    /// <summary>A value; null when it is not set, or set to nothing.</summary>
    /// <param name="name">Its name, by letter and case.</param>
    public string? Find(string name) => _values.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    /// <summary>Reads variables from a file first, and then from the environment.</summary>
    /// <param name="file">The file; null for none.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static Func<string, string?> Over(EnvFile? file, Func<string, string?> environment) =>
        file is null ? environment : name => file.Find(name) ?? environment(name);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>; <see cref="ErrorIds.InvalidEnvFile"/>: a line of it is not valid.</exception>
    public static EnvFile Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MostBytes)
                throw new OpsException(ErrorIds.InvalidEnvFile, SettingsMessages.TooLarge(path));
            return Parse(File.ReadAllText(path, Encoding.UTF8), path);
        }
        catch (Exception e) when (InputFile.IsFault(e))
        {
            throw InputFile.NotReadable(path, e);
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidEnvFile"/>: a line of it is not valid.</exception>
    public static EnvFile Parse(string text, string name)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        Reader reader = new(text.TrimStart('\uFEFF'), name);
        while (reader.TryRead(out string key, out string value))
            values[key] = value;
        return new EnvFile(values);
    }

    /// <summary>Names alone: values may be secrets.</summary>
    public override string ToString() => string.Join(", ", Names);

    private sealed class Reader(string text, string file)
    {
        private int _at;
        private int _line = 1;

        private bool AtEnd => _at >= text.Length;

        private char Now => AtEnd ? '\n' : text[_at];

        public bool TryRead(out string key, out string value)
        {
            (key, value) = ("", "");
            while (!AtEnd)
            {
                SkipBlanks();
                if (Now is '#')
                    SkipLine();
                else if (Now is '\n')
                    Step();
                else
                    break;
            }

            if (AtEnd)
                return false;
            key = ReadName();
            value = ReadValue();
            return true;
        }

        private string ReadName()
        {
            string name = Word();
            if (name == "export" && Now is ' ' or '\t')
            {
                SkipBlanks();
                name = Word();
            }

            SkipBlanks();
            if (name.Length == 0 || char.IsDigit(name[0]) || Now != '=')
                throw Invalid(SettingsMessages.NotAnAssignment(file, _line));
            Step();
            return name;
        }

        private string ReadValue()
        {
            SkipBlanks();
            StringBuilder value = new();
            if (Now is '"' or '\'')
            {
                ReadQuoted(Now, value);
                SkipBlanks();
                if (Now is not ('\n' or '#'))
                    throw Invalid(SettingsMessages.TextAfterQuote(file, _line));
            }
            else
            {
                while (Now != '\n' && !(Now == '#' && char.IsWhiteSpace(text[_at - 1])))
                    value.Append(Step());
                while (value.Length > 0 && char.IsWhiteSpace(value[value.Length - 1]))
                    value.Length--;
            }

            SkipLine();
            return value.ToString();
        }

        private void ReadQuoted(char quote, StringBuilder value)
        {
            int begun = _line;
            Step();
            while (!AtEnd && Now != quote)
            {
                char letter = Step();
                value.Append(letter == '\\' && quote == '"' && !AtEnd ? Escaped(Step()) : letter.ToString());
            }

            if (AtEnd)
                throw Invalid(SettingsMessages.QuoteNotClosed(file, begun));
            Step();
        }

        private static string Escaped(char letter) => letter switch
        {
            'n' => "\n",
            't' => "\t",
            'r' => "\r",
            '"' or '\\' or '$' or '`' => letter.ToString(),
            _ => "\\" + letter,
        };

        private string Word()
        {
            int start = _at;
            while (!AtEnd && (char.IsLetterOrDigit(Now) || Now is '_' or '.'))
                _at++;
            return text.Substring(start, _at - start);
        }

        private char Step()
        {
            if (Now == '\n')
                _line++;
            return AtEnd ? '\n' : text[_at++];
        }

        private void SkipBlanks()
        {
            while (!AtEnd && Now is ' ' or '\t' or '\r')
                _at++;
        }

        private void SkipLine()
        {
            while (!AtEnd && Now != '\n')
                _at++;
        }

        private static OpsException Invalid(Message message) => new(ErrorIds.InvalidEnvFile, message);
    }
}
