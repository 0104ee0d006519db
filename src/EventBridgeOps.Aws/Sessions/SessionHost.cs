using EventBridgeOps.Changes;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>What a front end gives to the sessions that it opens. Sessions read nothing of the process by themselves.</summary>
/// <remarks>A new one is empty: no environment variables, no current folder, and nothing of the machine. It can be used from several threads at once.</remarks>
public sealed record SessionHost
{
    /// <summary>The environment variable that a host sets to another value for each sandbox, so that the names of one are not suggested for the next at the same endpoint.</summary>
    public const string SandboxVariable = "EBOPS_SANDBOX";

    private static readonly Func<string, string?> Nothing = _ => null;

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Environment { get; init; } = Nothing;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Returns numbers from 0 up to 1, from any thread.</summary>
    public Func<double> Random { get; init; } = Chance.New();

    /// <summary>The current folder, which relative paths start from. Null: relative paths are not accepted.</summary>
    public string? Folder { get; init; }

    /// <summary>What the machine provides by itself. Null: it is not used.</summary>
    public Machine? Machine { get; init; }

    /// <summary>Opens the change journal, which requires neither a Region nor credentials.</summary>
    /// <param name="path">Its folder; null for <c>EBOPS_JOURNAL</c>, else the default folder of the user.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.JournalUnavailable"/>: no folder was found for it.</exception>
    public ChangeJournal OpenJournal(string? path) => ChangeJournal.In(JournalLocation.Resolve(path, Environment, FullPath), Time, Random);

    /// <summary>Converts entries to events, which requires neither a Region nor credentials.</summary>
    public EntryConverter Entries() => new(Time, Random);

    /// <summary>A full path, from a path that is relative to <see cref="Folder"/> or full already.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: it is relative, and there is no current folder.</exception>
    public string FullPath(string path) => FullPaths.From(Folder, path);
}
