namespace EventBridgeOps.Events.Messages;

/// <summary>The stable error IDs. Their meaning never changes. <c>docs/errors.md</c> is generated from their comments and attributes.</summary>
public static partial class ErrorIds
{
    /// <summary>No AWS credentials were found.</summary>
    [Error("AuthenticationError", "Specify `-ProfileName`, or `-AccessKey` with `-SecretKey`; or set the `AWS_*` environment variables; or sign in (`aws sso login`).")]
    public const string NoCredentials = nameof(NoCredentials);

    /// <summary>No AWS Region was specified or found.</summary>
    [Error("InvalidArgument", "Specify `-Region`, set `AWS_REGION`, or add a `region` to the profile.")]
    public const string NoRegion = nameof(NoRegion);

    /// <summary>The specified profile does not exist.</summary>
    [Error("ObjectNotFound", "Check the name and `-ProfileLocation`. `aws configure list-profiles` lists the profiles.")]
    public const string ProfileNotFound = nameof(ProfileNotFound);

    /// <summary>The session of the credentials has expired.</summary>
    [Error("AuthenticationError", "Sign in again or get new temporary credentials, then repeat the command. Updates that were in progress are recorded in the journal.")]
    public const string ExpiredCredentials = nameof(ExpiredCredentials);

    /// <summary>AWS does not recognize the access key, or the signature is not valid.</summary>
    [Error("AuthenticationError", "Check the access key, the secret key, the session token and the clock of this computer.")]
    public const string InvalidCredentials = nameof(InvalidCredentials);

    /// <summary>The identity is missing a permission; the message names it.</summary>
    [Error("PermissionDenied", "Add the permission, or use another identity.")]
    public const string AccessDenied = nameof(AccessDenied);

    /// <summary>The request rate limit of the service was exceeded, and all retries failed.</summary>
    [Error("LimitsExceeded", "Run the command again later, or with a lower `-ThrottleLimit`. Completed items are not processed again.")]
    public const string Throttled = nameof(Throttled);

    /// <summary>The service returned an internal error, and all retries failed.</summary>
    [Error("ResourceUnavailable", "Run the command again later; see https://health.aws.amazon.com.")]
    public const string ServiceUnavailable = nameof(ServiceUnavailable);

    /// <summary>The endpoint could not be reached, or the connection was lost.</summary>
    [Error("ConnectionError", "Check the network, the proxy, the Region and the endpoint URL.")]
    public const string Unreachable = nameof(Unreachable);

    /// <summary>The response does not conform to the protocol of the service.</summary>
    [Error("ProtocolError", "Check for a proxy, and check the endpoint URL.")]
    public const string MalformedAnswer = nameof(MalformedAnswer);

    /// <summary>A list operation returned a page token that was already used, so it would never end.</summary>
    [Error("ProtocolError", "Run the command again. If the error persists, report it to the operator of the endpoint.")]
    public const string RepeatedPageToken = nameof(RepeatedPageToken);

    /// <summary>The service rejected the request as not valid; the message contains the reason.</summary>
    [Error("InvalidArgument", "Correct the value that the message names.")]
    public const string RequestRejected = nameof(RequestRejected);

    /// <summary>The event bus was not found.</summary>
    [Error("ObjectNotFound", "Check the name, the Region and the account.")]
    public const string EventBusNotFound = nameof(EventBusNotFound);

    /// <summary>The rule was not found, or was deleted in the meantime.</summary>
    [Error("ObjectNotFound", "Check the name and the event bus (`Get-EbRule`, `ebops rule list`).")]
    public const string RuleNotFound = nameof(RuleNotFound);

    /// <summary>The rule has no target with this ID.</summary>
    [Error("ObjectNotFound", "Check the ID (`Get-EbRule`, `ebops rule list`).")]
    public const string TargetNotFound = nameof(TargetNotFound);

    /// <summary>The target does not submit AWS Batch jobs, so it has no job definition.</summary>
    [Error("InvalidArgument", "Select another target.")]
    public const string NotBatchTarget = nameof(NotBatchTarget);

    /// <summary>Another resource was not found.</summary>
    [Error("ObjectNotFound", "Check the name, the Region and the account.")]
    public const string ResourceNotFound = nameof(ResourceNotFound);

    /// <summary>The rule is managed by an AWS service.</summary>
    [Error("PermissionDenied", "Change it in the service that the message names.")]
    public const string ManagedRule = nameof(ManagedRule);

    /// <summary>Another process or user is modifying the same rule, and all retries failed.</summary>
    [Error("ResourceBusy", "Run the command again.")]
    public const string ConcurrentModification = nameof(ConcurrentModification);

    /// <summary>A parameter value is not valid, or parameters conflict.</summary>
    [Error("InvalidArgument", "Correct the value as described in the message.")]
    public const string InvalidArgument = nameof(InvalidArgument);

    /// <summary>The text is neither <c>name[:revision]</c> nor the ARN of a job definition.</summary>
    [Error("InvalidArgument", "Correct the value as described in the message.")]
    public const string InvalidJobDefinitionReference = nameof(InvalidJobDefinitionReference);

    /// <summary>The target (or, for an undo, the job definition) was modified since it was read, so it was not updated.</summary>
    [Error("InvalidOperation", "Read it again and repeat the command, or use `-Force`.")]
    public const string TargetChanged = nameof(TargetChanged);

    /// <summary>The state of the job definition of the target cannot be determined (missing permissions, another account or Region).</summary>
    [Error("InvalidOperation", "Repair the target in its account and Region, or with the permission that the reason names.")]
    public const string TargetUnresolved = nameof(TargetUnresolved);

    /// <summary>The job definition has no ACTIVE revision.</summary>
    [Error("ObjectNotFound", "Register the job definition again, then repeat the command.")]
    public const string JobDefinitionMissing = nameof(JobDefinitionMissing);

    /// <summary>The specified revision is not ACTIVE.</summary>
    [Error("InvalidArgument", "Select one of the revisions that the message lists, or register it again.")]
    public const string RevisionNotActive = nameof(RevisionNotActive);

    /// <summary>EventBridge did not accept the new document of the target.</summary>
    [Error("WriteError", "Correct the value that the message names, then repeat the command.")]
    public const string WriteFailed = nameof(WriteFailed);

    /// <summary>EventBridge or AWS Batch accepted the update, but it could not be verified in time.</summary>
    [Error("InvalidResult", "Check again in a minute. `Undo-EbChange` (`ebops change undo`) rolls it back.")]
    public const string NotVerified = nameof(NotVerified);

    /// <summary>The journal does not contain the change, or several change IDs begin with the specified prefix.</summary>
    [Error("ObjectNotFound", "`Get-EbChange` (`ebops change list`) lists the IDs. Use `-JournalPath` to specify another journal.")]
    public const string ChangeNotFound = nameof(ChangeNotFound);

    /// <summary>The change was made, or the event comes from, an account or Region other than that of the session.</summary>
    [Error("InvalidOperation", "Repeat the command with the Region or the credentials that the message names.")]
    public const string WrongAccountOrRegion = nameof(WrongAccountOrRegion);

    /// <summary>The change journal cannot be written or read, or every user of the machine can write to it. Without the journal, nothing is written to AWS.</summary>
    [Error("WriteError", "Specify another folder with `-JournalPath` or `EBOPS_JOURNAL`.")]
    public const string JournalUnavailable = nameof(JournalUnavailable);

    /// <summary>The file is not a saved plan, was modified after it was saved, or was saved by a later version of EventBridgeOps.</summary>
    [Error("InvalidData", "Make the plan again, or update EventBridgeOps.")]
    public const string InvalidPlan = nameof(InvalidPlan);

    /// <summary>The image is not in its repository, or the repository does not exist.</summary>
    [Error("ObjectNotFound", "Check the tag, the account and the Region. `-WaitForImage` waits for a push that is in progress.")]
    public const string ImageNotFound = nameof(ImageNotFound);

    /// <summary>The digest of the image is required (<c>-PinDigest</c>, or the job definition specifies the image by its digest) but cannot be looked up: the image is not in an accessible private Amazon ECR registry.</summary>
    [Error("InvalidOperation", "Specify the digest, or omit `-PinDigest`.")]
    public const string ImageUnresolved = nameof(ImageUnresolved);

    /// <summary>The image was rejected because a completed scan reported a finding above <c>-MaxSeverity</c>, or because it is not an image that can run, such as a Helm chart.</summary>
    [Error("InvalidOperation", "Review the findings in Amazon ECR, and push a fixed image; or check the tag.")]
    public const string ImageBarred = nameof(ImageBarred);

    /// <summary>No container in the job definition uses an image from this repository; the message lists the images in use.</summary>
    [Error("ObjectNotFound", "Check the repository, the registry and `-ContainerName`.")]
    public const string ContainerNotFound = nameof(ContainerNotFound);

    /// <summary>The deployment of an Amazon ECS service failed, was rolled back, or was replaced by another one before it was completed.</summary>
    [Error("InvalidResult", "See the events of the service in Amazon ECS for the reason. `Get-EbServiceDeployment` (`ebops service list`) shows its deployments. `Undo-EbChange` (`ebops change undo`) restores its previous task definition.")]
    public const string DeploymentFailed = nameof(DeploymentFailed);

    /// <summary>The input is not a valid event: it is not valid JSON, or not a single JSON object. The message states the location and the reason.</summary>
    [Error("InvalidData", "Correct the input. All other input was processed.")]
    public const string InvalidEvent = nameof(InvalidEvent);

    /// <summary>The input is not a valid <c>PutEvents</c> entry, or not an event of a job. It was not sent.</summary>
    [Error("InvalidData", "Correct the value that the message names. Entries have `Source`, `DetailType` and `Detail`; events have `source`, `detail-type` and `detail`.")]
    public const string InvalidEntry = nameof(InvalidEntry);

    /// <summary>EventBridge did not accept the event; the message contains the error code.</summary>
    [Error("WriteError", "Correct the value that the message names, then send the event again.")]
    public const string EventRefused = nameof(EventRefused);

    /// <summary>Fields of an MVP request or a deployment are missing or not valid. Nothing was recorded or sent.</summary>
    [Error("InvalidArgument", "Correct each field that the message names.")]
    public const string InvalidRequest = nameof(InvalidRequest);

    /// <summary>A job with this ID already exists. It was not changed.</summary>
    [Error("ResourceExists", "Specify another `-JobId`, or omit it.")]
    public const string JobExists = nameof(JobExists);

    /// <summary>The store has no job with this ID.</summary>
    [Error("ObjectNotFound", "`Get-MvpJob` (`ebops mvp list`) lists the jobs. Use `-TableName` and `-StorePath` to specify another store.")]
    public const string JobNotFound = nameof(JobNotFound);

    /// <summary>The operation is not allowed in the current state of the job.</summary>
    [Error("InvalidOperation", "`Get-MvpJob` (`ebops mvp get`) shows the state.")]
    public const string JobStateConflict = nameof(JobStateConflict);

    /// <summary>The operation did not finish within the specified time. It is still in progress.</summary>
    [Error("OperationTimeout", "Increase the time limit, or check again later.")]
    public const string WaitTimeout = nameof(WaitTimeout);

    /// <summary>The job table or file does not exist, cannot be used, is being written by another process, or every user of the machine can write to it. Without the store, nothing is sent.</summary>
    [Error("WriteError", "Create the table (`New-MvpJobTable`, `ebops mvp create-table`), or specify another store.")]
    public const string JobStoreUnavailable = nameof(JobStoreUnavailable);

    /// <summary>The settings file cannot be read. Its values are never displayed.</summary>
    [Error("InvalidArgument", "Correct the line that the message names.")]
    public const string InvalidEnvFile = nameof(InvalidEnvFile);

    /// <summary>The input is a <c>PutEvents</c> entry (<c>Source</c>, <c>DetailType</c>), but an event (<c>source</c>, <c>detail-type</c>) is expected, or vice versa.</summary>
    [Error("InvalidData", "Convert entries to events with `ConvertTo-EbEvent` (`ebops event convert`).")]
    public const string EntryNotEvent = nameof(EntryNotEvent);

    /// <summary>An event pattern is not valid; the message contains the reason given by the service, the location and a hint.</summary>
    [Error("InvalidData", "Correct the pattern. `Test-EbPattern -Lint` (`ebops pattern lint`) lists all problems.")]
    public const string InvalidPattern = nameof(InvalidPattern);

    /// <summary>A line in a test case file is not a valid case.</summary>
    [Error("InvalidData", "Correct the line that the message names. All other cases were run.")]
    public const string InvalidCase = nameof(InvalidCase);

    /// <summary>The result of a test case is not the expected result.</summary>
    [Error("InvalidResult", "Correct the pattern or the expected result. `Test-EbPattern -Explain` (`ebops pattern explain`) shows the reason.")]
    public const string CaseFailed = nameof(CaseFailed);

    /// <summary>With <c>-Online</c>: the service returned a result for a pattern that differs from the result of the local engine.</summary>
    [Error("InvalidResult", "Use the result of the service, and report the pattern and the event to the project.")]
    public const string ServiceDiffers = nameof(ServiceDiffers);

    /// <summary>A file or a pipeline object does not contain rules.</summary>
    [Error("InvalidData", "See the message. The help of `Get-EbRoute` (`ebops route --help`) lists the supported formats.")]
    public const string InvalidRule = nameof(InvalidRule);

    /// <summary>There was no pattern, or no event, so nothing was checked.</summary>
    [Error("ObjectNotFound", "Check the files, the names and the wildcards that were specified; the message and the warnings name what was looked at.")]
    public const string NothingChecked = nameof(NothingChecked);

    /// <summary>A file does not exist, cannot be accessed, or is damaged.</summary>
    [Error("ReadError", "Check the path and your permissions.")]
    public const string FileNotReadable = nameof(FileNotReadable);

    /// <summary>With <c>-FailOnDrift</c>: targets are <c>Behind</c>, <c>Inactive</c> or <c>Missing</c>, a sync with <c>-WhatIf</c> would update targets, or images are <c>Missing</c>. All results were written before this error.</summary>
    [Error("InvalidResult", "Repair targets with `Sync-EbBatchTarget` (`ebops target sync`). Register a `Missing` job definition again. Push a missing image, or update to an image that exists.")]
    public const string DriftFound = nameof(DriftFound);

    /// <summary>A report file cannot be written.</summary>
    [Error("WriteError", "Specify another path. The operation that the report describes was completed.")]
    public const string ReportNotWritten = nameof(ReportNotWritten);

    /// <summary>Standard output cannot be written.</summary>
    [Error("WriteError", "Make room on the disk, or write to another file. What the command did is not undone.")]
    public const string OutputNotWritten = nameof(OutputNotWritten);

    /// <summary>The sandbox could not be started or stopped.</summary>
    [Error("OpenError", "See the message. Try another port or engine.")]
    public const string SandboxFailed = nameof(SandboxFailed);

    /// <summary>The configuration of the automation is not valid.</summary>
    [Error("InvalidArgument", "Correct the field that the message names, in the environment variables of the function or in its parameter in Parameter Store.")]
    public const string InvalidSettings = nameof(InvalidSettings);

    /// <summary>Another instance of the automation is processing the same event.</summary>
    [Error("ResourceBusy", "Nothing: the event is delivered again. If it happens often, increase the timeout of the function.")]
    public const string WorkInProgress = nameof(WorkInProgress);

    /// <summary>The table in which the automation remembers its work cannot be used.</summary>
    [Error("ResourceUnavailable", "Check the name of the table (`EBOPS_TABLE`), its keys and the permissions of the function.")]
    public const string WorkTableUnavailable = nameof(WorkTableUnavailable);

    /// <summary>The queue has a redrive policy of its own, which can move a message that is received.</summary>
    [Error("InvalidOperation", "Remove the redrive policy of the queue, or read the queue with Force.")]
    public const string QueueMovesMessages = nameof(QueueMovesMessages);

    /// <summary>The package of the automation is missing, damaged, or not the one that is expected.</summary>
    [Error("InvalidData", "Specify a ZIP file with `bootstrap`, which `dotnet publish` compiled for Amazon Linux 2023.")]
    public const string InvalidPackage = nameof(InvalidPackage);

    /// <summary>CloudFormation could not create, update or delete a stack; the message has the resource and the reason.</summary>
    [Error("OperationStopped", "Correct what the message names, and run the command again. An update that failed was rolled back.")]
    public const string StackFailed = nameof(StackFailed);

    /// <summary>The function of the automation ended with an error; the message has the error.</summary>
    [Error("InvalidResult", "Read its log (`Get-EbAutomationLog`, `ebops automation logs`).")]
    public const string FunctionFailed = nameof(FunctionFailed);

    /// <summary>A schema is not valid JSON Schema or OpenAPI, or it refers to a schema that does not exist.</summary>
    [Error("InvalidData", "Correct the place in the schema that the message names.")]
    public const string InvalidSchema = nameof(InvalidSchema);

    /// <summary>An event does not follow its schema; the message has the place in the event and the rule.</summary>
    [Error("InvalidData", "Correct the event, or publish a new version of the schema.")]
    public const string SchemaViolated = nameof(SchemaViolated);

    /// <summary>The folder is not a project, or the project cannot be changed or used as requested.</summary>
    [Error("InvalidData", "Correct what the message names. `Test-EbProject` (`ebops project test`) lists all that is wrong with a project.")]
    public const string InvalidProject = nameof(InvalidProject);

    /// <summary>A check of a project failed. All results were written before this error.</summary>
    [Error("InvalidResult", "Correct the places that the results name.")]
    public const string ProjectTestFailed = nameof(ProjectTestFailed);

    /// <summary>The replay was not started; the message has the reason: work would be started again, no rule would receive an event, the archive is not enabled, the name is in use, or too many replays are active.</summary>
    [Error("InvalidOperation", "Do what the message says. `Start-EbReplay -WhatIf` (`ebops replay start --what-if`) shows what a replay does.")]
    public const string ReplayRefused = nameof(ReplayRefused);

    /// <summary>The replay failed, or was cancelled before it was completed. The events that were replayed are not recalled.</summary>
    [Error("InvalidResult", "`Get-EbReplay` (`ebops replay list`) shows the reason, and the time of the last event that was replayed. Start another replay for the rest.")]
    public const string ReplayFailed = nameof(ReplayFailed);
    /// <summary>A check before a publication failed. Nothing was changed.</summary>
    [Error("InvalidOperation", "Do what the checks advise, or specify `-SkipPreflight`.")]
    public const string PreflightFailed = nameof(PreflightFailed);

    /// <summary>A change would lose data that was not named. Nothing was changed.</summary>
    [Error("InvalidOperation", "Keep the resources that the message names, or name those whose data may be lost with `-Discard` (`--discard`).")]
    public const string DataLoss = nameof(DataLoss);

    /// <summary>An unexpected error occurred.</summary>
    [Error("NotSpecified", "Report the error to the project, with the message.")]
    public const string Unexpected = nameof(Unexpected);

    /// <summary>The category of an error ID, as the name of a PowerShell <c>ErrorCategory</c>.</summary>
    /// <param name="errorId">One of these IDs.</param>
    public static string Category(string errorId) => All.FirstOrDefault(error => error.Id == errorId)?.Category ?? "NotSpecified";
}

/// <summary>Describes an error ID; its comment says what it means.</summary>
/// <param name="category">The name of a PowerShell <c>ErrorCategory</c>.</param>
/// <param name="advice">What to do, as sentences.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ErrorAttribute(string category, string advice) : Attribute
{
    /// <summary>The name of a PowerShell <c>ErrorCategory</c>.</summary>
    public string Category => category;

    /// <summary>What to do, as sentences.</summary>
    public string Advice => advice;
}

/// <summary>The description of an error ID, from which the page of errors is generated.</summary>
/// <param name="Id">The ID.</param>
/// <param name="Category">The name of a PowerShell <c>ErrorCategory</c>.</param>
/// <param name="Meaning">What it means, as sentences.</param>
/// <param name="Advice">What to do, as sentences.</param>
public sealed record ErrorDescription(string Id, string Category, string Meaning, string Advice);
