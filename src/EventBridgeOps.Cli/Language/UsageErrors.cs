using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Globalization;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;

namespace EventBridgeOps.Cli.Language;

/// <summary>What is wrong with a command line, in our own words: those of the parser's library name .NET types and span several lines.</summary>
internal static class UsageErrors
{
    private static readonly Type[] WholeNumbers = [typeof(int), typeof(int?)];
    private static readonly Type[] Numbers = [typeof(double), typeof(double?)];

    /// <summary>Whether a command line cannot be run.</summary>
    public static bool Any(ParseResult parsed) => parsed.Errors.Count > 0 || (parsed.Action is not { ClearsParseErrors: true } && (Empty(parsed).Any() || Mistaken(parsed).Any()));

    /// <summary>The errors, each once.</summary>
    public static IReadOnlyList<OpsException> Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        // After an unknown command, nothing can be said of the rest of the line.
        List<Message> messages = [.. Unknown(command, [.. Mistaken(parsed), .. parsed.UnmatchedTokens]).Take(command.Subcommands.Count > 0 ? 1 : int.MaxValue)];
        // For an unknown token, the library also reports that the command is missing.
        messages.AddRange(parsed.Errors.Where(error => messages.Count == 0 || error.SymbolResult is not (null or CommandResult)).Select(Of));
        messages = [.. Empty(parsed), .. messages];
        if (parsed.UnmatchedTokens.Count > 0 && QuotesLost(parsed) is { } lost)
            messages.Add(lost);
        return [.. messages.DistinctBy(message => message.ToString()).Select(message => new OpsException(ErrorIds.InvalidArgument, message))];
    }

    /// <summary>What is said of JSON that lost its quotation marks, and falls into several arguments if it has a space in it; null when there is none.</summary>
    public static Message? QuotesLost(ParseResult parsed) =>
        parsed.Tokens.Select(token => token.Value).FirstOrDefault(LostQuotes.Are) is { } json ? UsageMessages.QuotesLost(json, LostQuotes.Fault) : null;

    /// <summary>Unknown options that the parser takes for the values of arguments.</summary>
    private static IEnumerable<string> Mistaken(ParseResult parsed)
    {
        HashSet<Token> values = [.. parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)];
        return parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Where(token => IsOption(token.Value) && values.Contains(token)).Select(token => token.Value);
    }

    // No option begins with a digit, so -2h is a value.
    private static bool IsOption(string token) => token.StartsWith('-') && token.Length > 1 && !char.IsAsciiDigit(token[1]);

    private static IEnumerable<Message> Unknown(Command command, IReadOnlyList<string> tokens)
    {
        bool afterOption = false;
        foreach (string token in tokens)
        {
            bool isOption = IsOption(token);
            // What follows an unknown option is probably its value.
            if (!isOption && afterOption)
                afterOption = false;
            else
                yield return UnknownOr(token, Names(command), isOption ? UsageMessages.UnknownOption(token) : command.Subcommands.Count > 0 ? UsageMessages.UnknownCommand(token) : UsageMessages.UnexpectedArgument(token));
            afterOption = isOption;
        }
    }

    // The error is short, so that what was meant can stand behind it.
    private static Message UnknownOr(string typed, IEnumerable<string> names, Message error) => NearestName.Of(typed, names) is { } meant && meant != typed ? UsageMessages.UnknownMeant(error, meant) : error;

    private static IEnumerable<string> Names(Command command) =>
        command.Subcommands.Select(sub => sub.Name).Concat(command.Options.Where(option => !option.Hidden).Select(option => option.Name));

    /// <summary>
    /// Values that are empty, as those of a shell variable that is not set are. Each would mean the same as no value, which often means everything.
    /// </summary>
    private static IEnumerable<Message> Empty(ParseResult parsed) => parsed.CommandResult.Children.SelectMany(child => child switch
    {
        OptionResult option when IsEmpty(option.Option, option.Tokens) => [UsageMessages.EmptyValue(option.Option.Name)],
        ArgumentResult argument when IsEmpty(argument.Argument, argument.Tokens) => [UsageMessages.EmptyValue($"<{argument.Argument.Name}>")],
        _ => Array.Empty<Message>(),
    });

    private static bool IsEmpty(Symbol symbol, IEnumerable<Token> tokens) =>
        tokens.Any(token => token.Value.All(letter => char.IsWhiteSpace(letter) || (letter == ',' && Options.IsList(symbol))));

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
        if (IsEmpty(symbol, tokens))
            return UsageMessages.EmptyValue(name);
        if (tokens.Count > arity.MaximumNumberOfValues)
            return UsageMessages.TooManyValues(name, tokens.Count);
        string[] choices = [.. symbol.GetCompletions(CompletionContext.Empty).Select(item => item.Label).Distinct(StringComparer.OrdinalIgnoreCase)];
        string value = tokens.FirstOrDefault(token => !choices.Contains(token.Value, StringComparer.OrdinalIgnoreCase))?.Value ?? "";
        return (choices.Length, type) switch
        {
            ( > 0, _) when NearestName.Of(value, choices) is { } meant => UsageMessages.DidYouMean(meant, UsageMessages.NotAChoice(value, name, choices)),
            ( > 0, _) when name == OutputOption.Name && OutputOption.Reports.Contains(value, StringComparer.OrdinalIgnoreCase) => UsageMessages.NoReport(value, name, choices),
            ( > 0, _) => UsageMessages.NotAChoice(value, name, choices),
            _ when WholeNumbers.Contains(type) && double.TryParse(value, CultureInfo.InvariantCulture, out double number) && number % 1 == 0 => UsageMessages.OutOfRange(value, name),
            _ when WholeNumbers.Contains(type) => UsageMessages.NotAWholeNumber(value, name),
            _ when Numbers.Contains(type) => UsageMessages.NotANumber(value, name),
            _ => Message.Verbatim(error.Message),
        };
    }
}
