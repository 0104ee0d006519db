using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Ci;

/// <summary>The level of a line in a CI log.</summary>
public enum CiLevel
{
    /// <summary>Not highlighted.</summary>
    None,

    /// <summary>A notice.</summary>
    Notice,

    /// <summary>A warning.</summary>
    Warning,

    /// <summary>An error.</summary>
    Error,
}

/// <summary>Creates log lines that a CI system interprets as commands. Any text is escaped, so that each line is exactly one command.</summary>
/// <remarks>
/// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands and
/// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands. Both systems read standard error as they read standard output.
/// </remarks>
public static class CiCommands
{
    /// <summary>An annotation, which is shown in the log and on the summary page of the run; null if the system does not support it.</summary>
    /// <param name="kind">The system.</param>
    /// <param name="level">The level.</param>
    /// <param name="title">The title.</param>
    /// <param name="message">The message.</param>
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

    /// <summary>Azure Pipelines: the step succeeded with issues.</summary>
    public const string AzureSucceededWithIssues = "##vso[task.complete result=SucceededWithIssues;]done";

    /// <summary>Escapes text for a log, so that the system does not interpret it as a command.</summary>
    /// <param name="kind">The system.</param>
    /// <param name="text">The text, of one line or several.</param>
    public static string Disarm(CiKind kind, string text) => kind switch
    {
        CiKind.None => InertText.Lines(text),
        _ => string.Join("\n", Plain(text).Split('\n').SelectMany(line => line.Split('\r')).Select(line => line.TrimStart().StartsWith("::", StringComparison.Ordinal) ? "|" + line : line).Select(Apart)),
    };

    /// <summary>Escapes JSON for a log: the same JSON, in which no system finds a command.</summary>
    /// <param name="kind">The system.</param>
    /// <param name="json">JSON, whose lines do not begin within a string.</param>
    public static string DisarmJson(CiKind kind, string json) => kind == CiKind.None ? json : json.Replace("##", "#\\u0023");

    /// <summary>Escapes XML for a log: the same XML, in which no system finds a command.</summary>
    /// <param name="kind">The system.</param>
    /// <param name="xml">XML without CDATA and comments, whose lines do not begin within a value.</param>
    public static string DisarmXml(CiKind kind, string xml) => kind == CiKind.None ? xml : xml.Replace("##", "#&#35;");

    private static string GitHubData(string text) => Plain(text).Replace("%", "%25").Replace("\r", "%0D").Replace("\n", "%0A");

    private static string GitHubProperty(string text) => GitHubData(text).Replace(":", "%3A").Replace(",", "%2C");

    private static string AzureData(string text) => Apart(Plain(text).Replace("%", "%AZP25").Replace("\r", "%0D").Replace("\n", "%0A"));

    private static string AzureProperty(string text) => AzureData(text).Replace(";", "%3B").Replace("]", "%5D");

    /// <summary>Separates adjacent # characters, because Azure Pipelines finds commands in the middle of a line as well. Of three, the first pass leaves two.</summary>
    private static string Apart(string text) => text.Replace("##", "# #").Replace("##", "# #");

    /// <summary>Replaces all characters that steer with spaces, except for line breaks.</summary>
    private static string Plain(string text) => string.Concat(text.Select(letter => InertText.Steers(letter) && letter is not ('\r' or '\n') ? ' ' : letter));
}
