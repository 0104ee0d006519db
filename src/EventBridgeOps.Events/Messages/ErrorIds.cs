namespace EventBridgeOps.Events.Messages;

/// <summary>The stable error IDs. Their meaning never changes; <c>docs/errors.md</c> describes each of them.</summary>
public static class ErrorIds
{
    /// <summary>No credentials were found.</summary>
    public const string NoCredentials = nameof(NoCredentials);

    /// <summary>No Region was specified.</summary>
    public const string NoRegion = nameof(NoRegion);

    /// <summary>The named profile does not exist.</summary>
    public const string ProfileNotFound = nameof(ProfileNotFound);

    /// <summary>The session of the credentials has expired.</summary>
    public const string ExpiredCredentials = nameof(ExpiredCredentials);

    /// <summary>The service does not recognize the access key ID, or the signature does not match the secret key.</summary>
    public const string InvalidCredentials = nameof(InvalidCredentials);

    /// <summary>The identity does not have a required permission.</summary>
    public const string AccessDenied = nameof(AccessDenied);

    /// <summary>The request rate of the service was exceeded, through all retries.</summary>
    public const string Throttled = nameof(Throttled);

    /// <summary>The service failed with an internal error (HTTP 5xx), through all retries.</summary>
    public const string ServiceUnavailable = nameof(ServiceUnavailable);

    /// <summary>The endpoint could not be reached, or the connection was lost.</summary>
    public const string Unreachable = nameof(Unreachable);

    /// <summary>The response does not conform to the protocol of the service.</summary>
    public const string MalformedAnswer = nameof(MalformedAnswer);

    /// <summary>The service returned a page token that was already used, so the listing would never end.</summary>
    public const string RepeatedPageToken = nameof(RepeatedPageToken);

    /// <summary>The service rejected the request as invalid.</summary>
    public const string RequestRejected = nameof(RequestRejected);

    /// <summary>The event bus does not exist.</summary>
    public const string EventBusNotFound = nameof(EventBusNotFound);

    /// <summary>The rule does not exist.</summary>
    public const string RuleNotFound = nameof(RuleNotFound);

    /// <summary>The target does not exist.</summary>
    public const string TargetNotFound = nameof(TargetNotFound);

    /// <summary>The target does not submit Batch jobs, so it has no job definition to repair.</summary>
    public const string NotBatchTarget = nameof(NotBatchTarget);

    /// <summary>Another resource does not exist.</summary>
    public const string ResourceNotFound = nameof(ResourceNotFound);

    /// <summary>The rule is managed by an AWS service and cannot be changed.</summary>
    public const string ManagedRule = nameof(ManagedRule);

    /// <summary>The same rule is being changed concurrently.</summary>
    public const string ConcurrentModification = nameof(ConcurrentModification);

    /// <summary>The value of a parameter is not valid.</summary>
    public const string InvalidArgument = nameof(InvalidArgument);

    /// <summary>A job definition reference is not valid.</summary>
    public const string InvalidJobDefinitionReference = nameof(InvalidJobDefinitionReference);

    /// <summary>The target was modified after the plan was made; nothing was changed.</summary>
    public const string TargetChanged = nameof(TargetChanged);

    /// <summary>The state of the target could not be determined, so it was not changed.</summary>
    public const string TargetUnresolved = nameof(TargetUnresolved);

    /// <summary>The job definition has no ACTIVE revision.</summary>
    public const string JobDefinitionMissing = nameof(JobDefinitionMissing);

    /// <summary>The requested revision is not ACTIVE.</summary>
    public const string RevisionNotActive = nameof(RevisionNotActive);

    /// <summary>The service rejected the update of the target.</summary>
    public const string WriteFailed = nameof(WriteFailed);

    /// <summary>The service accepted the update, but it could not be verified in time.</summary>
    public const string NotVerified = nameof(NotVerified);

    /// <summary>The journal has no change with that ID.</summary>
    public const string ChangeNotFound = nameof(ChangeNotFound);

    /// <summary>The change belongs to a different account or Region than the session.</summary>
    public const string WrongAccountOrRegion = nameof(WrongAccountOrRegion);

    /// <summary>The journal cannot be read or written, so nothing is changed.</summary>
    public const string JournalUnavailable = nameof(JournalUnavailable);

    /// <summary>The document is not a plan, was modified after it was made, or was made by a later version.</summary>
    public const string InvalidPlan = nameof(InvalidPlan);

    /// <summary>The image or its repository does not exist.</summary>
    public const string ImageNotFound = nameof(ImageNotFound);

    /// <summary>The digest of the image is required but cannot be looked up.</summary>
    public const string ImageUnresolved = nameof(ImageUnresolved);

    /// <summary>A scan of the image reported findings that are more severe than allowed.</summary>
    public const string ImageBarred = nameof(ImageBarred);

    /// <summary>No container of the job definition runs an image from that repository.</summary>
    public const string ContainerNotFound = nameof(ContainerNotFound);

    /// <summary>The input is not a valid event.</summary>
    public const string InvalidEvent = nameof(InvalidEvent);

    /// <summary>The input is not a valid entry of PutEvents; it was not sent.</summary>
    public const string InvalidEntry = nameof(InvalidEntry);

    /// <summary>EventBridge rejected the event.</summary>
    public const string EventRefused = nameof(EventRefused);

    /// <summary>A field of an MVP request is not valid; the request was neither recorded nor sent.</summary>
    public const string InvalidRequest = nameof(InvalidRequest);

    /// <summary>A job with that ID already exists.</summary>
    public const string JobExists = nameof(JobExists);

    /// <summary>The job does not exist.</summary>
    public const string JobNotFound = nameof(JobNotFound);

    /// <summary>The operation is not possible in the current state of the job.</summary>
    public const string JobStateConflict = nameof(JobStateConflict);

    /// <summary>The operation did not finish in time.</summary>
    public const string WaitTimeout = nameof(WaitTimeout);

    /// <summary>The job store cannot be read or written.</summary>
    public const string JobStoreUnavailable = nameof(JobStoreUnavailable);

    /// <summary>The settings file is not valid.</summary>
    public const string InvalidEnvFile = nameof(InvalidEnvFile);

    /// <summary>The input is an entry of PutEvents where an event is required, or vice versa.</summary>
    public const string EntryNotEvent = nameof(EntryNotEvent);

    /// <summary>An event pattern is not valid.</summary>
    public const string InvalidPattern = nameof(InvalidPattern);

    /// <summary>A line of a case file is not a valid case.</summary>
    public const string InvalidCase = nameof(InvalidCase);

    /// <summary>The result of a case is not the expected one.</summary>
    public const string CaseFailed = nameof(CaseFailed);

    /// <summary>The result of the service differs from the result of the local engine.</summary>
    public const string ServiceDiffers = nameof(ServiceDiffers);

    /// <summary>A file or an object does not contain rules.</summary>
    public const string InvalidRule = nameof(InvalidRule);

    /// <summary>A file cannot be read.</summary>
    public const string FileNotReadable = nameof(FileNotReadable);

    /// <summary>Drift was found, and the caller requested an error in that case.</summary>
    public const string DriftFound = nameof(DriftFound);

    /// <summary>A report cannot be written.</summary>
    public const string ReportNotWritten = nameof(ReportNotWritten);

    /// <summary>Standard output cannot be written.</summary>
    public const string OutputNotWritten = nameof(OutputNotWritten);

    /// <summary>The sandbox could not be started or stopped.</summary>
    public const string SandboxFailed = nameof(SandboxFailed);

    /// <summary>An unexpected error; please report it.</summary>
    public const string Unexpected = nameof(Unexpected);

    /// <summary>The category of an error ID, as the name of a PowerShell <c>ErrorCategory</c>.</summary>
    /// <param name="errorId">One of these IDs.</param>
    public static string Category(string errorId) => errorId switch
    {
        NoCredentials or ExpiredCredentials or InvalidCredentials => "AuthenticationError",
        AccessDenied or ManagedRule => "PermissionDenied",
        Throttled => "LimitsExceeded",
        ServiceUnavailable => "ResourceUnavailable",
        Unreachable => "ConnectionError",
        MalformedAnswer or RepeatedPageToken => "ProtocolError",
        EventBusNotFound or RuleNotFound or TargetNotFound or ResourceNotFound or ProfileNotFound or JobDefinitionMissing or ChangeNotFound or ImageNotFound
            or ContainerNotFound or JobNotFound => "ObjectNotFound",
        NoRegion or InvalidArgument or InvalidJobDefinitionReference or RequestRejected or NotBatchTarget or RevisionNotActive or InvalidRequest
            or InvalidEnvFile => "InvalidArgument",
        ConcurrentModification => "ResourceBusy",
        TargetChanged or TargetUnresolved or WrongAccountOrRegion or ImageUnresolved or ImageBarred or JobStateConflict => "InvalidOperation",
        WriteFailed or JournalUnavailable or EventRefused or JobStoreUnavailable or ReportNotWritten or OutputNotWritten => "WriteError",
        NotVerified or CaseFailed or ServiceDiffers or DriftFound => "InvalidResult",
        JobExists => "ResourceExists",
        WaitTimeout => "OperationTimeout",
        InvalidEvent or EntryNotEvent or InvalidEntry or InvalidPattern or InvalidCase or InvalidRule or InvalidPlan => "InvalidData",
        FileNotReadable => "ReadError",
        SandboxFailed => "OpenError",
        _ => "NotSpecified",
    };
}
