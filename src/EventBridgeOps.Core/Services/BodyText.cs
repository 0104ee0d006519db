using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Privacy;

namespace EventBridgeOps.Services;

/// <summary>The body of a request or response as it may be shown: without secrets, and truncated.</summary>
/// <remarks>
/// Secrets that <see cref="SecretRedactor"/> finds are replaced, and so is the value of every environment variable, because a name such as
/// <c>DSN</c> does not indicate a secret. The text is truncated after that.
/// </remarks>
public static class BodyText
{
    /// <summary>The maximum number of characters that are shown.</summary>
    public const int Longest = 4096;

    private static readonly Regex Element = new(
        @"(?<open><(?<name>[\w:]*(?:secret|token|password|credential|accesskey)[\w:]*)[^>]*>)[^<]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));

    /// <summary>Formats a body.</summary>
    /// <param name="body">A body as it goes over the wire, in UTF-8.</param>
    public static string Show(byte[] body)
    {
        string text = Encoding.UTF8.GetString(body);
        string shown = Redact(text);
        return shown.Length <= Longest ? shown : ServiceMessages.Truncated(shown.Substring(0, Longest), shown.Length).ToString();
    }

    private static string Redact(string text)
    {
        try
        {
            return Document.Write(DocumentRedactor.RedactStrictly(Document.Parse(text)));
        }
        catch (JsonException)
        {
            return RedactText(text); // form fields or XML
        }
    }

    private static string RedactText(string text)
    {
        try
        {
            return SecretRedactor.Redact(Element.Replace(text, "${open}" + SecretRedactor.Mark));
        }
        catch (RegexMatchTimeoutException)
        {
            return SecretRedactor.Mark; // what could not be looked through is not shown
        }
    }
}
