using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventBridgeOps.Ci;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Deployments;

/// <summary>An image that is ready to be deployed, and its origin.</summary>
public sealed record Deployment
{
    /// <summary>The detail-type of its event.</summary>
    public const string DetailType = "Deployment Ready";

    private const int MostLetters = 256;

    // https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html and API_PutImage.html.
    private static readonly Regex RepositoryName = new(@"\A(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-]+[a-z0-9]+)*\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly Regex TagName = new(@"\A[A-Za-z0-9_][A-Za-z0-9._-]{0,127}\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The image's repository.</summary>
    public required string Repository { get; init; }

    /// <summary>The image's tag.</summary>
    public required string Tag { get; init; }

    /// <summary>The source of its event: <c>github.actions</c>, <c>azure.pipelines</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The branch.</summary>
    public required string Branch { get; init; }

    /// <summary>The commit.</summary>
    public required string Commit { get; init; }

    /// <summary>The URL of the run; null if there is none.</summary>
    public string? RunUrl { get; init; }

    /// <summary>Who started it; null if that is unknown.</summary>
    public string? Actor { get; init; }

    /// <summary>Combines the specified values with those of the CI system.</summary>
    /// <param name="repository">The image's repository.</param>
    /// <param name="tag">The image's tag.</param>
    /// <param name="source">The source of its event; null for that of the CI system.</param>
    /// <param name="branch">The branch; null for the CI system's.</param>
    /// <param name="commit">The commit; null for the CI system's.</param>
    /// <param name="runUrl">The URL of the run; null for the CI system's.</param>
    /// <param name="actor">Who started it; null for the CI system's.</param>
    /// <param name="ci">The CI system.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidRequest"/>: a value is missing or not valid.</exception>
    public static Deployment From(string? repository, string? tag, string? source, string? branch, string? commit, string? runUrl, string? actor, CiEnvironment ci)
    {
        Message[] missing =
        [
            .. new (string Name, string? Value)[] { ("Repository", repository), ("Tag", tag), ("Source", source ?? ci.Source), ("Branch", branch ?? ci.Branch), ("Commit", commit ?? ci.Commit) }
                .Where(field => string.IsNullOrWhiteSpace(field.Value)).Select(field => DeploymentMessages.Parameter(field.Name)),
        ];
        if (missing.Length > 0)
            throw Invalid(ci.Kind == CiKind.None ? DeploymentMessages.MissingOutsideCi(missing) : DeploymentMessages.MissingInCi(missing, ci.Kind));
        Deployment deployment = new()
        {
            Repository = repository!.Trim(),
            Tag = tag!.Trim(),
            Source = (source ?? ci.Source)!,
            Branch = (branch ?? ci.Branch)!,
            Commit = (commit ?? ci.Commit)!,
            RunUrl = runUrl ?? ci.RunUrl,
            Actor = actor ?? ci.Actor,
        };
        if (!IsRepository(deployment.Repository))
            throw Invalid(DeploymentMessages.NotARepository(deployment.Repository));
        if (!IsTag(deployment.Tag))
            throw Invalid(DeploymentMessages.NotATag(deployment.Tag));
        return deployment;
    }

    /// <summary>The PutEvents entry of its event.</summary>
    /// <param name="eventBusName">The bus; null for the default bus.</param>
    public EventEntry ToEntry(string? eventBusName)
    {
        JsonObject detail = new() { ["repository"] = Repository, ["tag"] = Tag, ["branch"] = Branch, ["commit"] = Commit };
        if (RunUrl is not null)
            detail["runUrl"] = RunUrl;
        if (Actor is not null)
            detail["actor"] = Actor;
        return new EventEntry { Source = Source, DetailType = DetailType, Detail = Document.Write(detail), EventBusName = eventBusName };
    }

    /// <summary>Repository and tag.</summary>
    public override string ToString() => $"{Repository}:{Tag}";

    internal static bool IsRepository(string name) => name.Length <= MostLetters && RepositoryName.IsMatch(name);

    internal static bool IsTag(string name) => TagName.IsMatch(name);

    private static OpsException Invalid(Message message) => new(ErrorIds.InvalidRequest, message);
}
