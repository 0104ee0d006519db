namespace EventBridgeOps.Completion;

/// <summary>
/// Caches names for completion at a prompt. If an answer takes too long, it completes in the background, so that the next question can use
/// it. Answers are valid for one minute. Can be used from several threads at the same time.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="files">Where answers are kept for other processes too; null for this process alone.</param>
public sealed class SuggestionCache(TimeProvider time, SuggestionFiles? files = null)
{
    /// <summary>How long to wait while the user is at a prompt.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(300);

    /// <summary>How long to wait for a late answer in the background.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer is valid.</summary>
    internal static readonly TimeSpan Lasting = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (Task<IReadOnlyList<Suggestion>> Answer, long Asked)> _answers = new(StringComparer.Ordinal);

    /// <summary>The answer to a question: one that was given within the last minute, else a new one if it comes in time.</summary>
    /// <param name="key">A unique key, which contains no secret.</param>
    /// <param name="ask">Finds the answer. If it throws, there is no answer, and the next question tries again.</param>
    /// <param name="limit">How long to wait.</param>
    public async Task<Suggestions> AskAsync(string key, Func<CancellationToken, Task<IReadOnlyList<Suggestion>>> ask, TimeSpan limit)
    {
        if (files?.Find(key) is { } kept)
            return new Suggestions(kept);
        Task<IReadOnlyList<Suggestion>> answer = Answer(key, ask);
        using CancellationTokenSource waiting = time.CreateCancellationTokenSource(limit);
        try
        {
            return new Suggestions(await answer.WaitAsync(waiting.Token));
        }
        catch (Exception)
        {
            // Completion shows no errors; the command itself will report them.
            return new Suggestions([], IsLate: !answer.IsCompleted);
        }
    }

    /// <summary>Clears all answers.</summary>
    public void Clear()
    {
        lock (_answers)
            _answers.Clear();
        files?.Clear();
    }

    private Task<IReadOnlyList<Suggestion>> Answer(string key, Func<CancellationToken, Task<IReadOnlyList<Suggestion>>> ask)
    {
        lock (_answers)
        {
            foreach (string stale in _answers.Where(answer => answer.Value.Answer.IsFaulted || answer.Value.Answer.IsCanceled || time.GetElapsedTime(answer.Value.Asked) >= Lasting).Select(answer => answer.Key).ToArray())
                _answers.Remove(stale);
            if (!_answers.TryGetValue(key, out (Task<IReadOnlyList<Suggestion>> Answer, long) known))
                _answers.Add(key, known = (Task.Run(() => AskAsync(key, ask)), time.GetTimestamp()));
            return known.Answer;
        }
    }

    private async Task<IReadOnlyList<Suggestion>> AskAsync(string key, Func<CancellationToken, Task<IReadOnlyList<Suggestion>>> ask)
    {
        using CancellationTokenSource patience = time.CreateCancellationTokenSource(Patience);
        IReadOnlyList<Suggestion> found = await ask(patience.Token);
        files?.Keep(key, found);
        return found;
    }
}
