using System.Text.RegularExpressions;

namespace EventBridgeOps;

/// <summary>Takes what looks like a secret out of a text before it is shown or stored.</summary>
/// <remarks>
/// It knows passwords in URLs, <c>name: value</c> and <c>name=value</c> pairs whose name says that they are secret (also
/// quoted, also inside JSON inside a string), AWS access keys and JSON Web Tokens. It rather takes too much than too little.
/// </remarks>
public static class SecretRedactor
{
    /// <summary>What stands where a secret stood.</summary>
    public const string Mark = "[redacted]";

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private const string SecretName =
        @"(?:pass(?:word|wd|phrase)|secret(?:[_-]?(?:access[_-]?)?key)?|(?:access|auth|session|security|refresh|id|api|bearer)[_-]?token|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|private[_-]?key|connection[_-]?string|(?:[a-z]*(?:database|db)[_-]?url)|authorization|credential)";

    private static readonly Regex Name = new(SecretName, Options, Limit);
    private static readonly Regex UrlPassword = new(@"(?<=\b[a-z][a-z0-9+.-]{0,30}://[^\s/:@""']{0,256}:)[^\s@""']+(?=@)", Options, Limit);
    private static readonly Regex Pair = new(@"(?<=" + SecretName + @"\w{0,32}(?:\\*[""'])?\s{0,8}[:=]\s{0,8}(?:(?:bearer|basic)\s+)?(?:\\*[""'])?)[^\s""'\\,;&}<]+", Options, Limit);
    private static readonly Regex AccessKey = new(@"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b", RegexOptions.CultureInvariant, Limit);
    private static readonly Regex WebToken = new(@"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*", RegexOptions.CultureInvariant, Limit);

    /// <summary>The text without what looks like a secret in it.</summary>
    /// <param name="text">Any text.</param>
    public static string Redact(string text)
    {
        text = UrlPassword.Replace(text, Mark);
        text = Pair.Replace(text, Mark);
        text = AccessKey.Replace(text, Mark);
        return WebToken.Replace(text, Mark);
    }

    /// <summary>True when a field of this name holds a secret, whatever its value.</summary>
    /// <param name="fieldName">A field's name in a document.</param>
    public static bool NamesSecret(string fieldName) => Name.IsMatch(fieldName);
}
