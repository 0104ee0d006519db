using EventBridgeOps.Sandbox.Engines;

namespace EventBridgeOps.Sandbox.Tests;

/// <summary>What is tried in a sandbox stays out of the user's journal.</summary>
public sealed class JournalFolderTests
{
    private const string Variable = "EBOPS_JOURNAL";

    [Fact]
    public async Task A_sandbox_names_a_journal_of_its_own_that_ends_with_it()
    {
        SandboxServer one = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken), other = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        string folder = one.Environment[Variable];
        Assert.NotEqual(folder, other.Environment[Variable]);
        Assert.False(Directory.Exists(folder));
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "changes-2026-11-26.jsonl"), "", TestContext.Current.CancellationToken);

        await one.StopAsync();
        await other.StopAsync();

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_sandbox_that_keeps_its_state_keeps_its_journal_beside_it()
    {
        string folder = Directory.CreateTempSubdirectory("ebops-state-").FullName;
        try
        {
            SandboxServer sandbox = await SandboxServer.StartAsync(new SandboxOptions { StateFile = Path.Combine(folder, "state") }, TestContext.Current.CancellationToken);
            Directory.CreateDirectory(sandbox.Environment[Variable]);
            await sandbox.StopAsync();

            Assert.Equal(Path.Combine(folder, "state.journal"), sandbox.Environment[Variable]);
            Assert.True(Directory.Exists(sandbox.Environment[Variable]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
