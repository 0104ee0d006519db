using System.Text;

namespace EventBridgeOps.Events.Policies;

/// <summary>Puts the values of condition keys in place of <c>${...}</c>.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html.</remarks>
internal static class PolicyVariables
{
    // Private characters, which no name in AWS has: what a variable gives is compared as it is, also where it has a wildcard.
    private const char Star = '\uE000';
    private const char Mark = '\uE001';

    /// <summary>A text with its variables filled in; null if a value is unknown, absent, or one of several.</summary>
    /// <param name="statement">The statement that has the text.</param>
    /// <param name="text">The text.</param>
    /// <param name="context">The keys of the request.</param>
    public static string? Fill(PolicyStatement statement, string text, PolicyContext context)
    {
        if (!statement.HasVariables || !text.Contains("${"))
            return text;
        StringBuilder filled = new();
        for (int at = 0; at < text.Length;)
        {
            int begin = text.IndexOf("${", at, StringComparison.Ordinal);
            int end = begin < 0 ? -1 : text.IndexOf('}', begin);
            if (end < 0)
            {
                filled.Append(text, at, text.Length - at);
                break;
            }

            filled.Append(text, at, begin - at);
            if (Value(text.Substring(begin + 2, end - begin - 2), context) is not { } value)
                return null;
            filled.Append(value);
            at = end + 1;
        }

        return filled.ToString();
    }

    /// <summary>A text in which a wildcard stands for itself, to be compared with what <see cref="Fill"/> made.</summary>
    public static string Plain(string text) => text.Replace('*', Star).Replace('?', Mark);

    /// <summary>The keys of the variables in a text.</summary>
    public static IEnumerable<string> KeysIn(string text)
    {
        for (int begin = text.IndexOf("${", StringComparison.Ordinal); begin >= 0; begin = text.IndexOf("${", begin + 2, StringComparison.Ordinal))
        {
            int end = text.IndexOf('}', begin);
            string name = end < 0 ? "" : text.Substring(begin + 2, end - begin - 2).Split(',')[0].Trim();
            if (name.Contains(':'))
                yield return name;
        }
    }

    private static string? Value(string name, PolicyContext context)
    {
        if (name is "*" or "?" or "$")
            return Plain(name);
        string[] parts = name.Split([','], 2);
        IReadOnlyList<string>? values = context.Find(parts[0].Trim());
        if (values is { Count: 0 } && parts.Length == 2)
            return Plain(parts[1].Trim().Trim('\''));
        return values is { Count: 1 } ? Plain(values[0]) : null;
    }
}
