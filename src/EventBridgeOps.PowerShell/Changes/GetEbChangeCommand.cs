using System.Management.Automation;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Changes;

/// <summary>Gets changes from the journal, oldest first. It does not call AWS.</summary>
[Performs("change list")]
[Cmdlet(VerbsCommon.Get, "EbChange", DefaultParameterSetName = ByTime)]
[OutputType(typeof(Change))]
public sealed class GetEbChangeCommand : AsyncCmdlet
{
    private const string ByTime = nameof(ByTime);
    private const string ById = nameof(ById);

    private readonly List<string> _ids = [];

    /// <summary>Change IDs, or the start of one if it is unambiguous.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ById, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ChangeId")]
    [AllowNull]
    [ArgumentCompleter(typeof(ChangeCompleter))]
    public string?[]? Id { get; set; }

    /// <summary>Only the latest N changes.</summary>
    [Parameter(ParameterSetName = ByTime)]
    [ValidateRange(1, int.MaxValue)]
    public int? Last { get; set; }

    /// <summary>The folder of the change journal. By default <c>EBOPS_JOURNAL</c>, or else a folder of the user.</summary>
    [Parameter]
    public string? JournalPath { get; set; }

    /// <summary>Collects the IDs.</summary>
    protected override void ProcessRecord() => _ids.AddRange(ChangeIds.Of(Id).Where(id => !_ids.Contains(id)));

    /// <summary>Reads the journal, and writes the changes.</summary>
    protected override void EndProcessing()
    {
        string? folder = FullPath(JournalPath);
        SessionHost shell = Shell;
        Start(async () =>
        {
            ChangeJournal journal = shell.OpenJournal(folder);
            if (ParameterSetName == ByTime)
            {
                await WriteAllAsync(Last is { } last ? Streams.From(await journal.ReadLastAsync(last, Observer, StopToken)) : journal.ReadAsync(Observer, StopToken), nothing: journal.NothingFound());
                return;
            }

            foreach (string id in _ids)
                await ForItemAsync(id, async () => await WriteAsync(await journal.FindAsync(id, Observer, StopToken)));
        });
        base.EndProcessing();
    }
}

internal static class ChangeIds
{
    /// <summary>The IDs that exist: a target that was not changed has none.</summary>
    public static IEnumerable<string> Of(string?[]? ids) => (ids ?? []).OfType<string>().Where(id => id.Length > 0);
}
