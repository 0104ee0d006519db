using EventBridgeOps.Changes;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Cli.Showing;

/// <summary>Asks a person about each write.</summary>
internal sealed class Confirmation(Screen screen)
{
    private bool _all;

    public async Task<Approval> AskAsync(PlannedChange change, CancellationToken cancellationToken)
    {
        while (!_all)
        {
            string? answer = await screen.AskAsync($"{change.Target}: {screen.Text(change.Action)}? [y]es, [n]o, yes to [a]ll: ", cancellationToken);
            switch (answer?.Trim().ToLowerInvariant())
            {
                case "y" or "yes":
                    return Approval.Write;
                case "n" or "no" or null: // null: the input has ended, and silence is no consent
                    return Approval.Declined;
                case "a" or "all":
                    _all = true;
                    break;
            }
        }

        return Approval.Write;
    }
}
