using System.CommandLine;

namespace EventBridgeOps.Cli.Language;

/// <summary>Creates options.</summary>
internal static class Options
{
    public static Option<string?> Text(string name, string what, string description) => new(name) { Description = description, HelpName = what };

    public static Option<int?> Number(string name, string what, string description) => new(name) { Description = description, HelpName = what };

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>An option that can be specified multiple times, with values separated by commas.</summary>
    public static Option<string[]> List(string name, string what, string description) => new(name)
    {
        Description = description,
        HelpName = what,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
    };

    /// <summary>An option that can be specified multiple times, with values used unchanged.</summary>
    public static Option<string[]> Texts(string name, string what, string description) => new(name) { Description = description, HelpName = what, Arity = ArgumentArity.OneOrMore };

    /// <summary>An option with a fixed set of values. The first is the default.</summary>
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
