using System.Management.Automation;
using EventBridgeOps.Settings;

namespace EventBridgeOps.PowerShell.Sessions;

/// <summary>A cmdlet that accepts a settings file.</summary>
public abstract class SettingsCmdlet : SessionCmdlet
{
    private EnvFile? _settings;

    private protected SettingsCmdlet()
    {
    }

    /// <summary>A settings file with <c>NAME=value</c> lines. Its values override environment variables; parameters override its values.</summary>
    [Parameter]
    public string? EnvFile { get; set; }

    private protected override EnvFile? Settings => _settings;

    /// <summary>Reads the settings file.</summary>
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

    /// <summary>A setting from the file, or else from the environment.</summary>
    private protected string? Setting(string name) => EventBridgeOps.Settings.EnvFile.Over(_settings, Shell.Environment)(name);
}
