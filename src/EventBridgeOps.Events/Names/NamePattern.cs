using System.Text;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Names;

/// <summary>A name with PowerShell wildcards: <c>*</c> for any characters, <c>?</c> for one, <c>[a-c]</c> for one of these; a backtick escapes the next character.</summary>
/// <remarks>Case-sensitive, as names in AWS are.</remarks>
public sealed class NamePattern
{
    private readonly Regex? _shape;

    private NamePattern(string text, string prefix, Regex? shape)
    {
        Text = text;
        Prefix = prefix;
        _shape = shape;
    }

    /// <summary>The pattern as specified.</summary>
    public string Text { get; }

    /// <summary>The prefix of every name that matches; for a name without wildcards, the whole name.</summary>
    public string Prefix { get; }

    /// <summary>Whether it can match more than one name.</summary>
    public bool HasWildcard => _shape is not null;

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">A name, with or without wildcards.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: it is empty, or a bracket is not closed.</exception>
    public static NamePattern Parse(string text)
    {
        if (string.IsNullOrEmpty(text))
            throw new OpsException(ErrorIds.InvalidArgument, NameMessages.PatternEmpty());
        StringBuilder prefix = new();
        StringBuilder shape = new(@"\A");
        bool plain = true;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool escaped = c == '`' && i + 1 < text.Length;
            if (escaped)
                c = text[++i];
            if (escaped || !(c is '*' or '?' or '['))
            {
                if (plain)
                    prefix.Append(c);
                shape.Append(Regex.Escape(c.ToString()));
                continue;
            }

            plain = false;
            if (c == '[')
                shape.Append(Set(text, ref i));
            else
                shape.Append(c == '*' ? ".*" : ".");
        }

        return new NamePattern(text, prefix.ToString(), plain ? null : Compile(text, shape.Append("\\z").ToString()));
    }

    /// <summary>Reads several patterns; an empty list means <c>*</c>.</summary>
    /// <param name="texts">Names, with or without wildcards.</param>
    public static IReadOnlyList<NamePattern> ParseAll(IEnumerable<string>? texts)
    {
        List<NamePattern> patterns = [.. (texts ?? []).Select(Parse)];
        return patterns.Count > 0 ? patterns : [Parse("*")];
    }

    /// <summary>Returns the pattern that matches only this name.</summary>
    /// <param name="name">A name.</param>
    public static string Escape(string name) => Regex.Replace(name, @"[*?\[`]", "`$0", RegexOptions.None, TimeSpan.FromSeconds(1));

    /// <summary>Whether the name matches.</summary>
    /// <param name="name">A name.</param>
    public bool IsMatch(string name) => _shape?.IsMatch(name) ?? string.Equals(name, Prefix, StringComparison.Ordinal);

    /// <summary>The pattern as specified.</summary>
    public override string ToString() => Text;

    private static Regex Compile(string text, string shape)
    {
        try
        {
            return new Regex(shape, RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException e)
        {
            throw new OpsException(ErrorIds.InvalidArgument, NameMessages.PatternRange(text), e);
        }
    }

    private static string Set(string text, ref int i)
    {
        int end = text.IndexOf(']', i + 1);
        if (end <= i + 1)
            throw new OpsException(ErrorIds.InvalidArgument, NameMessages.PatternBracket(text));
        string members = text.Substring(i + 1, end - i - 1).Replace("\\", "\\\\").Replace("^", "\\^").Replace("[", "\\[");
        i = end;
        return "[" + members + "]";
    }
}
