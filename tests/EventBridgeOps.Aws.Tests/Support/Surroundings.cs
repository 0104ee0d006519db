using EventBridgeOps.Aws.Sessions;

namespace EventBridgeOps.Aws.Tests.Support;

/// <summary>The environment variables and profile files of one test: its sessions see them, and nothing else does.</summary>
internal sealed class Surroundings : IDisposable
{
    private readonly Dictionary<string, string?> _variables = [];
    private readonly string _home = Directory.CreateTempSubdirectory("ebops-session-").FullName;

    public Surroundings()
    {
        Directory.CreateDirectory(Path.Combine(_home, ".aws"));
        _variables["HOME"] = _home;
        Host = new SessionHost { Environment = _variables.GetValueOrDefault, Time = new ManualTimeProvider { AutoAdvance = true }, Folder = _home };
    }

    public SessionHost Host { get; set; }

    public string? this[string name]
    {
        set => _variables[name] = value;
    }

    public void Config(string text) => File.WriteAllText(Path.Combine(_home, ".aws", "config"), text);

    public void Credentials(string text) => File.WriteAllText(Path.Combine(_home, ".aws", "credentials"), text);

    /// <summary>A file elsewhere, for ProfileLocation or a token.</summary>
    public string FileWith(string text)
    {
        string path = Path.Combine(_home, "other");
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>What <c>aws sso login</c> keeps of a sign-in, by the SHA-1 of the session's name.</summary>
    public void SsoToken(string hash, string json)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_home, ".aws", "sso", "cache")).FullName;
        File.WriteAllText(Path.Combine(folder, hash + ".json"), json);
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);
}
