using System.Text.RegularExpressions;

namespace EventBridgeOps.Events.Privacy;

/// <summary>Removes what looks like a secret from a text before it is shown or stored.</summary>
/// <remarks>
/// It knows passwords, paths of webhooks and signatures in URLs, <c>name: value</c> and <c>name=value</c> pairs whose name says that they are secret (also quoted,
/// also inside JSON inside a string, also as <c>"Name": name, "Value": value</c> and <c>--name value</c>), AWS access keys and
/// JSON Web Tokens. It removes too much rather than too little, but not what AWS itself writes with colons: ARNs, and
/// references such as <c>rotate-token:14</c>.
/// </remarks>
public static class SecretRedactor
{
    /// <summary>The replacement for a secret.</summary>
    public const string Mark = "[redacted]";

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline;
    private const int LongestName = 100;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private const string SecretName =
        "(?:pass(?:word|wd|phrase)|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|connection[_-]?string|(?:database|db)[_-]?url|authorization|credential)";

    // What follows a name in quotes: a colon or an equals sign, or the next member named value, or, after an option, the next element.
    private const string Quoted = SecretName + @"[\w-]{0,32}\\*[""']\s{0,8}(?:[:=]|,\s{0,8}\\*[""']value\\*[""']\s{0,8}:)\s{0,8}";
    private const string Option = @"(?<![\w-])--?[\w-]{0,32}" + SecretName + @"[\w-]{0,32}(?:\\*[""']\s{0,8},\s{0,8}|(?<=--[\w-]{0,96})\s{1,8}(?!(?:and|or)\b))";
    private const string Assigned = SecretName + @"[\w-]{0,32}\s{0,8}=\s{0,8}";
    private const string Labelled = @"(?<![A-Za-z:/])" + SecretName + @"s?:\s{1,8}";
    private const string Tight = @"(?<![:/\w-])[\w-]{0,32}" + SecretName + @":(?![0-9]+(?![\w]))";
    private const string Value = @"(?:(?<bs>\\*)(?<q>[""'])(?:(?!(?<!\\)\k<bs>\k<q>).)+|(?:(?:bearer|basic)\s{1,8})?[^\s""'\\,;&}<]+)";

    private static readonly Regex Name = new(SecretName, Options, Limit);
    private static readonly Regex UrlPassword = new(@"(?<=\b[a-z][a-z0-9+.-]{0,30}://[^\s/:@""']{0,256}:)[^\s@""']{1,512}(?=@)", Options, Limit);
    // The path of a webhook is its secret: Slack, Discord, Microsoft Teams and Office 365, Google Chat, IFTTT, Zapier.
    private static readonly Regex Webhook = new(
        @"(?<=\bhttps://(?:hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/|(?:\w{1,16}\.)?discord(?:app)?\.com/api/(?:v\d{1,2}/)?webhooks/|[\w.-]{1,64}\.webhook\.office\.com/\w{1,16}/|chat\.googleapis\.com/v1/spaces/|maker\.ifttt\.com/|hooks\.zapier\.com/hooks/))[^\s""'\\<>]+", Options, Limit);

    // What signs a URL: Azure (SAS), AWS (pre-signed), Google Cloud (signed), and keys in queries.
    private static readonly Regex Signature = new(@"(?<=[?&](?:sig|signature|X-Amz-Signature|X-Amz-Credential|X-Goog-Signature|X-Goog-Credential|AWSAccessKeyId|code|key)=)[^\s""'\\&<>#]{6,}", Options, Limit);

    private static readonly Regex Pair = new($"(?<key>{Quoted}|{Option}|{Assigned}|{Labelled}|{Tight}){Value}", Options, Limit);
    private static readonly Regex AccessKey = new(@"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b", RegexOptions.CultureInvariant, Limit);
    private static readonly Regex WebToken = new(@"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*", RegexOptions.CultureInvariant, Limit);

    /// <summary>Returns the text without what looks like a secret.</summary>
    /// <param name="text">Any text.</param>
    public static string Redact(string text)
    {
        try
        {
            text = UrlPassword.Replace(text, Mark);
            text = Webhook.Replace(text, Mark);
            text = Signature.Replace(text, Mark);
            text = Pair.Replace(text, pair => pair.Groups["key"].Value + pair.Groups["bs"].Value + pair.Groups["q"].Value + Mark);
            text = AccessKey.Replace(text, Mark);
            return WebToken.Replace(text, Mark);
        }
        catch (RegexMatchTimeoutException)
        {
            return Mark; // a text that could not be checked is not shown
        }
    }

    /// <summary>Returns a part of a text without what looks like a secret, also if only the text before it says so.</summary>
    /// <param name="text">The part.</param>
    /// <param name="before">The text before it, which is not redacted.</param>
    internal static string Redact(string text, string before)
    {
        string context = before.Substring(Math.Max(0, before.Length - LongestName));
        string whole = Redact(context + text);
        return whole.StartsWith(context, StringComparison.Ordinal) ? whole.Substring(context.Length) : Redact(text);
    }

    /// <summary>Whether a field of this name holds a secret, regardless of its value.</summary>
    /// <param name="fieldName">A field's name in a document.</param>
    internal static bool NamesSecret(string fieldName) => Name.IsMatch(fieldName);
}
