namespace EventBridgeOps.Sandbox.Engines;

/// <summary>The folder for the change journal of a sandbox, so that what is tried in it does not appear in the journal of the user.</summary>
/// <remarks>It is kept beside the state file; without one, it ends with the sandbox. The sandbox itself does not create it.</remarks>
internal sealed class SandboxJournal(string? stateFile)
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "EBOPS_JOURNAL";

    public string Folder { get; } = stateFile is null ? Path.Combine(Path.GetTempPath(), "ebops-sandbox-" + Path.GetRandomFileName()) : stateFile + ".journal";

    /// <summary>Removes the folder if the state of the sandbox is not kept.</summary>
    public void End()
    {
        try
        {
            if (stateFile is null && Directory.Exists(Folder))
                Directory.Delete(Folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A leftover in the folder for temporary files harms no one.
        }
    }
}
