namespace EventBridgeOps.Events.Messages;

/// <summary>The stable error ids. They never change their meaning; <c>docs/errors.md</c> has a line for each.</summary>
public static class ErrorIds
{
    /// <summary>No credentials were found anywhere.</summary>
    public const string NoCredentials = nameof(NoCredentials);

    /// <summary>No region was given anywhere.</summary>
    public const string NoRegion = nameof(NoRegion);

    /// <summary>The named profile does not exist.</summary>
    public const string ProfileNotFound = nameof(ProfileNotFound);

    /// <summary>The credentials' session has ended.</summary>
    public const string ExpiredCredentials = nameof(ExpiredCredentials);

    /// <summary>The service does not know the access key, or the signature does not fit the secret key.</summary>
    public const string InvalidCredentials = nameof(InvalidCredentials);

    /// <summary>The identity lacks a permission.</summary>
    public const string AccessDenied = nameof(AccessDenied);

    /// <summary>The service's request rate was exceeded, and stayed so through all retries.</summary>
    public const string Throttled = nameof(Throttled);

    /// <summary>The service failed inside (HTTP 5xx), and kept failing through all retries.</summary>
    public const string ServiceUnavailable = nameof(ServiceUnavailable);

    /// <summary>The endpoint could not be reached, or the connection broke.</summary>
    public const string Unreachable = nameof(Unreachable);

    /// <summary>The answer was not what the service's protocol promises.</summary>
    public const string MalformedAnswer = nameof(MalformedAnswer);

    /// <summary>A page token came back that had been used already: the listing would never end.</summary>
    public const string RepeatedPageToken = nameof(RepeatedPageToken);

    /// <summary>The service refused the request as invalid.</summary>
    public const string RequestRejected = nameof(RequestRejected);

    /// <summary>There is no such event bus.</summary>
    public const string EventBusNotFound = nameof(EventBusNotFound);

    /// <summary>There is no such rule.</summary>
    public const string RuleNotFound = nameof(RuleNotFound);

    /// <summary>There is no such target.</summary>
    public const string TargetNotFound = nameof(TargetNotFound);

    /// <summary>The target does not submit Batch jobs, so it has no job definition to repair.</summary>
    public const string NotBatchTarget = nameof(NotBatchTarget);

    /// <summary>Some other resource does not exist.</summary>
    public const string ResourceNotFound = nameof(ResourceNotFound);

    /// <summary>The rule is managed by an AWS service and is not ours to change.</summary>
    public const string ManagedRule = nameof(ManagedRule);

    /// <summary>Somebody else changes the same rule at this moment.</summary>
    public const string ConcurrentModification = nameof(ConcurrentModification);

    /// <summary>A parameter's value cannot be used.</summary>
    public const string InvalidArgument = nameof(InvalidArgument);

    /// <summary>A job definition reference cannot be read.</summary>
    public const string InvalidJobDefinitionReference = nameof(InvalidJobDefinitionReference);

    /// <summary>The target is no longer what the plan saw; nothing was written.</summary>
    public const string TargetChanged = nameof(TargetChanged);

    /// <summary>The target's state could not be determined, so there is nothing safe to write.</summary>
    public const string TargetUnresolved = nameof(TargetUnresolved);

    /// <summary>No ACTIVE revision of the job definition exists.</summary>
    public const string JobDefinitionMissing = nameof(JobDefinitionMissing);

    /// <summary>The wanted revision is not ACTIVE.</summary>
    public const string RevisionNotActive = nameof(RevisionNotActive);

    /// <summary>The service did not take the target's new document.</summary>
    public const string WriteFailed = nameof(WriteFailed);

    /// <summary>The write was accepted, but reading back did not show it in time.</summary>
    public const string NotVerified = nameof(NotVerified);

    /// <summary>No change of that id is in the journal.</summary>
    public const string ChangeNotFound = nameof(ChangeNotFound);

    /// <summary>The change belongs to another account or region than the session's.</summary>
    public const string WrongAccountOrRegion = nameof(WrongAccountOrRegion);

    /// <summary>The journal cannot be written or read, so nothing is written anywhere.</summary>
    public const string JournalUnavailable = nameof(JournalUnavailable);

    /// <summary>The image is not in its repository, or the repository does not exist.</summary>
    public const string ImageNotFound = nameof(ImageNotFound);

    /// <summary>The image's digest cannot be looked up, and it is needed.</summary>
    public const string ImageUnresolved = nameof(ImageUnresolved);

    /// <summary>A scan of the image found something that is more severe than allowed.</summary>
    public const string ImageBarred = nameof(ImageBarred);

    /// <summary>No container of the job definition runs an image of that repository.</summary>
    public const string ContainerNotFound = nameof(ContainerNotFound);

    /// <summary>What should be an event is none.</summary>
    public const string InvalidEvent = nameof(InvalidEvent);

    /// <summary>The text or the fields are no entry that PutEvents would take; it was not sent.</summary>
    public const string InvalidEntry = nameof(InvalidEntry);

    /// <summary>EventBridge did not take the event.</summary>
    public const string EventRefused = nameof(EventRefused);

    /// <summary>A field of an MVP request cannot be used; nothing of it was recorded or sent.</summary>
    public const string InvalidRequest = nameof(InvalidRequest);

    /// <summary>There is a job of that id already.</summary>
    public const string JobExists = nameof(JobExists);

    /// <summary>There is no job of that id.</summary>
    public const string JobNotFound = nameof(JobNotFound);

    /// <summary>The job is not in a state in which that can be done.</summary>
    public const string JobStateConflict = nameof(JobStateConflict);

    /// <summary>The job did not come to its end in time.</summary>
    public const string WaitTimeout = nameof(WaitTimeout);

    /// <summary>The jobs' store cannot be read or written.</summary>
    public const string JobStoreUnavailable = nameof(JobStoreUnavailable);

    /// <summary>The file of settings cannot be read.</summary>
    public const string InvalidEnvFile = nameof(InvalidEnvFile);

    /// <summary>It is an entry of PutEvents where an event is wanted, or the other way round.</summary>
    public const string EntryNotEvent = nameof(EntryNotEvent);

    /// <summary>A rule's event pattern is not valid.</summary>
    public const string InvalidPattern = nameof(InvalidPattern);

    /// <summary>A line of a case file is no case.</summary>
    public const string InvalidCase = nameof(InvalidCase);

    /// <summary>A case of a case file came out other than expected.</summary>
    public const string CaseFailed = nameof(CaseFailed);

    /// <summary>The service says another thing of a pattern than the engine here.</summary>
    public const string ServiceDiffers = nameof(ServiceDiffers);

    /// <summary>A file or an object does not describe rules.</summary>
    public const string InvalidRule = nameof(InvalidRule);

    /// <summary>A file cannot be read.</summary>
    public const string FileNotReadable = nameof(FileNotReadable);

    /// <summary>Something has drifted, and the caller asked to fail then.</summary>
    public const string DriftFound = nameof(DriftFound);

    /// <summary>A report cannot be written.</summary>
    public const string ReportNotWritten = nameof(ReportNotWritten);

    /// <summary>The sandbox could not be started or stopped.</summary>
    public const string SandboxFailed = nameof(SandboxFailed);

    /// <summary>Something that this product did not foresee; please report it.</summary>
    public const string Unexpected = nameof(Unexpected);

    /// <summary>The kind of error that an id stands for, as the name of a PowerShell <c>ErrorCategory</c>.</summary>
    /// <param name="errorId">One of these ids.</param>
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
        WriteFailed or JournalUnavailable or EventRefused or JobStoreUnavailable or ReportNotWritten => "WriteError",
        NotVerified or CaseFailed or ServiceDiffers or DriftFound => "InvalidResult",
        JobExists => "ResourceExists",
        WaitTimeout => "OperationTimeout",
        InvalidEvent or EntryNotEvent or InvalidEntry or InvalidPattern or InvalidCase or InvalidRule => "InvalidData",
        FileNotReadable => "ReadError",
        SandboxFailed => "OpenError",
        _ => "NotSpecified",
    };
}
