using EventBridgeOps.Cli.Showing;
using EventBridgeOps.DeadLetters;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Cli.DeadLetters;

/// <summary>Shows what became of dead letters, and where it is recorded, even if the run is interrupted.</summary>
/// <param name="screen">Shows the results.</param>
/// <param name="format">The output format.</param>
internal sealed class DeadLetterReport(Screen screen, OutputFormat format)
{
    private readonly Tally<DeadLetterStatus> _count = DeadLetterTally.Start();
    private readonly Dictionary<string, int> _reasons = [];
    private string? _changeId;

    /// <summary>Notes the ID of the change.</summary>
    public void Started(string changeId) => _changeId = changeId;

    /// <summary>Shows the results and their counts.</summary>
    public async Task ShowAsync(IAsyncEnumerable<DeadLetterResult> results, DeadLetterQuery query)
    {
        int count;
        try
        {
            count = await RecordWriter<DeadLetterResult>.For(format, screen, DeadLetterResult.Shape).WriteAllAsync(results, Count);
        }
        catch when (_changeId is not null)
        {
            screen.Say(DeadLetterCommandMessages.Interrupted(_changeId));
            throw;
        }

        foreach ((string reason, int alike) in _reasons)
            screen.Say(DeadLetterCommandMessages.Stays(alike, reason));
        string counts = screen.Text(_count.Describe(screen.Failures));
        if (_changeId is not null)
            screen.Say(DeadLetterCommandMessages.Recorded(counts, _changeId));
        else if (counts.Length > 0)
            screen.Say(DeadLetterCommandMessages.Summary(counts));
        else if (count == 0)
            screen.Say(query.NothingFound());
    }

    // What failed is an error of its own.
    private void Count(DeadLetterResult result)
    {
        _count.Add(result.Status);
        if (result is { Status: DeadLetterStatus.Kept or DeadLetterStatus.NotRedrivable, Reason: { } reason })
            _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
    }
}
