using EventBridgeOps.Changes;

namespace EventBridgeOps.Core.Tests.Changes;

public sealed class JournalOrderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ebops-journal-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("05.1", "05.2")]
    [InlineData("05.1", "05.1")]
    [InlineData("05.2", "05.1")] // The clock was set back.
    public void Changes_come_in_the_order_in_which_they_were_written(string first, string second)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "changes-2026-11-21.jsonl"),
            $$"""
            {"v":1,"change":"20261121T093005Z-ffffff","type":"started","kind":"Sync","region":"eu-west-1","time":"2026-11-21T09:30:{{first}}+00:00"}
            {"v":1,"change":"20261121T093005Z-ffffff","type":"writing","eventBus":"default","rule":"r","targets":[{"id":"t","before":{"Id":"t"},"after":{"Id":"t","Arn":"a"} } ]}
            {"v":1,"change":"20261121T093005Z-000000","type":"started","kind":"Undo","region":"eu-west-1","time":"2026-11-21T09:30:{{second}}+00:00"}
            {"v":1,"change":"20261121T093005Z-000000","type":"writing","eventBus":"default","rule":"r","targets":[{"id":"t","before":{"Id":"t"},"after":{"Id":"t","Arn":"a"} } ]}

            """);

        Assert.Equal([ChangeKind.Sync, ChangeKind.Undo], ChangeJournal.In(_folder.FullName, TimeProvider.System, () => 0).Read().Select(change => change.Kind));
    }
}
