using EventBridgeOps.Events.Privacy;

namespace EventBridgeOps.Events.Messages;

/// <summary>What went wrong, with a stable id, in words that say what failed, on what, why and what to do next.</summary>
public class OpsException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What failed, on what, why, and what to do.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public OpsException(string errorId, string message, Exception? innerException = null)
        : base(SecretRedactor.Redact(message), innerException) => ErrorId = errorId;

    /// <summary>The stable id, one of <see cref="ErrorIds"/>; PowerShell shows it as the first part of <c>FullyQualifiedErrorId</c>.</summary>
    public string ErrorId { get; }

    /// <summary>True when nothing that follows can succeed either (no credentials, no region): the run ends here.</summary>
    public bool EndsRun => ErrorId is ErrorIds.NoCredentials or ErrorIds.NoRegion or ErrorIds.ProfileNotFound
        or ErrorIds.ExpiredCredentials or ErrorIds.InvalidCredentials or ErrorIds.InvalidArgument or ErrorIds.JournalUnavailable
        or ErrorIds.JobStoreUnavailable or ErrorIds.InvalidEnvFile;
}
