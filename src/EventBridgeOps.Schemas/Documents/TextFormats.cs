using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>The formats <c>email</c> and <c>hostname</c>, as JSON Schema defines them (https://json-schema.org/draft/2020-12/json-schema-validation#section-7.3): what is valid in rare forms is valid.</summary>
internal static class TextFormats
{
    private const int LongestHost = 253;
    private const string Label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(500);
    private static readonly Regex s_host = new($@"\A{Label}(?:\.{Label})*\z", RegexOptions.CultureInvariant, s_patience);

    // https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2: Dot-string or Quoted-string.
    private static readonly Regex s_local = new(@"\A(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*|""(?:[ !#-\[\]-~]|\\[ -~])*"")\z", RegexOptions.CultureInvariant, s_patience);

    /// <summary>Whether a text is the name of a host: https://www.rfc-editor.org/rfc/rfc1123#section-2.1.</summary>
    public static bool IsHost(string text) => text.Length <= LongestHost && s_host.IsMatch(text);

    /// <summary>Whether a text is an email address: a mailbox of RFC 5321.</summary>
    public static bool IsEmail(string text)
    {
        int at = text.LastIndexOf('@');
        if (at < 1 || !s_local.IsMatch(text.Substring(0, at)))
            return false;
        string domain = text.Substring(at + 1);
        return domain.Length > 2 && domain[0] == '[' && domain[domain.Length - 1] == ']' ? IsAddress(domain.Substring(1, domain.Length - 2)) : IsHost(domain);
    }

    private static bool IsAddress(string text)
    {
        const string Ipv6 = "IPv6:";
        bool isIpv6 = text.StartsWith(Ipv6, StringComparison.OrdinalIgnoreCase);
        // .NET takes fewer parts, and zones, for addresses as well.
        return isIpv6 ? text.IndexOfAny(['%', '[', '/']) < 0 && IPAddress.TryParse(text.Substring(Ipv6.Length), out IPAddress? six) && six.AddressFamily == AddressFamily.InterNetworkV6
            : text.Split('.').Length == 4 && text.All(letter => letter is '.' or (>= '0' and <= '9')) && IPAddress.TryParse(text, out IPAddress? four) && four.AddressFamily == AddressFamily.InterNetwork;
    }
}
