using System.Management.Automation;
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
}
