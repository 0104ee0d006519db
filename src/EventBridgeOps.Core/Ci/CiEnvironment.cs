namespace EventBridgeOps.Ci;

/// <summary>The CI system that runs the command.</summary>
public enum CiKind
{
    /// <summary>No known CI system.</summary>
    None,

    /// <summary>GitHub Actions.</summary>
    GitHub,

    /// <summary>Azure Pipelines.</summary>
    Azure,
}

/// <summary>The current run, from the environment variables of a CI system.</summary>
/// <remarks>
/// https://docs.github.com/actions/reference/workflows-and-actions/variables and
/// https://learn.microsoft.com/azure/devops/pipelines/build/variables.
/// </remarks>
public sealed record CiEnvironment
{
    /// <summary>The CI system.</summary>
    public CiKind Kind { get; private init; }

    /// <summary>The branch or tag of the build; null outside CI.</summary>
    public string? Branch { get; private init; }

    /// <summary>The commit of the build; null outside CI.</summary>
    public string? Commit { get; private init; }

    /// <summary>The URL of the run; null outside CI.</summary>
    public string? RunUrl { get; private init; }

    /// <summary>Who started it; null outside CI.</summary>
    public string? Actor { get; private init; }

    /// <summary>The job summary file (GitHub); null if there is none.</summary>
    public string? SummaryPath { get; private init; }

    /// <summary>A temporary folder of the job (Azure); null if there is none.</summary>
    public string? TempPath { get; private init; }

    /// <summary>The event source of the CI system.</summary>
    public string? Source => Kind switch
    {
        CiKind.GitHub => "github.actions",
        CiKind.Azure => "azure.pipelines",
        _ => null,
    };

    /// <summary>Reads the variables.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    public static CiEnvironment Read(Func<string, string?> environment)
    {
        if (Is("GITHUB_ACTIONS"))
        {
            string? repository = Value("GITHUB_REPOSITORY"), run = Value("GITHUB_RUN_ID");
            return new CiEnvironment
            {
                Kind = CiKind.GitHub,
                Branch = Value("GITHUB_HEAD_REF") ?? Value("GITHUB_REF_NAME"), // Of a pull request, its own branch.
                Commit = Value("GITHUB_SHA"),
                RunUrl = repository is null || run is null ? null : $"{Value("GITHUB_SERVER_URL") ?? "https://github.com"}/{repository}/actions/runs/{run}",
                Actor = Value("GITHUB_TRIGGERING_ACTOR") ?? Value("GITHUB_ACTOR"),
                SummaryPath = Value("GITHUB_STEP_SUMMARY"),
            };
        }

        if (!Is("TF_BUILD"))
            return new CiEnvironment();
        string? server = Value("SYSTEM_COLLECTIONURI"), project = Value("SYSTEM_TEAMPROJECT"), build = Value("BUILD_BUILDID");
        return new CiEnvironment
        {
            Kind = CiKind.Azure,
            Branch = BranchOf(Value("SYSTEM_PULLREQUEST_SOURCEBRANCH") ?? Value("BUILD_SOURCEBRANCH")) ?? Value("BUILD_SOURCEBRANCHNAME"),
            Commit = Value("BUILD_SOURCEVERSION"),
            RunUrl = server is null || project is null || build is null ? null : $"{server.TrimEnd('/')}/{Uri.EscapeDataString(project)}/_build/results?buildId={build}",
            Actor = Value("BUILD_REQUESTEDFOR"),
            TempPath = Value("AGENT_TEMPDIRECTORY"),
        };

        bool Is(string name) => string.Equals(Value(name), "true", StringComparison.OrdinalIgnoreCase);

        string? Value(string name) => environment(name) is { } text && text.Trim().Length > 0 ? text.Trim() : null;
    }

    private static string? BranchOf(string? reference)
    {
        foreach (string prefix in new[] { "refs/heads/", "refs/tags/" })
        {
            if (reference?.StartsWith(prefix, StringComparison.Ordinal) == true)
                return reference.Substring(prefix.Length);
        }

        return reference;
    }
}
