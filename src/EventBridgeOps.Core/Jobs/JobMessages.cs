using EventBridgeOps.Events.Messages;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.Jobs;

/// <summary>What is said of MVP jobs, their requests and their stores.</summary>
internal static class JobMessages
{
    public static Message SendingRequests() => Message.Of($"Sending requests");

    public static Message EventBus(string bus) => Message.Of($"event bus {bus}");

    // Operations: each starts with its verb, and is not a sentence.
    public static Message Send(string detailType, string jobId, string? user, string? product, bool plainDatabaseUrl, DetailPreview detail) => plainDatabaseUrl
        ? Message.Of($"Send {detailType} {jobId} (user {user}, product {product}, with a plain database URL) with the detail {detail}")
        : Message.Of($"Send {detailType} {jobId} (user {user}, product {product}) with the detail {detail}");

    public static Message Resend(string detailType, string bus, string recorded, DetailPreview detail) =>
        Message.Of($"Send {detailType} to event bus {bus} again (recorded {recorded}) with the detail {detail}");

    public static Message PlainDatabaseUrlSent() => Message.Of(
        $"A plain database URL is sent in the event. Everyone who can read the events of the event bus, its archives or the logs of its targets can read it. To avoid this, specify a Secrets Manager ARN with {nameof(MvpRequest.DatabaseUrl):param}.");

    public static Message RequestFailed(string jobId, string? user, string? product, string? reason) => Message.Of($"Request {jobId} (user {user}, product {product}): {reason}");

    public static Message DatabaseUrlNeeded() => Message.Of(
        $"The event had a plain database URL, which is not stored. Specify the database URL again with {"mvp repair":cmd}, or cancel the job with {"mvp cancel":cmd} and send a new request.");

    /// <summary>The reason in the history of a job.</summary>
    public static Message NotSent(string? reason) => Message.Of($"not sent: {reason}");

    public static Message Pending(string? reason) => Message.Of($"{reason:clause}. The job is recorded as Pending. To send it again, run {"mvp repair":cmd}.");

    public static Message SentNotRecorded(string? eventId, OpsException error) => Message.Of(
        $"The event was sent (event ID {eventId}), but the job could not be marked as Queued: {error:clause}. If you run {"mvp repair":cmd}, the event is sent once more, with the same job ID.");

    public static Message Faults(string? origin, Message faults) => origin is null ? Message.Of($"{faults:clause}.") : Message.Of($"{origin}: {faults:clause}.");

    /// <summary>A field of a request as the user knows it: a parameter, or a member of a JSON line.</summary>
    public static Message Field(string parameter, string member, bool inLine) => inLine ? Message.Of($"{member}") : Message.Of($"{parameter:param}");

    public static Message Variable(string name) => Message.Of($"the environment variable {name}");

    public static Message InvalidDuration(Message field, string? text) => Message.Of($"{field} '{text}' is not a duration: use a number of seconds, for example 14400, or units, for example 4h or 1d12h");

    public static Message TestCountOutOfRange(int count, int most) => Message.Of($"{count} is not a valid value for {"TestCount":param}. Specify a number from 1 to {most}.");

    public static Message JobIdForSeveral() => Message.Of($"{nameof(MvpRequest.JobId):param} cannot be combined with several requests. Specify the ID of a job for one request only.");

    public static Message RequiredFieldMissing(Message field) => Message.Of($"{field} is missing");

    public static Message FieldTooLong(Message field, int length, int limit) => Message.Of($"{field} has {length} characters; the maximum is {limit}");

    public static Message ControlCharacter(Message field) => Message.Of($"{field} has a control character");

    public static Message InvalidJobId(Message field, string? jobId) => Message.Of($"{field} '{jobId}' is not valid: use 1 to 128 letters, digits, '_', '-' or '.', starting with a letter or a digit");

    public static Message InvalidEmail(Message field, string? email) => Message.Of($"{field} '{email}' is not a valid email address");

    public static Message InvalidFeature(Message field, int limit) => Message.Of($"{field} has an empty entry, or one of more than {limit} characters");

    public static Message PriorityOutOfRange(Message field, MvpPriority priority) => Message.Of($"{field} '{priority}' is not low, normal or high");

    public static Message InvalidDatabaseUrl(Message field) => Message.Of($"{field} is neither the ARN of a Secrets Manager secret nor a URL");

    public static Message PlainDatabaseUrl(Message field) => Message.Of(
        $"{field} is not the ARN of a Secrets Manager secret. Store the URL in Secrets Manager and specify the ARN of the secret; or use {nameof(MvpRequest.AllowPlainDatabaseUrl):param}, and everyone who can read the event can read the URL");

    public static Message MetadataTwice(Message metadata, string field) => Message.Of($"{metadata} has {field}, which is also set by itself");

    public static Message NoRequests(string name) => Message.Of($"No requests were found in {name}.");

    public static Message NotARequestAt(string origin, Message fault) => Message.Of($"{origin} is not a valid MVP request: {fault:clause}.");

    public static Message WithForms(Message fault) => Message.Of($"{fault:clause}. Requests are expected as JSON lines, as a JSON array, or as CSV with the columns userId and productId");

    public static Message NotARequest(Message fault) => Message.Of($"The input is not a valid MVP request: {fault}");

    public static Message Json(string fault) => Message.Of($"{fault}");

    // The JSON library's own message may quote the text.
    public static Message NotJson(long? column) => Message.Of($"it is not valid JSON: error at byte {column}.");

    public static Message NotAnObject(string field) => Message.Of($"{field} is not an object.");

    public static Message NotAString(string field) => Message.Of($"{field} is not a string.");

    public static Message UnknownField(string field) => Message.Of(
        $"{field} is not a field of a request. The fields are jobId, userId, productId, databaseUrl, priority, businessName, estimatedDuration, features, userEmail, metadata and eventBusName.");

    public static Message InvalidPriority(string priority) => Message.Of($"priority '{priority}' is not low, normal or high.");

    public static Message NotAJobEvent(Message fault) => Message.Of($"The event is not a valid Batch Job State Change event of an MVP job: {fault:clause}.");

    public static Message EventNotReadable(Message fault) => Message.Of($"it could not be read ({fault})");

    public static Message EntryNotEvent() => Message.Of($"it has DetailType, so it is an entry of PutEvents; an event, as matched by rules, has detail-type");

    public static Message OtherType(string type) => Message.Of($"its detail-type is '{type}'");

    public static Message OtherSource(string source, string expected) => Message.Of($"its source is '{source}', not {expected}");

    public static Message OtherRegion(string batchJob, string region, string own) =>
        Message.Of($"The event of Batch job {batchJob} is from Region {region}, but the session is in Region {own}. The job was not changed.");

    public static Message OtherAccount(string batchJob, string account, string own) =>
        Message.Of($"The event of Batch job {batchJob} is from account {account}, but the session is in account {own}. The job was not changed.");

    public static Message ChildOfArray(string batchJob, string parent, string jobId) => Message.Of($"Batch job {batchJob} is a part of Batch job {parent}, whose own events change job {jobId}.");

    public static Message FormerBatchJob(string batchJob, string jobId, string current) => Message.Of($"Batch job {batchJob} of job {jobId} is older than its Batch job {current}, so its events do not change the job.");

    public static Message SecondBatchJob(string jobId, string batchJob, string status, string current, MvpJobState state) => Message.Of(
        $"Job {jobId} has a second Batch job: {batchJob} is {status}, while the job is {state} with Batch job {current}. The job was not changed. EventBridge delivers events at least once: have the consumer check the job ID.");

    public static Message Followed(string jobId, string batchJob, string former) => Message.Of($"Job {jobId} has a second Batch job. It follows {batchJob}, which is newer than {former}.");

    public static Message FieldMissing(string field) => Message.Of($"{field} is missing");

    public static Message UnknownStatus(string status) => Message.Of($"its status '{status}' is unknown");

    public static Message NamesNoJob(string batchJob) => Message.Of(
        $"Batch job {batchJob} does not name an MVP job: its parameters, environment, tags, command and name have no job ID. In the input transformer of the rule, pass $.detail.jobId as parameter jobId or as environment variable JOB_ID");

    public static Message JobExists(string jobId, string store) =>
        Message.Of($"Job {jobId} already exists in {store}; it was not changed. Specify a different {nameof(MvpRequest.JobId):param}, or omit it.");

    public static Message JobNotFound(string jobId, string store) => Message.Of($"Job {jobId} was not found in {store}. To list the jobs, run {"mvp list":cmd}.");

    public static Message NotSaved(string jobId, string store) =>
        Message.Of($"Job {jobId} could not be saved because of repeated concurrent updates in {store}. Run the command again.");

    public static Message StoreHas(string store, int count) => Message.Of($"{store} has {count:job|jobs}");

    public static Message LineNotAJob(int line, string path, Message fault) => Message.Of(
        $"Line {line} of job store {path} is not a valid job: {fault:clause}. If the file is not a job store, specify the right one with {"StorePath":param}; otherwise, correct the line.");

    public static Message NotTheBeginningOfAJob() => Message.Of($"it is not the beginning of a job");

    public static Message StoreLocked(string path) => Message.Of(
        $"Job store {path} is being written by another process, and only one process can write at a time. Wait until it has finished, or use a table ({"TableName":param}).");

    public static Message StoreNotTrusted(string path, Message fault) => Message.Of(
        $"Job store {path} was not used: {fault:clause}. Remove the write permission of other users (chmod o-w), or specify another file with {"StorePath":param}.");

    public static Message StoreIsFolder(string path) => Message.Of($"Job store {path} is a folder. Specify a file with {"StorePath":param}, or a table with {"TableName":param}.");

    public static Message StoreNotReadable(string path, Message fault) => Message.Of(
        $"Job store {path} could not be read: {fault:clause}. Specify another file with {"StorePath":param}, or a table with {"TableName":param}.");

    public static Message StoreNotWritable(string path, Message fault) => Message.Of(
        $"Job store {path} could not be written: {fault:clause}. Specify another file with {"StorePath":param}, or a table with {"TableName":param}.");

    public static Message FileAndTable() => Message.Of($"{"StorePath":param} cannot be combined with {"TableName":param}: jobs are kept either in a file or in a table. Use one of them.");

    /// <summary>The message of a <see cref="System.Text.Json.JsonException"/>.</summary>
    public static Message DocumentFieldMissing(string field) => Message.Of($"{field} is missing.");

    /// <summary>The message of a <see cref="System.Text.Json.JsonException"/>.</summary>
    public static Message DocumentState(string? state) => Message.Of($"Its state '{state}' is unknown.");

    /// <summary>The message of a <see cref="System.Text.Json.JsonException"/>.</summary>
    public static Message DocumentTime(string field) => Message.Of($"{field} is not a valid time.");

    public static Message WaitingForJobs() => Message.Of($"Waiting for jobs");

    public static Message NotFinished(string jobId, MvpJobState state, TimeSpan waited) => Message.Of(
        $"Job {jobId} is still {state} after {waited.TotalSeconds:second|seconds}. It was not stopped. To wait longer, set {"TimeoutSeconds":param}; to stop the job, run {"mvp cancel":cmd}.");

    public static Message BatchNotRead(OpsException error) => Message.Of($"The Batch jobs could not be read, so job states may be out of date: {error}");

    public static Message NotPending(string jobId, MvpJobState state) => Message.Of($"Job {jobId} is {state}, not Pending, so its event is not sent again.");

    public static Message AlreadyFinished(string jobId, MvpJobState state) => Message.Of($"Job {jobId} has already finished; its state is {state}.");

    public static Message BatchJobFinished(string batchJob, string jobId, string? status) => Message.Of(
        $"Batch job {batchJob} of job {jobId} has already finished; its status is {status}. To update the job, run {"mvp update":cmd} with the event of the Batch job.");

    public static Message MarkAsCancelled() => Message.Of($"Mark the job as cancelled");

    public static Message CancelBatchJob(string batchJob, string status) => Message.Of($"Cancel Batch job {batchJob} ({status})");

    public static Message TerminateBatchJob(string batchJob, string status) => Message.Of($"Terminate Batch job {batchJob} ({status})");

    public static Message NoBatchJobKnown() => Message.Of($"no Batch job was known");

    public static Message BatchJobCancelled() => Message.Of($"Batch job cancelled");

    public static Message BatchJobTerminated() => Message.Of($"Batch job terminated");

    /// <summary>The reason in the history of a job.</summary>
    public static Message Stopped(string reason, Message how) => Message.Of($"{reason} ({how})");

    public static Message ConsumerMayStart(string jobId) => Message.Of(
        $"Job {jobId} is marked as cancelled, but its event was sent and its Batch job is unknown, so a consumer may still start one. To let jobs know their Batch jobs, run {"mvp update":cmd} with the events of Batch.");

    public static Message FinishedFirst(string jobId, MvpJobState state) => Message.Of($"Job {jobId} finished before it could be stopped; its state is {state}.");

    public static Message Table(string table) => Message.Of($"table {table}");

    public static Message CreateTable() => Message.Of($"Create the table with on-demand billing");

    public static Message NothingFound(string store, string? user, IReadOnlyCollection<string> states) => (user, states.Count) switch
    {
        (null, 0) => Message.Of($"No jobs were found in {store}."),
        (null, _) => Message.Of($"No jobs in state {states} were found in {store}."),
        (_, 0) => Message.Of($"No jobs of user {user} were found in {store}."),
        _ => Message.Of($"No jobs of user {user} in state {states} were found in {store}."),
    };

    public static Message WaitingForTable() => Message.Of($"Waiting for the table");

    public static Message NotAJobTable(string table, string fault) => Message.Of(
        $"Table {table} already exists, but it is not a table of jobs: {fault:clause}. Specify another name with {"TableName":param}.");

    public static Message TableNotActive(string table, string? status, TimeSpan waited) => status is null
        ? Message.Of($"Table {table} was not found {waited.TotalMinutes:minute|minutes} after it was created. DynamoDB may still create it; check again later.")
        : Message.Of($"Table {table} is still {status} after {waited.TotalMinutes:minute|minutes}. DynamoDB continues with it; check again later.");

    public static Message StateUnchanged(string jobId, MvpJobState state, string status, string batchJob) =>
        Message.Of($"Job {jobId} is already {state}, so status {status} of Batch job {batchJob} does not change it.");

    public static Message Move(MvpJobState from, MvpJobState to, string batchJob, string status) => Message.Of($"Update the job from {from} to {to} (Batch job {batchJob} is {status})");
}
