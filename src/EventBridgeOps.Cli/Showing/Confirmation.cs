using EventBridgeOps.Changes;

namespace EventBridgeOps.Cli.Showing;

/// <summary>Prompts for confirmation before each change.</summary>
internal sealed class Confirmation(Screen screen)
{
    private bool _all;

    public async Task<Approval> AskAsync(PlannedChange change, CancellationToken cancellationToken)
    {
        while (!_all)
        {
            string? answer = await screen.AskAsync(ScreenMessages.Confirm(change.Target, change.Action), cancellationToken);
            switch (answer?.Trim().ToLowerInvariant())
            {
                case "y" or "yes":
                    return Approval.Write;
                case "n" or "no" or null: // null: end of input, which is not a confirmation
                    return Approval.Declined;
                case "a" or "all":
                    _all = true;
                    break;
            }
        }

        return Approval.Write;
    }
}
