using System.Management.Automation;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Events;

/// <summary>Files as the user names them, from where the shell is.</summary>
internal static class InputPaths
{
    /// <summary>On the pipeline thread: the files that paths with or without wildcards name. What names none is an error about that path.</summary>
    public static IReadOnlyList<string> Resolve(PSCmdlet cmdlet, IEnumerable<string> paths)
    {
        List<string> files = [];
        foreach (string path in paths)
        {
            try
            {
                files.AddRange(cmdlet.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider));
                if (provider.Name != "FileSystem")
                    throw new NotSupportedException("it is not in the file system.");
            }
            catch (Exception e) when (e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or NotSupportedException or ProviderInvocationException)
            {
                cmdlet.WriteError(ErrorRecords.From(new OpsException(ErrorIds.FileNotReadable, $"{path} cannot be read: {e.Message} Check the path and your rights to it.", e), path));
            }
        }

        return files;
    }
}
