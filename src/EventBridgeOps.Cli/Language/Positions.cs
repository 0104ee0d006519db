using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.CompilerServices;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Language;

/// <summary>Options whose values can also be given by position, as those of the cmdlet's parameters. A line with positions is read as the same line with options.</summary>
internal static class Positions
{
    private static readonly ConditionalWeakTable<Argument, Option> OptionOf = [];

    /// <summary>Lets options of a command be given by position.</summary>
    /// <param name="command">The command.</param>
    /// <param name="names">The options, in the order of the positions.</param>
    public static void At(this Command command, params IEnumerable<string> names)
    {
        foreach (Option option in names.Select(name => command.Options.Single(option => option.Name == name)))
        {
            Argument<string?> argument = new(option.Name.TrimStart('-')) { Description = $"The same as {option.Name}.", Arity = ArgumentArity.ZeroOrOne };
            OptionOf.Add(argument, option);
            command.Add(argument);
        }
    }

    /// <summary>The option that an argument stands for; null for an argument by itself.</summary>
    public static Option? Of(Argument argument) => OptionOf.TryGetValue(argument, out Option? option) ? option : null;

    /// <summary>What an option has by position: no value, or one.</summary>
    public static IEnumerable<string> ValuesOf(Option option, ParseResult parsed) =>
        Given(parsed).Where(given => Of(given.Argument) == option).SelectMany(given => given.Tokens).Select(token => token.Value);

    /// <summary>The command line with options in place of positions.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="parsed">The same, read.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a value is given by position and as an option, or to an option without values.</exception>
    public static IReadOnlyList<string> Spelled(IReadOnlyList<string> args, ParseResult parsed)
    {
        // What follows '--' is a value.
        int end = args.TakeWhile(arg => arg != "--").Count();
        foreach (string[] flag in args.Take(end).Select(arg => arg.Split('=', 2)).Where(parts => parts.Length == 2))
        {
            // The parser would take the value for one by position.
            if (parsed.CommandResult.Command.Options.Any(option => option.Name == flag[0] && option.Arity.MaximumNumberOfValues == 0))
                throw new OpsException(ErrorIds.InvalidArgument, UsageMessages.NoValue(flag[0]));
        }

        List<string> options = [];
        foreach (ArgumentResult given in Given(parsed))
        {
            if (Of(given.Argument) is not { } option)
                continue;
            if (parsed.GetResult(option) is { Implicit: false })
                throw new OpsException(ErrorIds.InvalidArgument, UsageErrors.QuotesLost(parsed) ?? UsageMessages.GivenTwice(option.Name));
            options.Add($"{option.Name}={given.Tokens[0].Value}");
        }

        return options.Count == 0 ? args : [.. args.Take(end), .. options, .. args.Skip(end)];
    }

    private static IEnumerable<ArgumentResult> Given(ParseResult parsed) => parsed.CommandResult.Children.OfType<ArgumentResult>().Where(given => given.Tokens.Count > 0);
}
