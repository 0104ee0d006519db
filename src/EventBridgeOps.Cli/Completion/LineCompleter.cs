using System.CommandLine;
using System.CommandLine.Completions;
using EventBridgeOps.Aws;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Cli.Completion;

/// <summary>The completions of the word that is being typed.</summary>
/// <param name="Kept">The part of the word that is kept before each value: <c>--rule-name=a,</c>.</param>
/// <param name="Values">The values.</param>
/// <param name="IsPath">Whether it is a path, which shells complete better themselves.</param>
/// <param name="IsLate">Whether an account was queried and has not responded yet.</param>
internal sealed record Completions(string Kept, IReadOnlyList<Suggestion> Values, bool IsPath = false, bool IsLate = false);

/// <summary>Completes command lines: commands, options and fixed values from the commands themselves, names from the account.</summary>
internal sealed class LineCompleter(Command root, Terminal terminal, SuggestionCache cache)
{
    private static readonly string[] Paths = ["path", "file", "folder"];

    /// <summary>The completions.</summary>
    /// <param name="words">The words of the line without the program, the last one being typed; it may be empty.</param>
    /// <param name="limit">The maximum time to wait for an account.</param>
    public async Task<Completions> CompleteAsync(IReadOnlyList<string> words, TimeSpan limit)
    {
        string typed = words[^1];
        ParseResult parsed = root.Parse([.. words.Take(words.Count - 1)]);
        Command command = parsed.CommandResult.Command;
        int equals = typed.StartsWith("--", StringComparison.Ordinal) ? typed.IndexOf('=') : -1;
        if (equals > 0)
            return Find(command, typed[..equals]) is { } named && TakesValue(named) ? await ValuesAsync(named, typed[..(equals + 1)], typed[(equals + 1)..], parsed, limit) : new Completions("", []);
        if (words.Count > 1 && Find(command, words[^2]) is { } before && TakesValue(before))
            return await ValuesAsync(before, "", typed, parsed, limit);
        if (typed.StartsWith('-'))
            return new Completions("", [.. Options(command, parsed).Where(option => option.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))]);
        if (command.Arguments.FirstOrDefault(argument => argument.Arity.MaximumNumberOfValues > 1 || parsed.GetResult(argument) is not { Tokens.Count: > 0 }) is { } next)
            return await ValuesAsync((Symbol?)Positions.Of(next) ?? next, "", typed, parsed, limit);
        if (parsed.UnmatchedTokens.Count > 0)
            return new Completions("", []); // Nothing fits after an unknown command.
        return new Completions("", [.. command.Subcommands.Where(sub => !sub.Hidden).SelectMany(sub => Commands(sub, typed))]);
    }

    private async Task<Completions> ValuesAsync(Symbol symbol, string kept, string typed, ParseResult parsed, TimeSpan limit)
    {
        bool isList = Language.Options.IsList(symbol);
        int comma = isList ? typed.LastIndexOf(',') + 1 : 0;
        (kept, typed) = (kept + typed[..comma], typed[comma..]);
        if (NamedSymbols.Of(symbol) is not { } kind)
        {
            if (IsPath(symbol))
                return new Completions(kept, [], IsPath: true);
            return new Completions(kept, [.. Fixed(symbol).Select(value => new Suggestion(value)).Where(value => value.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))]);
        }

        TypedLine line = new(parsed, terminal);
        Suggestions found = await new NameSuggester(cache).SuggestAsync(line.Question(kind), line.Session(), typed, limit);
        // Options that accept lists also accept wildcards.
        return new Completions(kept, [.. found.Found.Select(name => isList ? name with { Name = NamePattern.Escape(name.Name) } : name)], IsLate: found.IsLate);
    }

    private static Option? Find(Command command, string name) => All(command).FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));

    private static bool TakesValue(Option option) => option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);

    private static IEnumerable<Option> All(Command command) => command.Options.Concat(command.Parents.OfType<Command>().SelectMany(All).Where(option => option.Recursive)).Where(option => !option.Hidden);

    // An option that is already present is offered again only if it can be specified multiple times.
    private static IEnumerable<Suggestion> Options(Command command, ParseResult parsed) => All(command)
        .Where(option => option.Arity.MaximumNumberOfValues > 1 || parsed.GetResult(option) is null or { Implicit: true })
        .Select(option => new Suggestion(option.Name, option.Description ?? ""));

    // An alias is only offered where its command's own name does not fit.
    private static IEnumerable<Suggestion> Commands(Command command, string typed) => command.Aliases.Order(StringComparer.Ordinal).Prepend(command.Name)
        .Where(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Take(1).Select(name => new Suggestion(name, command.Description ?? ""));

    private static bool IsPath(Symbol symbol) => Paths.Contains(symbol is Option option ? option.HelpName : symbol.Name);

    private static IEnumerable<string> Fixed(Symbol symbol) => symbol.GetCompletions(CompletionContext.Empty).Select(item => item.InsertText ?? item.Label);
}
