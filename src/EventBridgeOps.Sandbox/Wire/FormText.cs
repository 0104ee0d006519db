namespace EventBridgeOps.Sandbox.Wire;

/// <summary>Names and values as a query and a form write them.</summary>
/// <remarks>https://url.spec.whatwg.org/#urlencoded-parsing, but for pairs without a name or without "=", which no service of AWS has.</remarks>
internal static class FormText
{
    public static IEnumerable<KeyValuePair<string, string>> Pairs(string encoded) =>
        from part in encoded.Split('&')
        let split = part.IndexOf('=')
        where split > 0
        select new KeyValuePair<string, string>(Decoded(part.Substring(0, split)), Decoded(part.Substring(split + 1)));

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
