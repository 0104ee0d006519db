namespace EventBridgeOps.Events.Messages;

/// <summary>What went wrong, with a stable id, in words that say what failed, on what, why and what to do next.</summary>
public class OpsException : Exception
{
    private IVoice _voice = NeutralVoice.Instance;

    /// <summary>Makes the error.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What failed, on what, why, and what to do.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public OpsException(string errorId, Message message, Exception? innerException = null)
        : base(null, innerException) => (ErrorId, Said) = (errorId, message);

    /// <summary>The stable id, one of <see cref="ErrorIds"/>; PowerShell shows it as the first part of <c>FullyQualifiedErrorId</c>.</summary>
    public string ErrorId { get; }

    /// <summary>What is said, as data. It may hold secrets that <see cref="Message"/> has redacted.</summary>
    public Message Said { get; }

    /// <summary>What is said, in the spelling of the front end that shows it, without secrets.</summary>
    public override string Message => Said.RedactedIn(_voice);

    /// <summary>True when nothing that follows can succeed either (no credentials, no Region): the run ends here.</summary>
    public virtual bool EndsRun => ErrorId is ErrorIds.NoCredentials or ErrorIds.NoRegion or ErrorIds.ProfileNotFound
        or ErrorIds.ExpiredCredentials or ErrorIds.InvalidCredentials or ErrorIds.InvalidArgument or ErrorIds.JournalUnavailable
        or ErrorIds.JobStoreUnavailable or ErrorIds.InvalidEnvFile or ErrorIds.OutputNotWritten;

    /// <summary>Puts <see cref="Message"/> into a front end's spelling. Called by the front end that shows the error.</summary>
    /// <param name="voice">The spelling.</param>
    /// <returns>This error.</returns>
    public OpsException In(IVoice voice)
    {
        _voice = voice;
        return this;
    }
}
