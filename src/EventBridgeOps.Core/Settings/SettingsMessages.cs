using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Settings;

/// <summary>Messages about settings files. A value is never part of it.</summary>
internal static class SettingsMessages
{
    public static Message TooLarge(string file) => Message.Of($"The settings file {file} is larger than 1 MB, so it is not a valid settings file.");

    public static Message NotAnAssignment(string file, int line) => Line(file, line, Message.Of($"is not of the form NAME=value"));

    public static Message TextAfterQuote(string file, int line) => Line(file, line, Message.Of($"has text after the closing quotation mark"));

    public static Message QuoteNotClosed(string file, int line) => Line(file, line, Message.Of($"has no closing quotation mark"));

    private static Message Line(string file, int line, Message fault, [CallerMemberName] string member = "") =>
        Message.Of($"Line {line} of the settings file {file} {fault}. The value is not shown, because it may be a secret.", member);
}
