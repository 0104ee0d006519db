using System.Management.Automation;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Privacy;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>Turns the product's errors into PowerShell's.</summary>
internal static class ErrorRecords
{
    /// <summary>The record: what to do in the message, the stable id first in <c>FullyQualifiedErrorId</c>, a real category, the item as <c>TargetObject</c>.</summary>
    public static ErrorRecord From(OpsException error, object? target) =>
        new(error.In(ShellVoice.Instance), error.ErrorId, Category(error.ErrorId), Shown(target))
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = $"See {error.ErrorId} in docs/errors.md." },
        };

    /// <summary>What nobody foresaw, as one of ours.</summary>
    public static OpsException Wrap(Exception error) => error as OpsException
        ?? new OpsException(ErrorIds.Unexpected, $"Something unforeseen happened: {error.Message} ({error.GetType().Name}). Please report it with what Get-Error shows.", error);

    /// <summary>The shell shows a text that was piped in as part of the error.</summary>
    private static object? Shown(object? target) => (target is PSObject shell ? shell.BaseObject : target) is string text ? SecretRedactor.Redact(text) : target;

    private static ErrorCategory Category(string errorId) =>
        Enum.TryParse(ErrorIds.Category(errorId), out ErrorCategory category) ? category : ErrorCategory.NotSpecified;
}
