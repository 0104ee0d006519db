using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Settings;

namespace EventBridgeOps.PowerShell.Sessions;

/// <summary>A cmdlet that takes a file of settings.</summary>
public abstract class SettingsCmdlet : SessionCmdlet
{
    private EnvFile? _settings;

    private protected SettingsCmdlet()
    {
    }

    /// <summary>A file of settings, <c>NAME=value</c> lines; its values go before the environment's, and after the parameters.</summary>
    [Parameter]
    public string? EnvFile { get; set; }

    private protected override EnvFile? Settings => _settings;

    /// <summary>Reads the file of settings.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        OrEnd(() =>
        {
            if (FullPath(EnvFile) is { } path)
                _settings = EventBridgeOps.Settings.EnvFile.Read(path);
            return true;
        });
    }

    /// <summary>A setting: the file's, else the environment's.</summary>
    private protected string? Setting(string name) => EventBridgeOps.Settings.EnvFile.Over(_settings, Environment.GetEnvironmentVariable)(name);

    /// <summary>On the pipeline thread: what this throws of ours ends the cmdlet, as one of our errors.</summary>
    private protected T OrEnd<T>(Func<T> get)
    {
        try
        {
            return get();
        }
        catch (OpsException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, null));
            throw;
        }
    }

    /// <summary>On the pipeline thread: what this throws of ours is an error about the object at hand, and the rest goes on.</summary>
    private protected T? OrSkip<T>(Func<T> get, object? target)
        where T : class
    {
        try
        {
            return get();
        }
        catch (OpsException e)
        {
            WriteError(ErrorRecords.From(e, target));
            return null;
        }
    }
}
