using System.Text;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Plans;

/// <summary>Plans in files.</summary>
public static class PlanFile
{
    private const int MostMegabytes = 256;

    /// <summary>Saves a plan in a file that only this user can read.</summary>
    /// <param name="path">The file, which must not exist.</param>
    /// <param name="plan">The plan.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.ReportNotWritten"/>.</exception>
    public static void Save(string path, ChangePlan plan)
    {
        CheckFree(path);
        try
        {
            PrivateFiles.Write(path, Encoding.UTF8.GetBytes(plan + "\n"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new OpsException(ErrorIds.ReportNotWritten, PlanMessages.FileNotWritable(path, InputFile.WriteReason(path, e)), e);
        }
    }

    /// <summary>Checks that a plan can be saved without replacing anything.</summary>
    /// <param name="path">The file, which must not exist.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.ReportNotWritten"/>.</exception>
    internal static void CheckFree(string path)
    {
        if (SpecialFile.Fault(path) is { } fault)
            throw new OpsException(ErrorIds.ReportNotWritten, PlanMessages.FileNotWritable(path, fault));
        if (File.Exists(path))
            throw new OpsException(ErrorIds.ReportNotWritten, PlanMessages.FileExists(path));
    }

    /// <summary>Loads a plan that no other user can have written.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.FileNotReadable"/>, <see cref="ErrorIds.InvalidPlan"/>.</exception>
    public static ChangePlan Load(string path)
    {
        if (PrivateFiles.Fault(path) is { } fault)
            throw new OpsException(ErrorIds.FileNotReadable, PlanMessages.FileNotTrusted(path, fault));
        return ChangePlan.Parse(InputFile.ReadText(path, MostMegabytes));
    }
}
