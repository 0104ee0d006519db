using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Changes;

/// <summary>Finds the folder of the change journal.</summary>
public static class JournalLocation
{
    /// <summary>The environment variable that names the journal's folder.</summary>
    public const string Variable = "EBOPS_JOURNAL";

    /// <summary>The folder of the journal: the specified one, else <c>EBOPS_JOURNAL</c>, else the default folder of the user.</summary>
    /// <remarks>That is <c>%LOCALAPPDATA%\EventBridgeOps\journal</c> on Windows, else <c>$XDG_STATE_HOME/ebops/journal</c>, else <c>~/.local/state/ebops/journal</c>.</remarks>
    /// <param name="given">The folder that the user specified; null for none.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="fullPath">Resolves a path that may be relative.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.JournalUnavailable"/>: no folder was found for it.</exception>
    public static string Resolve(string? given, Func<string, string?> environment, Func<string, string> fullPath)
    {
        if ((Given(given) ?? Given(environment(Variable))) is { } named)
            return fullPath(named);
        if (Path.DirectorySeparatorChar == '\\' && Given(environment("LOCALAPPDATA")) is { } local)
            return Path.Combine(local, "EventBridgeOps", "journal");
        if (Given(environment("XDG_STATE_HOME")) is { } state)
            return Path.Combine(state, "ebops", "journal");
        if (Given(environment("HOME")) is { } home)
            return Path.Combine(home, ".local", "state", "ebops", "journal");
        throw new OpsException(ErrorIds.JournalUnavailable, ChangeMessages.NoJournalFolder());
    }

    private static string? Given(string? path) => string.IsNullOrWhiteSpace(path) ? null : path;
}
