using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Completion;

/// <summary>Descriptions of suggested names. None of it names an action or a parameter, so it reads the same in every front end.</summary>
internal static class CompletionMessages
{
    public static Message ScheduledRule(string bus, string? state, string schedule) => Message.Of($"{bus}: {state}, {schedule}");

    public static Message PatternRule(string bus, string? state) => Message.Of($"{bus}: {state}, event pattern");

    public static Message LatestRevision(int revision) => Message.Of($"latest revision {revision}");

    public static Message Pushed(string time, string? digest) => Message.Of($"pushed {time} UTC, {digest}");

    public static Message SameName(string description, int others) => Message.Of($"{description}; {others} more with the same name");

    public static Message Change(string time, Enum kind, Enum status, int items) => Message.Of($"{time} UTC, {kind}, {status}, {items:item|items}");

    public static Message Job(Enum state, string user, string time) => Message.Of($"{state}, user {user}, {time} UTC");

    public static Message ServiceOf(string cluster) => Message.Of($"service of cluster {cluster}");
}
