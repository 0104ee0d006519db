using System.CommandLine;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Cli.Changes;

/// <summary>The options that control whether changes are made.</summary>
/// <param name="asks">Whether each change must be confirmed, because it cannot be undone.</param>
/// <param name="yes">Another name of <c>--yes</c>; null for none.</param>
internal sealed class ApprovalArguments(bool asks = false, string? yes = null)
{
    private readonly Option<bool> _yes = Options.Flag("--yes", "Do not prompt for confirmation.", yes);
    private readonly Option<bool> _whatIf = Options.Flag("--what-if", "Show what would be changed, without changing anything.");
    private readonly Option<bool> _confirm = Options.Flag("--confirm", "Prompt for confirmation before each change.");

    public Option<bool> Confirm => _confirm;

    public bool IsWhatIf(ParseResult parsed) => parsed.GetValue(_whatIf);

    public IEnumerable<Option> All => asks ? [_whatIf, _yes] : [_whatIf, _confirm];

    /// <summary>What answers for the user. With <c>--what-if</c>, each operation is shown as a line.</summary>
    public ApproveChange Bind(ParseResult parsed, Screen screen)
    {
        if (!asks && parsed.GetValue(_whatIf) && parsed.GetValue(_confirm))
            throw new OpsException(ErrorIds.InvalidArgument, ChangeCommandMessages.WhatIfAndConfirm());
        if (parsed.GetValue(_whatIf))
        {
            return (change, _) =>
            {
                screen.Say(ChangeCommandMessages.WhatIf(change.Target, change.Action));
                return Task.FromResult(Approval.WhatIf);
            };
        }

        if (asks ? parsed.GetValue(_yes) : !parsed.GetValue(_confirm))
            return (_, _) => Task.FromResult(Approval.Write);
        if (!screen.Terminal.InIsTerminal)
            throw new OpsException(ErrorIds.InvalidArgument, asks ? ChangeCommandMessages.AskWithoutTerminal() : ChangeCommandMessages.ConfirmWithoutTerminal());
        return new Confirmation(screen).AskAsync;
    }
}
