using System.Collections;
using System.Management.Automation;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Settings;

namespace EventBridgeOps.PowerShell.Completion;

/// <summary>A command line that is being typed: the values of its parameters and of the session variables so far.</summary>
internal sealed class TypedCommand
{
    private static readonly string[] Paths = ["ProfileLocation", "StorePath", "JournalPath", "EnvFile"];

    private readonly IDictionary _bound;
    private readonly SessionState _state;
    private readonly SessionHost _shell;
    private readonly EnvFile? _settings;

    /// <summary>Reads it, on the pipeline thread.</summary>
    /// <param name="bound">The parameters that have values.</param>
    public TypedCommand(IDictionary bound)
    {
        _bound = bound;
        _state = State();
        _settings = Text("EnvFile") is { } path ? EnvFile.Read(path) : null;
        _shell = new SessionHost { Environment = EnvFile.Over(_settings, ShellEnvironment.Here.Read), Folder = _state.Path.CurrentFileSystemLocation.ProviderPath, Machine = Machine.Current };
    }

    /// <summary>The session parameters that the command would use.</summary>
    public SessionOptions Session() => (SessionOptions.From(Text, _shell) with
    {
        Credential = ShellCredentials.From(_bound["Credential"]),
        StoredCredential = ShellCredentials.From(_state.PSVariable.GetValue("StoredAWSCredentials")),
        StoredRegion = ShellRegion.From(_state.PSVariable.GetValue("StoredAWSRegion")),
    }).WithSettings(_settings);

    /// <summary>The names to suggest.</summary>
    /// <param name="kind">The kind of names.</param>
    public NameQuestion Question(NameKind kind) => NameQuestion.From(kind, Texts, _shell.Environment);

    /// <summary>A completer is given no session state, but it runs where the user is: in the runspace, and in the scope of the prompt.</summary>
    private static SessionState State()
    {
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(@"Microsoft.PowerShell.Utility\Get-Variable").AddParameter("Name", "ExecutionContext").AddParameter("ValueOnly").AddParameter("ErrorAction", ActionPreference.Ignore);
        return ((EngineIntrinsics)shell.Invoke().Single().BaseObject).SessionState;
    }

    private string? Text(string parameter) => Texts(parameter).LastOrDefault();

    private List<string> Texts(string parameter)
    {
        object? value = _bound[parameter] is PSObject shell ? shell.BaseObject : _bound[parameter];
        IEnumerable<object?> values = value is IEnumerable list and not string ? list.Cast<object?>() : [value];
        IEnumerable<string> texts = values.Select(one => one?.ToString()).OfType<string>().Where(text => text.Length > 0);
        return [.. Paths.Contains(parameter) ? texts.Select(path => ShellPaths.Full(_state.Path, path)) : texts];
    }
}
