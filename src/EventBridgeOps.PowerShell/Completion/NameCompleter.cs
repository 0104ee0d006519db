using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.PowerShell.Completion;

/// <summary>Completes names: from the account of the session that the command line names so far, if it answers quickly, and from this machine. Errors are not shown.</summary>
/// <remarks>Answers of an account, including late ones, are cached for a minute, so that the next Tab has them. Secrets are not cached.</remarks>
public abstract class NameCompleter : IArgumentCompleter
{
    private readonly NameKind _kind;
    private readonly bool _isPattern;

    /// <summary>Makes a completer.</summary>
    /// <param name="kind">The kind of names.</param>
    /// <param name="isPattern">Whether the parameter accepts wildcards, so that wildcard characters in names must be escaped.</param>
    private protected NameCompleter(NameKind kind, bool isPattern) => (_kind, _isPattern) = (kind, isPattern);

    /// <summary>The answers of accounts, shared on purpose: the key of an answer is the identity, the Region, the endpoint and the sandbox that was asked.</summary>
    private static SuggestionCache Answers { get; } = new(TimeProvider.System);

    /// <summary>The matching names.</summary>
    /// <param name="commandName">The command.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">The beginning of its value.</param>
    /// <param name="commandAst">The command line so far.</param>
    /// <param name="fakeBoundParameters">Its parameters that already have values.</param>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            TypedWord word = new(wordToComplete);
            TypedCommand command = new(fakeBoundParameters);
            NameQuestion question = command.Question(_kind);
            SessionOptions session = command.Session();
            NameSuggester suggester = new(Answers);
            Suggestions suggestions = Task.Run(() => suggester.SuggestAsync(question, session, word.Text, SuggestionCache.Limit)).GetAwaiter().GetResult();
            return [.. suggestions.Found.Select(suggestion => Result(suggestion, word))];
        }
        catch (Exception)
        {
            return []; // Completion shows names or nothing, never an error.
        }
    }

    private CompletionResult Result(Suggestion suggestion, TypedWord word)
    {
        string text = word.Write(_isPattern ? NamePattern.Escape(suggestion.Name) : suggestion.Name);
        // Without it, one id of a change looks like another.
        string item = _kind == NameKind.Change ? $"{suggestion.Name}  {suggestion.Description}" : suggestion.Name;
        return new CompletionResult(text, item, CompletionResultType.ParameterValue, suggestion.Description.Length > 0 ? suggestion.Description : suggestion.Name);
    }
}
