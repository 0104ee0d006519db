using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Language;

/// <summary>What is wrong with a command line, in our own words: those of the parser's library name .NET types and span several lines.</summary>
internal static class UsageErrors
{
    private static readonly Type[] WholeNumbers = [typeof(int), typeof(int?)];
    private static readonly Type[] Numbers = [typeof(double), typeof(double?)];

    /// <summary>The errors, each once.</summary>
    public static IReadOnlyList<OpsException> Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        // After an unknown command, nothing can be said of the rest of the line.
        List<Message> messages = [.. Unknown(command, parsed.UnmatchedTokens).Take(command.Subcommands.Count > 0 ? 1 : int.MaxValue)];
        // For an unknown token, the library also reports that the command is missing.
        messages.AddRange(parsed.Errors.Where(error => messages.Count == 0 || error.SymbolResult is not (null or CommandResult)).Select(Of).DistinctBy(message => message.ToString()));
        return [.. messages.Select(message => new OpsException(ErrorIds.InvalidArgument, message))];
    }

    private static IEnumerable<Message> Unknown(Command command, IReadOnlyList<string> tokens)
    {
        bool afterOption = false;
        foreach (string token in tokens)
        {
            bool isOption = token.StartsWith('-') && token.Length > 1;
            // What follows an unknown option is probably its value.
            if (!isOption && afterOption)
                afterOption = false;
            else
                yield return isOption ? UsageMessages.UnknownOption(token) : command.Subcommands.Count > 0 ? UsageMessages.UnknownCommand(token) : UsageMessages.UnexpectedArgument(token);
            afterOption = isOption;
        }
    }

    private static Message Of(ParseError error)
    {
        OptionResult? option = error.SymbolResult as OptionResult ?? (error.SymbolResult as ArgumentResult)?.Parent as OptionResult;
        if (option is not null)
            return OfValue(error, option.Option, option.Option.Name, option.Option.ValueType, option.Option.Arity, option.Tokens);
        return error.SymbolResult is ArgumentResult { Argument: { } argument } result
            ? OfValue(error, argument, $"<{argument.Name}>", argument.ValueType, argument.Arity, result.Tokens)
            : Message.Verbatim(error.Message);
    }

    private static Message OfValue(ParseError error, Symbol symbol, string name, Type type, ArgumentArity arity, IReadOnlyList<Token> tokens)
    {
        if (tokens.Count < arity.MinimumNumberOfValues)
            return symbol is Option ? UsageMessages.ValueMissing(name) : UsageMessages.ArgumentMissing(name);
        if (tokens.Count > arity.MaximumNumberOfValues)
            return UsageMessages.TooManyValues(name, tokens.Count);
        string[] choices = [.. symbol.GetCompletions(CompletionContext.Empty).Select(item => item.Label).Distinct(StringComparer.OrdinalIgnoreCase)];
        string value = tokens.FirstOrDefault(token => !choices.Contains(token.Value, StringComparer.OrdinalIgnoreCase))?.Value ?? "";
        return (choices.Length, type) switch
        {
            ( > 0, _) => UsageMessages.NotAChoice(value, name, choices),
            _ when WholeNumbers.Contains(type) => UsageMessages.NotAWholeNumber(value, name),
            _ when Numbers.Contains(type) => UsageMessages.NotANumber(value, name),
            _ => Message.Verbatim(error.Message),
        };
    }
}
