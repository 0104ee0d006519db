using System.CommandLine;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Completion;
using EventBridgeOps.Settings;

namespace EventBridgeOps.Cli.Completion;

/// <summary>A command line that is being typed: what its options say so far.</summary>
internal sealed class TypedLine
{
    private readonly ParseResult _parsed;
    private readonly Terminal _terminal;

    public TypedLine(ParseResult parsed, Terminal terminal)
    {
        _parsed = parsed;
        _terminal = Text("EnvFile") is { } path ? terminal.With(EnvFile.Read(path)) : terminal;
    }

    /// <summary>The session that the command would use.</summary>
    public SessionOptions Session() => SessionOptions.From(Text, _terminal.Host).WithSettings(_terminal.Settings);

    /// <summary>Which names are wanted.</summary>
    public NameQuestion Question(NameKind kind) => NameQuestion.From(kind, Texts, _terminal.Environment);

    private string? Text(string parameter) => Texts(parameter).LastOrDefault();

    /// <summary>The values of the option that is a cmdlet's parameter in kebab case.</summary>
    private string[] Texts(string parameter)
    {
        string name = "-" + string.Concat(parameter.Select(c => char.IsUpper(c) ? "-" + char.ToLowerInvariant(c) : c.ToString()));
        if (_parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Name == name) is not { } option)
            return [];
        IEnumerable<string> tokens = (_parsed.GetResult(option)?.Tokens.Select(token => token.Value) ?? []).Concat(Positions.ValuesOf(option, _parsed));
        return [.. (Language.Options.IsList(option) ? tokens.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries)) : tokens).Where(text => text.Length > 0)];
    }
}
