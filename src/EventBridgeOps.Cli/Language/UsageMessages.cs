using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Language;

/// <summary>What the program says about a command line that it cannot run.</summary>
internal static class UsageMessages
{
    public static Message NotAnAction(string? word, IEnumerable<string> actions) => word is null
        ? Message.Of($"--action needs a value. Valid actions: {actions}.")
        : Message.Of($"'{word}' is not a valid action. Valid actions: {actions}.");

    public static Message Cancelled() => Message.Of($"Cancelled.");

    public static Message Unexpected(string message) => Message.Of($"An unexpected error occurred: {message}");

    public static Message UnknownCommand(string token) => Message.Of($"Unknown command: {token}.");

    public static Message UnknownOption(string token) => Message.Of($"Unknown option: {token}.");

    public static Message UnknownError(string id) => Message.Of($"{id} is not the ID of an error. To list the errors, run {"errors":topic}.");

    public static Message QuotesLost(string json, Message fault) => Message.Of($"'{json}' looks like JSON, but {fault:clause}.");

    public static Message UnexpectedArgument(string token) => Message.Of($"Unexpected argument: {token}.");

    public static Message DidYouMean(string name, Message error) => Message.Of($"Did you mean {name}? {error}");

    public static Message UnknownMeant(Message error, string name) => Message.Of($"{error} Did you mean {name}?");

    public static Message SeeHelp(string command) => Message.Of($"For help, run: {command} {"Help":param}");

    public static Message ArgumentMissing(string argument) => Message.Of($"The argument {argument} is required.");

    public static Message ValueMissing(string option) => Message.Of($"Option {option} requires a value.");

    public static Message NoValue(string option) => Message.Of($"Option {option} does not accept a value. Specify {option}, or omit it.");

    public static Message EmptyValue(string name) => Message.Of($"The value of {name} is empty. Specify a value, or omit {name}.");

    public static Message NotNameAndValue(string option, string value) => Message.Of($"'{value}' is not a valid value for {option}. Specify a name and a value: name=value.");

    public static Message TooManyValues(string option, int count) => Message.Of($"Option {option} accepts only one value, but {count:value was|values were} specified.");

    public static Message GivenTwice(string option) => Message.Of($"The value of {option} was specified twice. Specify it once, with or without {option}.");

    public static Message NoReport(string form, string option, IEnumerable<string> choices) => Message.Of($"'{form}' is a format of reports, which this command does not have. Valid values for {option}: {choices}.");

    public static Message NotAChoice(string value, string name, IEnumerable<string> choices) => Message.Of($"'{value}' is not a valid value for {name}. Valid values: {choices}.");

    public static Message NotAWholeNumber(string value, string name) => Message.Of($"'{value}' is not a valid value for {name}. Specify a whole number.");

    public static Message OutOfRange(string value, string name) => Message.Of($"{value} is not a valid value for {name}. Specify a whole number of at most {int.MaxValue}.");

    public static Message NotANumber(string value, string name) => Message.Of($"'{value}' is not a valid value for {name}. Specify a number.");
}
