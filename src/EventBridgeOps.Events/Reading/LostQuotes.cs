using System.Text.RegularExpressions;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Reading;

/// <summary>Knows JSON whose quotation marks a shell took away on the way to a program: <c>{a:b}</c>.</summary>
/// <remarks>
/// Windows PowerShell does so, and PowerShell 7 with <c>$PSNativeCommandArgumentPassing = 'Legacy'</c>, as well as cmd.exe, to which single quotation marks are text.
/// https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_preference_variables#psnativecommandargumentpassing.
/// </remarks>
public static class LostQuotes
{
    private const string Shells = "Windows PowerShell, PowerShell with $PSNativeCommandArgumentPassing = 'Legacy', and cmd.exe";
    private const string InShell = """'{\"a\":\"b\"}'""";
    private const string InCmd = """
        "{\"a\":\"b\"}"
        """;

    private static readonly Regex Shape = new(@"\A\s*'?\s*(\[\s*)?\{\s*'?[\w$.-]+'?\s*:", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>What is said of it, as a clause.</summary>
    public static Message Fault => ReadingMessages.QuotesLost(Shells, InShell, InCmd);

    /// <summary>Whether a text looks like this.</summary>
    /// <param name="text">A text that is not valid JSON.</param>
    public static bool Are(string text) => !text.Contains('"') && Shape.IsMatch(text);
}
