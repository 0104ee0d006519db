namespace EventBridgeOps.Bench;

/// <summary>Where things are in the repository.</summary>
internal static class Repository
{
#if DEBUG
    public const string Configuration = "Debug";
#else
    public const string Configuration = "Release";
#endif

    public static string Root { get; } = FindRoot();

    /// <summary>The CLI's build output, without an extension.</summary>
    public static string Ebops { get; } = Path.Combine(Root, "src", "EventBridgeOps.Cli", "bin", Configuration, "net10.0", "ebops");

    public static string Module { get; } = Path.Combine(Root, "EventBridgeOps.psd1");

    /// <summary>A script of a peer.</summary>
    public static string Peer(string name) => Path.Combine(AppContext.BaseDirectory, "Peers", name);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EventBridgeOps.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The benchmark runs inside the repository only.");
    }
}
