using System.CommandLine;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Rules;
using EventBridgeOps.Completion;
using EventBridgeOps.PatternTesting;

namespace EventBridgeOps.Cli.Patterns;

/// <summary>Which patterns.</summary>
internal sealed class PatternArguments
{
    private readonly Option<string[]> _text = Options.Texts("--pattern", "json", "A pattern as JSON text; may be repeated.");
    private readonly Option<string[]> _path = Options.Texts("--pattern-path", "path", "A file that is a pattern; may be repeated.");
    private readonly Option<string[]> _rulePath = Options.Texts("--rule-path", "path", "A file of rules (see ebops route --help), whose patterns are taken; may be repeated.");
    private readonly Option<string[]> _eventBusName = Options.List("--event-bus-name", "name", "Event buses whose rules' patterns are taken, with or without wildcards.").Naming(NameKind.EventBus);
    private readonly Option<string[]> _ruleName = Options.List("--rule-name", "name", "Rules whose patterns are taken, with or without wildcards.").Naming(NameKind.Rule);
    private readonly ThrottleArgument _throttle = new();

    public IEnumerable<Option> All => [_text, _path, _rulePath, _ruleName, _eventBusName, _throttle.Option];

    public PatternSource Bind(ParseResult parsed) => new()
    {
        Given = [.. (parsed.GetValue(_text) ?? []).Select(text => new NamedPattern("--pattern", text))],
        Path = parsed.GetValue(_path) ?? [],
        RulePath = parsed.GetValue(_rulePath) ?? [],
        EventBusName = parsed.GetValue(_eventBusName),
        RuleName = parsed.GetValue(_ruleName),
        ThrottleLimit = _throttle.Bind(parsed),
    };
}
