using System.Globalization;
using System.Runtime.InteropServices;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Engines;

/// <summary>
/// Finds a moto to run: moto_server on PATH, the module in the python on PATH, a virtual environment of our own
/// (made when needed, kept in the user's cache), or Docker's image.
/// </summary>
internal sealed class MotoFinder(TimeProvider time)
{
    /// <summary>The environment variable with the account ID that moto simulates.</summary>
    public const string AccountVariable = "MOTO_ACCOUNT_ID";

    private const string Version = "5.2.1";

    private static readonly string[] Pythons = IsWindows ? ["python", "py"] : ["python3", "python"];

    private static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>How to start moto.</summary>
    public sealed record Launch(bool IsDocker, params string[] Command)
    {
        public IReadOnlyList<string> CommandFor(int port)
        {
            string number = port.ToString(CultureInfo.InvariantCulture);
            return IsDocker
                ? ["docker", "run", "--rm", "--init", "-i", "-p", $"127.0.0.1:{number}:5000", "-e", AccountVariable, $"motoserver/moto:{Version}"]
                : [.. Command, "-H", "127.0.0.1", "-p", number];
        }
    }

    public async Task<Launch> FindAsync(CancellationToken cancellationToken)
    {
        if (OnPath(IsWindows ? "moto_server.exe" : "moto_server") is { } server)
            return new(false, server);

        string? python = Pythons.Select(name => OnPath(IsWindows ? name + ".exe" : name)).FirstOrDefault(path => path is not null);
        Message trouble = EngineMessages.NoPython();
        if (python is not null)
        {
            if (await HasMotoAsync(python, cancellationToken))
                return Module(python);

            (string? own, trouble) = await OwnEnvironmentAsync(python, cancellationToken);
            if (own is not null)
                return Module(own);
        }

        if (OnPath(IsWindows ? "docker.exe" : "docker") is not null && await SucceedsAsync(cancellationToken, "docker", "info"))
            return new(true);

        throw new SandboxException(EngineMessages.NoMoto(Version, trouble));
    }

    private static Launch Module(string python) => new(false, python, "-m", "moto.server");

    private static string? OnPath(string program) =>
        (System.Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    private Task<bool> HasMotoAsync(string python, CancellationToken cancellationToken) => SucceedsAsync(
        cancellationToken, python, "-c", "import sys, importlib.util as u; sys.exit(not (u.find_spec('moto') and u.find_spec('flask')))");

    /// <summary>The python of a virtual environment with moto in it, built beside its place and moved there when it is whole.</summary>
    private async Task<(string? Python, Message Trouble)> OwnEnvironmentAsync(string python, CancellationToken cancellationToken)
    {
        string place = Path.Combine(CacheFolder(), $"moto-{Version}");
        if (Directory.Exists(place))
            return (PythonIn(place), Message.None);

        string draft = $"{place}.{new Randomness(null).Id()}";
        PrivateFiles.CreateFolder(CacheFolder()); // Programs are run from there.
        try
        {
            (bool made, string? said) = await ChildProcess.RunAsync([python, "-m", "venv", draft], time, cancellationToken);
            if (made)
            {
                (made, said) = await ChildProcess.RunAsync(
                    [PythonIn(draft), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", $"moto[server]=={Version}"],
                    time, cancellationToken);
            }

            if (!made)
                return (null, Message.Verbatim(said.Split('\n').Last()));
            if (!Directory.Exists(place))
                Directory.Move(draft, place);
            return (PythonIn(place), Message.None);
        }
        finally
        {
            if (Directory.Exists(draft))
                Directory.Delete(draft, recursive: true);
        }
    }

    private static string PythonIn(string environment) =>
        IsWindows ? Path.Combine(environment, "Scripts", "python.exe") : Path.Combine(environment, "bin", "python");

    private static string CacheFolder()
    {
        if (IsWindows)
            return Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.LocalApplicationData), "ebops");

        string? cache = System.Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(cache))
            cache = Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(cache, "ebops");
    }

    private async Task<bool> SucceedsAsync(CancellationToken cancellationToken, params string[] command) =>
        (await ChildProcess.RunAsync(command, time, cancellationToken)).Succeeded;
}
