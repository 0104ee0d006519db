namespace EventBridgeOps.Aws.Tests.Support;

/// <summary>The tests that change the environment, which is the whole process's: they run alone.</summary>
[CollectionDefinition(nameof(EnvironmentCollection), DisableParallelization = true)]
public sealed class EnvironmentCollection;

/// <summary>Environment variables and profile files of one test; what was before is put back after it.</summary>
internal sealed class Surroundings : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Isolation.Home, ".aws")).FullName;

    public string? this[string name]
    {
        set
        {
            _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    public void Config(string text) => File.WriteAllText(Path.Combine(_folder, "config"), text);

    public void Credentials(string text) => File.WriteAllText(Path.Combine(_folder, "credentials"), text);

    /// <summary>A file elsewhere, for ProfileLocation or a token.</summary>
    public string FileWith(string text)
    {
        string path = Path.Combine(_folder, "other");
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        foreach ((string name, string? value) in _before)
            Environment.SetEnvironmentVariable(name, value);
        Directory.Delete(_folder, recursive: true);
    }
}
