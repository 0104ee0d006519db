using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Archives;

/// <summary>Messages about replays. What a target does again, and why a rule is left out, are clauses.</summary>
internal static class ReplayMessages
{
    private const string Exclusion = "\"replay-name\": [{\"exists\": false}]";

    public static Message Reading() => Message.Of($"Reading replays");

    public static Message NoReplays() => Message.Of($"There are no replays in this Region. EventBridge keeps a replay for 90 days.");

    public static Message NothingFound() => Message.Of($"No replays were found. EventBridge keeps a replay for 90 days. To list all of them, run {"replay list":cmd}.");

    public static Message NotAState(string state, IEnumerable<string> states) => Message.Of($"'{state}' is not a state of a replay. Valid values: {states}.");

    public static Message ArchiveMissing() => Message.Of($"{nameof(ReplayOptions.ArchiveName):param} is missing. To list the archives, run {"archive list":cmd}.");

    public static Message FromMissing() => Message.Of($"{nameof(ReplayOptions.From):param} is missing. Specify the time of the first event: in ISO 8601 format, for example 2026-11-21T09:30:00Z, or how long ago, for example 2h.");

    public static Message NotATime(string option, string text) =>
        Message.Of($"'{text}' is not a valid value for {option:param}. Specify a time in ISO 8601 format, for example 2026-11-21T09:30:00Z, or how long ago, for example 2h.");

    public static Message EndNotAfterStart(DateTimeOffset from, DateTimeOffset to) =>
        Message.Of($"{nameof(ReplayOptions.To):param} ({EventTime.Of(to)}) must be after {nameof(ReplayOptions.From):param} ({EventTime.Of(from)}).");

    public static Message TooRecent(DateTimeOffset from, DateTimeOffset to) => Message.Of(
        $"{nameof(ReplayOptions.From):param} is {EventTime.Of(from)}, and the replay ends 10 minutes ago ({EventTime.Of(to)}) because events can arrive in the archive late. Specify an earlier time, or {nameof(ReplayOptions.To):param}.");

    public static Message ArchiveNotEnabled(string archive, string state, string? reason) => string.IsNullOrEmpty(reason)
        ? Message.Of($"Archive {archive} is {state}, so its events were not replayed. It must be ENABLED.")
        : Message.Of($"Archive {archive} is {state}, so its events were not replayed: {reason:clause}. It must be ENABLED.");

    public static Message NoSuchRule(string rule, string bus) => Message.Of($"Rule {rule} was not found on event bus {bus}, to which the archive belongs. To list its rules, run {"rule list":cmd}.");

    public static Message NothingReceives(string bus, IEnumerable<Message> rules) => Message.Of($"Nothing was replayed, because no rule of event bus {bus} would receive an event: {rules}.");

    public static Message WorkAgain(IEnumerable<Message> rules, IEnumerable<string> others) => others.Any()
        ? Message.Of($"Nothing was replayed, because work would be started again: {rules}. To replay without these rules, specify {nameof(ReplayOptions.RuleName):param} {others}. {Consent()}")
        : Message.Of($"Nothing was replayed, because work would be started again: {rules}. {Consent()}");

    public static Message NamedInVain(Message rule) => Message.Of($"The replay does not reach {rule}.");

    public static Message MayBeLate(DateTimeOffset to) =>
        Message.Of($"The replay ends at {EventTime.Of(to)}, less than 10 minutes ago. Events can arrive in the archive late, so the most recent ones can be missing.");

    public static Message BeforeArchive(string archive, DateTimeOffset created) => Message.Of($"Archive {archive} was created at {EventTime.Of(created)}, so it has no events from before.");

    public static Message Expired(string archive, int days) => Message.Of($"Archive {archive} keeps events for {days:day|days}, so older ones are not replayed.");

    public static Message Archive(string archive) => Message.Of($"archive {archive}");

    public static Message Replay(string replay) => Message.Of($"replay {replay}");

    public static Message Start(DateTimeOffset from, DateTimeOffset to, long events, string bus, IEnumerable<Message> rules, IEnumerable<Message> others) => others.Any()
        ? Message.Of($"Replay its events from {EventTime.Of(from)} to {EventTime.Of(to)} ({Most(events)}) on event bus {bus} to {rules}; not to {others}")
        : Message.Of($"Replay its events from {EventTime.Of(from)} to {EventTime.Of(to)} ({Most(events)}) on event bus {bus} to {rules}");

    public static Message Cancel(string archive) => Message.Of($"Cancel the replay of archive {archive}; the events that it has replayed are not recalled");

    public static Message RuleWith(string rule, IEnumerable<string> effects) => effects.Any() ? Message.Of($"rule {rule} ({effects})") : Message.Of($"rule {rule} (no targets)");

    public static Message LeftOut(string rule, ReplayedRuleState state) => state switch
    {
        ReplayedRuleState.Excludes => Message.Of($"rule {rule} (its pattern excludes replayed events)"),
        ReplayedRuleState.Disabled => Message.Of($"rule {rule} (disabled)"),
        ReplayedRuleState.Managed => Message.Of($"rule {rule} (managed by an AWS service)"),
        _ => Message.Of($"rule {rule} (no event pattern)"),
    };

    public static Message SubmitsJob(string jobDefinition, string queue) => Message.Of($"a job of {jobDefinition} is submitted to job queue {queue} again");

    public static Message RunsTask(string taskDefinition, string cluster) => Message.Of($"a task of {taskDefinition} is run in cluster {cluster} again");

    public static Message InvokesFunction(string function) => Message.Of($"function {function} is invoked again");

    public static Message Queue(string name) => Message.Of($"queue {name}");

    public static Message Topic(string name) => Message.Of($"topic {name}");

    public static Message ReceivesMessage(Message receiver) => Message.Of($"{receiver} receives the message again");

    public static Message Receives(string target) => Message.Of($"{target} receives the event again");

    public static Message Forwards(string bus) => Message.Of($"the event is forwarded to event bus {bus} again");

    public static Message Beyond(string bus, string rule, Message work) => Message.Of($"by rule {rule} of event bus {bus}, {work}");

    public static Message BeyondUnknown(string bus, OpsException error) => Message.Of($"What the rules of event bus {bus} do, to which events are forwarded, is unknown: {error:clause}.");

    public static Message Starts(string target) => Message.Of($"{target} is started again");

    public static Message Invokes(string target) => Message.Of($"{target} is invoked again");

    public static Message NameInUse(string name, bool isNew) => isNew
        ? Message.Of($"The replay was not started, because its new name {name} is in use. Run the command again.")
        : Message.Of($"The replay was not started, because another replay of this account and Region has or had the name {name} in the last 90 days. Specify another {nameof(ReplayOptions.ReplayName):param}, or omit it.");

    public static Message StartedBefore(string name) => Message.Of($"Replay {name} was started before, with the same events and rules. It was not started again.");

    public static Message TooManyActive() =>
        Message.Of($"The replay was not started, because 10 replays are active, which is the maximum of an account in a Region. Wait until one has ended ({"replay list":cmd}), or cancel one ({"replay cancel":cmd}).");

    public static Message Started(string name) => Message.Of($"Replay {name} was started. To follow it, run {"replay list":cmd} {name}. To cancel it, run {"replay cancel":cmd} {name}.");

    public static Message Replaying(string name) => Message.Of($"Replaying {name} (%)");

    public static Message StillRunning(string name, double seconds) =>
        Message.Of($"Replay {name} did not end within {seconds} seconds. It goes on. To follow it, run {"replay list":cmd} {name}. To cancel it, run {"replay cancel":cmd} {name}.");

    public static Message WasCancelled(string name, string? reason) => string.IsNullOrEmpty(reason)
        ? Message.Of($"Replay {name} was cancelled before it was completed.")
        : Message.Of($"Replay {name} was cancelled before it was completed: {reason:clause}.");

    public static Message HasFailed(string name, string? reason) => string.IsNullOrEmpty(reason)
        ? Message.Of($"Replay {name} failed. EventBridge states no reason.")
        : Message.Of($"Replay {name} failed: {reason:clause}.");

    public static Message AlreadyEnded(string name, ReplayState state, DateTimeOffset? ended) => ended is { } at
        ? Message.Of($"Replay {name} has already ended ({state}, at {EventTime.Of(at)}), so it was not cancelled.")
        : Message.Of($"Replay {name} has already ended ({state}), so it was not cancelled.");

    public static Message AlreadyCancelling(string name) => Message.Of($"Replay {name} is being cancelled already.");

    private static Message Most(long events) => events > 0
        ? Message.Of($"at most about {events:event|events}, which is what the archive holds; EventBridge updates the number within 24 hours")
        : Message.Of($"the number is unknown, because EventBridge updates it within 24 hours and has counted none yet");

    private static Message Consent() => Message.Of(
        $"To start the work again, name each of these rules with {nameof(ReplayOptions.RuleName):param}, or use {nameof(ReplayOptions.Force):param}. To protect a rule from replays, add {Exclusion} to its pattern.");

}
