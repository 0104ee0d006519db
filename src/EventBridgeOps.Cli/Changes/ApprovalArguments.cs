using System.CommandLine;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Cli.Changes;

/// <summary>Whether writes are wanted.</summary>
internal sealed class ApprovalArguments
{
    private readonly Option<bool> _whatIf = Options.Flag("--what-if", "Only show what would be written.");
    private readonly Option<bool> _confirm = Options.Flag("--confirm", "Ask before each write.");

    public Option<bool> Confirm => _confirm;

    public bool IsWhatIf(ParseResult parsed) => parsed.GetValue(_whatIf);

    public IEnumerable<Option> All => [_whatIf, _confirm];

    /// <summary>The same, for what gives no result for a change that is only looked at: it is said then.</summary>
    public ApproveChange Announcing(ParseResult parsed, Screen screen)
    {
        ApproveChange approve = Bind(parsed, screen);
        return async (change, cancellationToken) =>
        {
            Approval answer = await approve(change, cancellationToken);
            if (answer == Approval.WhatIf)
                screen.Say($"What if: {change.Target}: {screen.Text(change.Action)}");
            return answer;
        };
    }

    public ApproveChange Bind(ParseResult parsed, Screen screen)
    {
        if (parsed.GetValue(_whatIf) && parsed.GetValue(_confirm))
            throw new OpsException(ErrorIds.InvalidArgument, "--what-if and --confirm contradict each other: nothing is written, so there is nothing to ask. Give one of them.");
        if (parsed.GetValue(_whatIf))
            return (_, _) => Task.FromResult(Approval.WhatIf);
        if (!parsed.GetValue(_confirm))
            return (_, _) => Task.FromResult(Approval.Write);
        if (!screen.Terminal.InIsTerminal)
            throw new OpsException(ErrorIds.InvalidArgument, "--confirm asks before each write, and standard input is no terminal where somebody could answer. Leave it out, or look first with --what-if.");
        return new Confirmation(screen).AskAsync;
    }
}
