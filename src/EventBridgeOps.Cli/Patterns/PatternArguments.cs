using System.CommandLine;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Rules;
using EventBridgeOps.Completion;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Cli.Patterns;

/// <summary>The options that specify patterns.</summary>
internal sealed class PatternArguments
{
    private readonly Option<string[]> _text = Options.Texts("--pattern", "json", "An event pattern as JSON text. Can be specified multiple times.");
    private readonly Option<string[]> _path = Options.Texts("--pattern-path", "path", "A file that contains an event pattern. Can be specified multiple times.");
    private readonly Option<string[]> _rulePath = Options.Texts("--rule-path", "path", "A file of rules whose patterns are used (see 'ebops route --help'). Can be specified multiple times.");
    private readonly Option<string[]> _eventBusName = Options.List("--event-bus-name", "name", "The event buses whose rules' patterns are used. Supports wildcards.").Naming(NameKind.EventBus);
    private readonly Option<string[]> _ruleName = Options.List("--rule-name", "name", "The rules whose patterns are used. Supports wildcards.").Naming(NameKind.Rule);
    private readonly RequestOptions<RuleFileOptions> _files = new(RuleFileOptions.Request);
    private readonly ThrottleArgument _throttle = new();

    public IEnumerable<Option> All => [_text, _path, _rulePath, .. _files.All, _ruleName, _eventBusName, _throttle.Option];

    public PatternSource Bind(ParseResult parsed, Terminal terminal) => new()
    {
        Given = [.. (parsed.GetValue(_text) ?? []).Select(text => new NamedPattern("--pattern", text))],
        Path = parsed.GetValue(_path) ?? [],
        RulePath = RulePaths.Of(terminal, parsed.GetValue(_rulePath)),
        Options = _files.Read(parsed, _ => null),
        EventBusName = parsed.GetValue(_eventBusName),
        RuleName = parsed.GetValue(_ruleName),
        ThrottleLimit = _throttle.Bind(parsed),
    };
}
