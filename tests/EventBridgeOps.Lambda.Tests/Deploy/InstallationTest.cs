using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Changes;
using EventBridgeOps.Installation;
using EventBridgeOps.Lambda.Tests.Support;

namespace EventBridgeOps.Lambda.Tests.Deploy;

/// <summary>Ground for tests that install the automation on a sandbox: its function runs as a process there.</summary>
public abstract class InstallationTest : FunctionTest
{
    /// <summary>A folder for packages and the journal.</summary>
    private protected string Folder { get; } = Directory.CreateTempSubdirectory("ebops-test-").FullName;

    /// <summary>The session of the person who installs. It waits shortly.</summary>
    private protected OpsSession Session { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED: the package of the function runs on Linux.");
        await base.InitializeAsync();
        Session = OpenSession();
    }

    public override async ValueTask DisposeAsync()
    {
        Session?.Dispose();
        Directory.Delete(Folder, recursive: true);
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens a session on the sandbox.</summary>
    /// <param name="journalTable">The table of the journal; null for the folder.</param>
    private protected OpsSession OpenSession(string? journalTable = null) => OpsSession.Open(new SessionOptions
    {
        JournalTable = journalTable,
        JournalPath = journalTable is null ? Path.Combine(Folder, "journal") : null,
        Host = new SessionHost { Environment = name => Server.Environment.GetValueOrDefault(name), Time = new Impatient() },
    });

    /// <summary>Installs the automation, or updates it.</summary>
    /// <param name="parameters">The parameters of the template.</param>
    /// <param name="approval">What the person answers.</param>
    /// <param name="version">The content of the package: another one is another package.</param>
    private protected Task<AutomationStack?> InstallAsync(Dictionary<string, string> parameters, Approval approval = Approval.Write, int version = 1) =>
        Session.Get<AutomationInstaller>().InstallAsync(new InstallRequest { PackagePath = FunctionPackage.Write(Folder, version), Parameter = parameters }, Answer(approval), new RecordingObserver(), Token);

    private protected Task<List<RemovedResource>> UninstallAsync() =>
        Session.Get<AutomationUninstaller>().RemoveAsync(new UninstallRequest(), Answer(Approval.Write), new RecordingObserver(), Token).ToListAsync(Token);

    private protected static ApproveChange Answer(Approval approval) => (_, _) => Task.FromResult(approval);
}
