using System.Text;

namespace EventBridgeOps.Ci;

/// <summary>How much a line of a CI system's log matters.</summary>
public enum CiLevel
{
    /// <summary>It need not be shown apart.</summary>
    None,

    /// <summary>Worth knowing.</summary>
    Notice,

    /// <summary>A person should look at it.</summary>
    Warning,

    /// <summary>Something does not work.</summary>
    Error,
}

/// <summary>Lines that a CI system takes from a log for commands. Whatever text is in them, each is one line and one command.</summary>
/// <remarks>
/// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands and
/// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands. Both systems read standard error as they read standard output.
/// </remarks>
public static class CiCommands
{
    /// <summary>A line that stands out in the log and on the page of the run; null where the system has none for it.</summary>
    /// <param name="kind">The system.</param>
    /// <param name="level">How much it matters.</param>
    /// <param name="title">What it is about.</param>
    /// <param name="message">What there is to say.</param>
    public static string? Annotation(CiKind kind, CiLevel level, string title, string message) => (kind, level) switch
    {
        (_, CiLevel.None) => null,
        (CiKind.GitHub, _) => $"::{(level == CiLevel.Error ? "error" : level == CiLevel.Warning ? "warning" : "notice")} title={GitHubProperty(title)}::{GitHubData(message)}",
        (CiKind.Azure, CiLevel.Notice) => $"##[section]{AzureData($"{title}: {message}")}",
        (CiKind.Azure, _) => $"##vso[task.logissue type={(level == CiLevel.Error ? "error" : "warning")}]{AzureData($"{title}: {message}")}",
        _ => null,
    };

    /// <summary>Azure Pipelines: sets a variable for the steps that follow.</summary>
    /// <param name="name">The variable's name, of letters, digits and <c>_</c>.</param>
    /// <param name="value">Its value.</param>
    public static string SetAzureVariable(string name, string value) => $"##vso[task.setvariable variable={AzureProperty(name)}]{AzureData(value)}";

    /// <summary>Azure Pipelines: shows a Markdown file on the page of the run.</summary>
    /// <param name="path">The file's full path.</param>
    public static string UploadAzureSummary(string path) => $"##vso[task.uploadsummary]{AzureData(path)}";

    /// <summary>Azure Pipelines: the step has succeeded, but a person should look at it.</summary>
    public const string AzureSucceededWithIssues = "##vso[task.complete result=SucceededWithIssues;]done";

    /// <summary>Text for a log, from which the system takes no command.</summary>
    /// <param name="kind">The system.</param>
    /// <param name="text">The text, of one line or several.</param>
    public static string Disarm(CiKind kind, string text) => kind switch
    {
        CiKind.None => text,
        _ => string.Join("\n", Plain(text).Split('\n').SelectMany(line => line.Split('\r')).Select(line => line.TrimStart().StartsWith("::", StringComparison.Ordinal) ? "|" + line : line).Select(Apart)),
    };

    private static string GitHubData(string text) => Plain(text).Replace("%", "%25").Replace("\r", "%0D").Replace("\n", "%0A");

    private static string GitHubProperty(string text) => GitHubData(text).Replace(":", "%3A").Replace(",", "%2C");

    private static string AzureData(string text) => Apart(Plain(text).Replace("%", "%AZP25").Replace("\r", "%0D").Replace("\n", "%0A"));

    private static string AzureProperty(string text) => AzureData(text).Replace(";", "%3B").Replace("]", "%5D");

    /// <summary>No two # side by side, wherever they stand: Azure Pipelines takes a command from the middle of a line too. Of three, the first pass leaves two.</summary>
    private static string Apart(string text) => text.Replace("##", "# #").Replace("##", "# #");

    /// <summary>Other characters that one reader or the other takes for the end of a line, and what a terminal acts on, become spaces.</summary>
    private static string Plain(string text)
    {
        StringBuilder plain = new(text);
        for (int i = 0; i < plain.Length; i++)
        {
            if ((char.IsControl(plain[i]) && plain[i] is not ('\r' or '\n')) || plain[i] is '\u2028' or '\u2029')
                plain[i] = ' ';
        }

        return plain.ToString();
    }
}
