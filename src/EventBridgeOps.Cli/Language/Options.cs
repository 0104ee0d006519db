using System.CommandLine;

namespace EventBridgeOps.Cli.Language;

/// <summary>How options are made.</summary>
internal static class Options
{
    public static Option<string?> Text(string name, string what, string description) => new(name) { Description = description, HelpName = what };

    public static Option<int?> Number(string name, string what, string description) => new(name) { Description = description, HelpName = what };

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>An option that may be repeated, and whose values may be separated by commas.</summary>
    public static Option<string[]> List(string name, string what, string description) => new(name)
    {
        Description = description,
        HelpName = what,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
    };

    /// <summary>An option that may be repeated, and whose values are taken as they are.</summary>
    public static Option<string[]> Texts(string name, string what, string description) => new(name) { Description = description, HelpName = what, Arity = ArgumentArity.OneOrMore };

    /// <summary>An option with a few values to choose from, of which the first is what counts when it is not given.</summary>
    public static Option<string> Choice(string name, string description, params string[] values)
    {
        Option<string> option = new(name) { Description = description, DefaultValueFactory = _ => values[0] };
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    public static void AddAll(this Command command, params IEnumerable<Option> options)
    {
        foreach (Option option in options)
            command.Add(option);
    }
}
