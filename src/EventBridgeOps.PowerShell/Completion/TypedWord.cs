using System.Management.Automation.Language;

namespace EventBridgeOps.PowerShell.Completion;

/// <summary>The typed part of a parameter value, and how a complete value is written in its place: with the same quotes, or else with quotes only if needed.</summary>
internal sealed class TypedWord
{
    private const string SingleQuotes = "'\u2018\u2019\u201A\u201B";
    private const string DoubleQuotes = "\"\u201C\u201D\u201E";

    private readonly char _quote;

    /// <summary>Reads a word as the shell gives it to a completer: what was in quotes still has them, what was not has lost its backticks.</summary>
    /// <param name="word">The word.</param>
    public TypedWord(string word)
    {
        char first = word.Length > 0 ? word[0] : '\0';
        _quote = SingleQuotes.Contains(first) ? '\'' : DoubleQuotes.Contains(first) ? '"' : '\0';
        if (_quote == '\0')
        {
            Text = word;
            return;
        }

        string same = _quote == '"' ? DoubleQuotes : SingleQuotes;
        int end = word.Length > 1 && same.Contains(word[word.Length - 1]) ? word.Length - 1 : word.Length;
        string inside = word.Substring(1, end - 1);
        Text = _quote == '\'' ? inside.Replace("''", "'") : Unescape(inside);
    }

    /// <summary>The beginning of the value.</summary>
    public string Text { get; }

    /// <summary>A value as the shell reads it back.</summary>
    /// <param name="value">The value.</param>
    public string Write(string value)
    {
        if (_quote == '"')
            return "\"" + Escape(value) + "\"";
        return _quote == '\0' && IsPlain(value) ? value : "'" + CodeGeneration.EscapeSingleQuotedStringContent(value) + "'";
    }

    /// <summary>Whether the shell reads it as exactly this text, by itself and in a list: only its own parser can tell.</summary>
    private static bool IsPlain(string value) =>
        Argument(value) is StringConstantExpressionAst { StringConstantType: StringConstantType.BareWord } alone && alone.Value == value
        && Argument("a," + value) is ArrayLiteralAst { Elements: { Count: 2 } elements }
        && elements[1] is StringConstantExpressionAst { StringConstantType: StringConstantType.BareWord } second && second.Value == value;

    private static CommandElementAst? Argument(string text)
    {
        ScriptBlockAst script = Parser.ParseInput("x " + text, out _, out ParseError[] errors);
        return errors.Length == 0 && script.EndBlock.Statements is { Count: 1 } statements
            && statements[0] is PipelineAst { PipelineElements: { Count: 1 } commands } && commands[0] is CommandAst { CommandElements: { Count: 2 } parts, Redirections.Count: 0 }
            ? parts[1] : null;
    }

    // In double quotes a backtick, a dollar sign and every kind of double quote mean something.
    private static string Escape(string value) => string.Concat(value.Select(c => c is '`' or '$' || DoubleQuotes.Contains(c) ? "`" + c : c.ToString()));

    private static string Unescape(string inside)
    {
        System.Text.StringBuilder text = new();
        for (int i = 0; i < inside.Length; i++)
            text.Append(inside[i] == '`' && i + 1 < inside.Length ? inside[++i] : inside[i]);
        return text.ToString();
    }
}
