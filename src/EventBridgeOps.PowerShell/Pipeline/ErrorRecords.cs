using System.Management.Automation;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Privacy;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>Turns the product's errors into PowerShell's.</summary>
internal static class ErrorRecords
{
    /// <summary>The record of an error: its stable ID is the first part of <c>FullyQualifiedErrorId</c>, the item is the <c>TargetObject</c>.</summary>
    public static ErrorRecord From(OpsException error, object? target) =>
        new(Spell(error), error.ErrorId, Category(error.ErrorId), Shown(target))
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = PipelineMessages.SeeErrors(error.ErrorId).In(ShellVoice.Instance) },
        };

    /// <summary>An unexpected exception as one of the product's errors.</summary>
    public static OpsException Wrap(Exception error) => error as OpsException
        ?? new OpsException(ErrorIds.Unexpected, PipelineMessages.Unexpected(error.GetType().Name, error.Message), error);

    /// <summary>An error, and those that caused it, in PowerShell's spelling: <c>$_.Exception</c> shows all of them.</summary>
    public static OpsException Spell(OpsException error)
    {
        for (Exception? inner = error.InnerException; inner is not null; inner = inner.InnerException)
            (inner as OpsException)?.In(ShellVoice.Instance);
        return error.In(ShellVoice.Instance);
    }

    /// <summary>PowerShell shows a string from the pipeline as part of the error.</summary>
    private static object? Shown(object? target) => (target is PSObject shell ? shell.BaseObject : target) is string text ? SecretRedactor.Redact(text) : target;

    private static ErrorCategory Category(string errorId) =>
        Enum.TryParse(ErrorIds.Category(errorId), out ErrorCategory category) ? category : ErrorCategory.NotSpecified;
}
