using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Completion;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.PowerShell.Completion;

/// <summary>Completes names: from the account with the session that the command line so far names, if it answers quickly, and from this machine. It is silent about all else.</summary>
/// <remarks>An answer that comes late is kept for a minute, as every answer of an account, so that the next Tab has it. No secret is.</remarks>
public abstract class NameCompleter : IArgumentCompleter
{
    private readonly NameKind _kind;
    private readonly bool _isPattern;

    /// <summary>Makes a completer.</summary>
    /// <param name="kind">Of which names.</param>
    /// <param name="isPattern">Whether the parameter takes wildcards, so that a name with such a character must be escaped.</param>
    private protected NameCompleter(NameKind kind, bool isPattern) => (_kind, _isPattern) = (kind, isPattern);

    /// <summary>What accounts have answered, to all runspaces of this process.</summary>
    internal static SuggestionCache Answers { get; } = new(TimeProvider.System);

    /// <summary>The names that fit.</summary>
    /// <param name="commandName">The command.</param>
    /// <param name="parameterName">The parameter.</param>
    /// <param name="wordToComplete">What is typed of its value so far.</param>
    /// <param name="commandAst">The command line so far.</param>
    /// <param name="fakeBoundParameters">Its parameters, as far as they have values already.</param>
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
            return []; // Whoever presses Tab wants names, and no news of what is wrong.
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
