using System.Management.Automation;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>Turns the product's errors into PowerShell's.</summary>
internal static class ErrorRecords
{
    /// <summary>The record: the stable id first in <c>FullyQualifiedErrorId</c>, a real category, the item as <c>TargetObject</c>.</summary>
    public static ErrorRecord From(OpsException error, object? target) =>
        new(error, error.ErrorId, Category(error.ErrorId), target)
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = Advice(error.ErrorId) },
        };

    /// <summary>What nobody foresaw, as one of ours.</summary>
    public static OpsException Wrap(Exception error) => error as OpsException
        ?? new OpsException(ErrorIds.Unexpected, $"Something unforeseen happened: {error.Message} ({error.GetType().Name}). Please report it with what Get-Error shows.", error);

    private static ErrorCategory Category(string errorId) =>
        Enum.TryParse(ErrorIds.Category(errorId), out ErrorCategory category) ? category : ErrorCategory.NotSpecified;

    private static string Advice(string errorId) => errorId switch
    {
        ErrorIds.NoCredentials or ErrorIds.ExpiredCredentials or ErrorIds.InvalidCredentials or ErrorIds.ProfileNotFound =>
            "Sign in again, or name credentials: -ProfileName, -AccessKey with -SecretKey, or -Credential.",
        ErrorIds.NoRegion => "Give -Region.",
        ErrorIds.AccessDenied => "Ask for the permission that the message names, or use another identity.",
        ErrorIds.Throttled or ErrorIds.ServiceUnavailable or ErrorIds.ConcurrentModification or ErrorIds.WriteFailed or ErrorIds.NotVerified =>
            "Run the command again; what is done already is left alone. -RequestsPerSecond slows it down.",
        ErrorIds.Unreachable or ErrorIds.MalformedAnswer or ErrorIds.RepeatedPageToken => "Check -EndpointUrl, AWS_ENDPOINT_URL and the way to it (proxy, VPN).",
        ErrorIds.EventBusNotFound or ErrorIds.RuleNotFound or ErrorIds.TargetNotFound => "Get-EbRule -EventBusName * shows what there is.",
        ErrorIds.TargetChanged => "Look again with Get-EbTargetRevision and repeat, or use -Force.",
        ErrorIds.JobDefinitionMissing or ErrorIds.RevisionNotActive => "Register the job definition again, or choose an ACTIVE revision.",
        ErrorIds.ChangeNotFound => "Get-EbChange lists the changes.",
        ErrorIds.WrongAccountOrRegion => "Use the -Region and the credentials that the item belongs to.",
        ErrorIds.JournalUnavailable => "Give a writable folder with -JournalPath or EBOPS_JOURNAL.",
        ErrorIds.Unexpected => "Please report it with what Get-Error shows.",
        _ => "Correct what the message names, and repeat.",
    };
}
