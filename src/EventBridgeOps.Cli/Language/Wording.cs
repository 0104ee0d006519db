using System.Text.RegularExpressions;

namespace EventBridgeOps.Cli.Language;

/// <summary>The domain's messages name a parameter as PowerShell does, and the command line's spelling after it in brackets; here only the latter is of use.</summary>
internal static partial class Wording
{
    public static string Error(string errorId, string message) => $"error: {errorId}: {ForCommandLine(message)}";

    /// <summary><c>Get-EbChange (ebops changes list)</c> becomes <c>ebops changes list</c>, <c>-ToRevision</c> becomes <c>--to-revision</c>.</summary>
    public static string ForCommandLine(string message)
    {
        message = Twice().Replace(message, "$1");
        return Parameter().Replace(message, match => KebabCase(match.Groups[1].Value));
    }

    private static string KebabCase(string name) => "-" + Hump().Replace(name, hump => "-" + char.ToLowerInvariant(hump.Value[0]));

    [GeneratedRegex(@"(?:\b[A-Z][A-Za-z]+-Eb\w+|(?<=^|[\s(])-[A-Z]\w*(?: [\w-]+)?) \(((?:ebops |--)[^)]*)\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Twice();

    [GeneratedRegex(@"(?<=^|[\s(])-([A-Z][a-z]\w*)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex("[A-Z]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Hump();
}
