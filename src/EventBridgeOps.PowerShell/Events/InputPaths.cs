using System.Management.Automation;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Events;

/// <summary>Files as the user names them, relative to the current location of the shell.</summary>
internal static class InputPaths
{
    /// <summary>On the pipeline thread: the files that paths with or without wildcards name. A path without files is reported as an error.</summary>
    public static IReadOnlyList<string> Resolve(PSCmdlet cmdlet, IEnumerable<string> paths)
    {
        List<string> files = [];
        foreach (string path in paths)
        {
            try
            {
                System.Collections.ObjectModel.Collection<string> found = cmdlet.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
                if (provider.Name != "FileSystem")
                    Fail(ShellEventMessages.NotInFileSystem(path), null);
                else if (found.Count == 0)
                    Fail(ShellEventMessages.NoFileMatches(path), null);
                else
                    files.AddRange(found);
            }
            catch (Exception e) when (e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or NotSupportedException or ProviderInvocationException)
            {
                Fail(ShellEventMessages.NotReadable(path, e.Message), e);
            }

            void Fail(Message message, Exception? cause) => cmdlet.WriteError(ErrorRecords.From(new OpsException(ErrorIds.FileNotReadable, message, cause), path));
        }

        return files;
    }
}
