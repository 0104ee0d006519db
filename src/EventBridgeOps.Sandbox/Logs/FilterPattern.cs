using System.Text;

namespace EventBridgeOps.Sandbox.Logs;

/// <summary>
/// Filter patterns for text: terms that must all occur, quoted phrases, terms that must not occur, and terms of which one must. A term occurs
/// where the message contains it. Patterns for JSON and for space-delimited fields, and regular expressions, are refused.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html</remarks>
internal static class FilterPattern
{
    /// <summary>Reads a pattern.</summary>
    /// <returns>What says whether a message matches.</returns>
    public static Func<string, bool> Read(string pattern)
    {
        string text = pattern.Trim();
        if (text.Length == 0)
            return _ => true;
        if (text[0] is '{' or '[' or '%')
            throw LogErrors.NotSupported(LogMessages.NoPattern(pattern));

        List<string> all = [];
        List<string> any = [];
        List<string> none = [];
        for (int at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            List<string> kind = text[at] switch { '?' => any, '-' => none, _ => all };
            if (kind != all)
                at++;
            kind.Add(Term(pattern, text, ref at));
        }

        // "You can't combine the question mark with other filter patterns": AWS then ignores it, in a way that is not documented.
        if (any.Count > 0 && all.Count + none.Count > 0)
            throw LogErrors.NotSupported(LogMessages.NoPattern(pattern));
        return message => all.TrueForAll(message.Contains) && !none.Exists(message.Contains) && (any.Count == 0 || any.Exists(message.Contains));
    }

    private static string Term(string pattern, string text, ref int at)
    {
        StringBuilder term = new();
        if (at < text.Length && text[at] == '"')
        {
            for (at++; at < text.Length && text[at] != '"'; at++)
            {
                if (text[at] == '\\' && at + 1 < text.Length)
                    at++;
                term.Append(text[at]);
            }

            if (at == text.Length)
                throw LogErrors.BadParameter("Invalid filter pattern"); // The quotation mark has no end.
            at++;
        }
        else
        {
            while (at < text.Length && !char.IsWhiteSpace(text[at]))
                term.Append(text[at++]);
            // Without quotation marks only letters, digits and underscores are a term.
            if (term.Length > 0 && !term.ToString().All(c => char.IsLetterOrDigit(c) || c == '_'))
                throw LogErrors.NotSupported(LogMessages.NoPattern(pattern));
        }

        return term.Length > 0 ? term.ToString() : throw LogErrors.BadParameter("Invalid filter pattern");
    }
}
