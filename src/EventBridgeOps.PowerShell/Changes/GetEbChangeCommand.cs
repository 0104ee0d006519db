using System.Management.Automation;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;

namespace EventBridgeOps.PowerShell.Changes;

/// <summary>Gets changes from the journal, oldest first. It calls AWS only if the journal is in a table.</summary>
[Performs("change list")]
[Requires("dynamodb:Query", On = "arn:aws:dynamodb:*:123456789012:table/ebops", With = "With -JournalTable")]
[Cmdlet(VerbsCommon.Get, "EbChange", DefaultParameterSetName = ByTime)]
[OutputType(typeof(Change))]
public sealed class GetEbChangeCommand : SessionCmdlet
{
    private const string ByTime = nameof(ByTime);
    private const string ById = nameof(ById);

    private readonly List<(string Id, SessionOptions? Session)> _wanted = [];

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

    /// <summary>The DynamoDB table of the change journal, instead of a folder. The session parameters apply only with it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalTable { get; set; }

    private protected override string? JournalFolder => JournalPath;

    private protected override string? TableOfJournal => JournalTable;

    /// <summary>Collects the IDs.</summary>
    protected override void ProcessRecord()
    {
        SessionOptions? session = Session();
        _wanted.AddRange(ChangeIds.Of(Id).Select(id => (id, session)).Where(wanted => !_wanted.Contains(wanted)));
    }

    /// <summary>Reads the journal, and writes the changes.</summary>
    protected override void EndProcessing()
    {
        string? folder = FullPath(JournalPath);
        SessionHost shell = Shell;
        SessionOptions? session = ParameterSetName == ByTime ? Session() : null;
        Start(async () =>
        {
            if (ParameterSetName == ByTime)
            {
                ChangeJournal journal = await OpenJournalAsync(session);
                await WriteAllAsync(Last is { } last ? Streams.From(await journal.ReadLastAsync(last, Observer, StopToken)) : journal.ReadAsync(Observer, StopToken), nothing: journal.NothingFound());
                return;
            }

            foreach ((string id, SessionOptions? place) in _wanted)
                await ForItemAsync(id, async () => await WriteAsync(await (await OpenJournalAsync(place)).FindAsync(id, Observer, StopToken)));
        });
        base.EndProcessing();

        async Task<ChangeJournal> OpenJournalAsync(SessionOptions? place) => place is null ? shell.OpenJournal(folder) : (await OpenAsync(place)).Get<ChangeJournal>();
    }

    /// <summary>The session of a journal in a table; a folder needs none.</summary>
    private SessionOptions? Session() => JournalTable is null ? null : SessionFor(null);
}

internal static class ChangeIds
{
    /// <summary>The IDs that exist: a target that was not changed has none.</summary>
    public static IEnumerable<string> Of(string?[]? ids) => (ids ?? []).OfType<string>().Where(id => id.Length > 0);
}
