using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Events;

/// <summary>What the commands for events say.</summary>
internal static class EventCommandMessages
{
    public static Message NoInput(string what, string parameter, string pathParameter) =>
        Message.Of($"No {what} was specified. Specify it with {parameter:param} or {pathParameter:param}, or pipe it to standard input.");

    public static Message EntryFileWithParts() =>
        Message.Of($"{"EntryFile":param} cannot be combined with {"Source":param}, {"DetailType":param}, {"Detail":param}, {"Time":param}, {"Resource":param} or {"TraceHeader":param}, because the file contains complete entries.");

    public static Message EventPathWithOthers() =>
        Message.Of($"{"EventPath":param} cannot be combined with {"EntryFile":param}, {"Source":param}, {"DetailType":param}, {"Detail":param}, {"Time":param}, {"Resource":param} or {"TraceHeader":param}, because the file contains complete events.");

    public static Message FileAndConfirm(string file) =>
        Message.Of($"{"Confirm":param} cannot be combined with {file:param} -, because both read standard input. Specify a file, or preview the events with {"WhatIf":param}.");

    public static Message Missing(string parameter) =>
        Message.Of($"{parameter:param} is missing. Specify {"Source":param} and {"DetailType":param}, or specify complete entries with {"EntryFile":param}.");

    public static Message NotATime(string text) => Message.Of($"'{text}' is not a valid value for {"Time":param}. Specify a time in ISO 8601 format, for example 2026-11-21T09:30:00Z.");

    public static Message SentOne(string item, string bus, string? eventId) => Message.Of($"Sent {item} to event bus {bus} (event ID: {eventId}).");

    public static Message Sent(int sent) => Message.Of($"{sent} sent.");

    public static Message SentAndFailed(int sent, int failed) => Message.Of($"{sent} sent, {failed} failed.");

    public static Message WouldSend(int count) => Message.Of($"{count} would be sent.");

    public static Message WouldSendAndFailed(int count, int failed) => Message.Of($"{count} would be sent, {failed} failed.");
}
