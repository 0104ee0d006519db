using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Changes;

/// <summary>Where the journal lies.</summary>
public static class JournalLocation
{
    /// <summary>The environment variable that names the journal's folder.</summary>
    public const string Variable = "EBOPS_JOURNAL";

    /// <summary>The journal's folder: the one given, else <c>EBOPS_JOURNAL</c>, else one of the user's own.</summary>
    /// <remarks>That is <c>%LOCALAPPDATA%\EventBridgeOps\journal</c> on Windows, else <c>$XDG_STATE_HOME/ebops/journal</c>, else <c>~/.local/state/ebops/journal</c>.</remarks>
    /// <param name="given">A folder that the user named; null for none.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.JournalUnavailable"/>: the user has no folder for it.</exception>
    public static string Resolve(string? given, Func<string, string?> environment)
    {
        if ((Given(given) ?? Given(environment(Variable))) is { } named)
            return Path.GetFullPath(named);
        if (Path.DirectorySeparatorChar == '\\' && Given(environment("LOCALAPPDATA")) is { } local)
            return Path.Combine(local, "EventBridgeOps", "journal");
        if (Given(environment("XDG_STATE_HOME")) is { } state)
            return Path.Combine(state, "ebops", "journal");
        if (Given(environment("HOME")) is { } home)
            return Path.Combine(home, ".local", "state", "ebops", "journal");
        throw new OpsException(ErrorIds.JournalUnavailable, $"There is no folder for the change journal: neither HOME nor LOCALAPPDATA is set. Give -JournalPath (--journal-path) or set {Variable}.");
    }

    private static string? Given(string? path) => string.IsNullOrWhiteSpace(path) ? null : path;
}
