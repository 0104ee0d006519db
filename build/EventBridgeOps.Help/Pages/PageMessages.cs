using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Help.Pages;

/// <summary>What is wrong with the form of a page.</summary>
internal static class PageMessages
{
    public static Message NoTitle() => Message.Of($"A page begins with '# ' and its title.");

    public static Message BadListLine() => Message.Of($"In a list, a line begins with '* ', or with two spaces if it continues an item.");

    public static Message UnknownBlock(string start) => Message.Of($"'{start}' at the start of a line is not supported. Use '## ' for sections, '* ' for lists, and fences for code.");

    public static Message CodeNotClosed() => Message.Of($"This code block is not closed. Add a line that contains only ```.");

    public static Message BadRow() => Message.Of($"A table row ends with '|' and has as many cells as the other rows.");

    public static Message BadTable() => Message.Of($"A table has a header, a line of '| --- |', and at least one row.");

    public static Message UnknownMark(string mark, string text) => Message.Of($"'{mark}' in '{text}' is not supported. Use only `code`, *emphasis*, **strong emphasis** and [links](to.md) in text.");

    public static Message NoSynopsis() => Message.Of($"The title must be followed by a paragraph of one line that describes the topic.");

    public static Message SynopsisTooLong(int most, int length) => Message.Of($"The first paragraph is the synopsis of the topic. It can have at most {most} characters, but has {length}.");

    public static Message CodeTooWide(int most, int length) => Message.Of($"A line of code in a topic can have at most {most} characters, but this line has {length}.");

    public static Message NoSessionTable() => Message.Of($"The table of the session parameters is missing.");
}
