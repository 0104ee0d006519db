using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Templates;

/// <summary>What is said of templates while they are read.</summary>
internal static class TemplateMessages
{
    public static Message YamlNotLoaded() => Message.Of(
        $"YAML cannot be read here because another module in this shell has loaded a different version of YamlDotNet. Use the template in JSON format, or start a new shell.");

    public static Message YamlEmpty() => Message.Of($"It is empty.");

    public static Message YamlNotReadable() => Message.Of($"Check that each bracket, brace and quotation mark is closed.");

    public static Message YamlNotClosed() => Message.Of($"This bracket or brace is not closed, or what is in it is not indented.");

    public static Message YamlAt(TextPlace place, Message reason) => Message.Of($"Line {place.Line}, column {place.Column}: {reason}");

    public static Message YamlTooLarge() => Message.Of($"It has too many values; aliases can multiply them.");

    public static Message YamlTooDeep(int limit) => Message.Of($"It is nested more than {limit} levels deep.");

    public static Message YamlUnknownAlias(string alias) => Message.Of($"Alias *{alias} is not preceded by its anchor.");

    public static Message YamlKeyNotText() => Message.Of($"A key is not a string.");

    public static Message YamlSecondDocument() => Message.Of($"A second YAML document begins here. A file has one document; remove the line, or put the rest into another file.");

    public static Message YamlKeyTwice(long line, string key) => Message.Of($"Line {line}: the key '{key}' occurs twice; the last value is used, as in CloudFormation.");

    public static Message YamlKeyTwiceInMapping(string key) => Message.Of($"The key '{key}' occurs twice.");

    public static Message YamlAlias(long line) => Message.Of($"Line {line}: CloudFormation may reject the aliases and merge keys (<<) of YAML unless the template is packaged first; they are read here.");

    public static Message LoopNotExpanded(string loop, IEnumerable<string> symbols) => Message.Of(
        $"{loop} was not expanded, and its rules were not read, because its collection depends on {symbols}. Specify a value with {"Parameter":param}.");

    public static Message LoopNotValid(string loop) => Message.Of($"{loop} was not expanded, and its rules were not read: it is not a list of an identifier, a collection and an object.");

    public static Message NotAllowed(string parameter, IEnumerable<string> allowed) => Message.Of($"The value of parameter {parameter} is not one that the template allows. Allowed values: {allowed}.");
}
