using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Completion;
using EventBridgeOps.Jobs;
using EventBridgeOps.Settings;

namespace EventBridgeOps.Cli;

/// <summary>A command line that is being typed: what its options say so far.</summary>
internal sealed class TypedLine
{
    private readonly ParseResult _parsed;
    private readonly Terminal _terminal;
    private readonly EnvFile? _settings;

    public TypedLine(ParseResult parsed, Terminal terminal)
    {
        _parsed = parsed;
        _terminal = terminal;
        _settings = Text("--env-file") is { } path ? EnvFile.Read(path) : null;
    }

    /// <summary>Where and as whom the command would work.</summary>
    public SessionOptions Session() => new SessionOptions
    {
        Region = Text("--region"),
        ProfileName = Text("--profile-name"),
        ProfileLocation = Text("--profile-location"),
        AccessKey = Text("--access-key"),
        SecretKey = Text("--secret-key"),
        SessionToken = Text("--session-token"),
        EndpointUrl = Text("--endpoint-url"),
    }.WithSettings(_settings);

    /// <summary>Which names are wanted.</summary>
    public NameQuestion Question(NameKind kind) => new()
    {
        Kind = kind,
        EventBusName = Texts("--event-bus-name") is { Length: > 0 } given ? given : Setting("EVENTBRIDGE_BUS_NAME") is { Length: > 0 } bus ? [bus] : [],
        RuleName = Texts("--rule-name"),
        RepositoryName = Text("--repository-name") ?? Text("--repository"),
        RegistryId = Text("--registry-id"),
        Store = kind == NameKind.Job ? JobStoreChoice.From(Text("--store-path"), Text("--table-name"), Setting) : null,
        JournalPath = Text("--journal-path"),
    };

    private string? Setting(string name) => EnvFile.Over(_settings, _terminal.Environment)(name);

    private string? Text(string option) => Tokens(option).LastOrDefault() is { Length: > 0 } text ? text : null;

    private string[] Texts(string option) => [.. Tokens(option).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    private IEnumerable<string> Tokens(string name) => _parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Name == name) is { } option
        ? _parsed.GetResult(option)?.Tokens.Select(token => token.Value) ?? [] : [];
}
