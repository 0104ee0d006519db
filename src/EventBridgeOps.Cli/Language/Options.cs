using System.CommandLine;
using System.CommandLine.Parsing;

namespace EventBridgeOps.Cli.Language;

/// <summary>Creates options.</summary>
internal static class Options
{
    public static Option<string?> Text(string name, string what, string description) => new(name) { Description = description, HelpName = what };

    public static Option<int?> Number(string name, string what, string description) => new(name) { Description = description, HelpName = what };

    public static Option<bool> Flag(string name, string description, string? alias = null) => new(name, alias is null ? [] : [alias]) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>An option that can be specified multiple times, with values separated by commas.</summary>
    public static Option<string[]> List(string name, string what, string description) => new(name)
    {
        Description = description,
        HelpName = what,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
    };

    /// <summary>Whether values are separated by commas.</summary>
    public static bool IsList(Symbol symbol) => symbol is Option<string[]> { CustomParser: not null };

    /// <summary>An option that can be specified multiple times, with values used unchanged.</summary>
    public static Option<string[]> Texts(string name, string what, string description) => new(name) { Description = description, HelpName = what, Arity = ArgumentArity.OneOrMore };

    /// <summary>An option with a fixed set of values, in any case. The first is the default.</summary>
    public static Option<string> Choice(string name, string description, params string[] values) => ChoiceOr(values[0], name, description, values);

    /// <summary>An option with a fixed set of values, in any case, and a default that need not be the first.</summary>
    public static Option<string> ChoiceOr(string? otherwise, string name, string description, params string[] values)
    {
        Option<string> option = new(name) { Description = description, CustomParser = result => OneOf(values, result) };
        if (otherwise is not null)
            option.DefaultValueFactory = _ => otherwise;
        option.CompletionSources.Add(values);
        return option;
    }

    /// <summary>The value as the choices spell it: with or without hyphens, in any case, so that the names of PowerShell are understood too.</summary>
    public static string? OneOf(string[] values, ArgumentResult result)
    {
        string? value = values.FirstOrDefault(value => Plain(value).Equals(Plain(result.Tokens[0].Value), StringComparison.OrdinalIgnoreCase));
        if (value is null)
            result.AddError("not one of the values"); // UsageErrors says it.
        return value;

        static string Plain(string word) => word.Replace("-", "", StringComparison.Ordinal);
    }

    /// <summary>Gives an option a further name.</summary>
    public static Option<T> Or<T>(this Option<T> option, string name)
    {
        option.Aliases.Add(name);
        return option;
    }

    public static void AddAll(this Command command, params IEnumerable<Option> options)
    {
        foreach (Option option in options)
            command.Add(option);
    }
}
