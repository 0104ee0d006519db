using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Events.Runs;

namespace EventBridgeOps.Deployments;

/// <summary>A service in a cluster of Amazon ECS.</summary>
/// <param name="ClusterName">The cluster's name.</param>
/// <param name="ServiceName">The service's name.</param>
public sealed record ServicePlace(string ClusterName, string ServiceName)
{
    /// <summary>Cluster and service.</summary>
    public override string ToString() => $"{ClusterName}/{ServiceName}";
}

/// <summary>Which services run the images of which repositories.</summary>
/// <param name="Services">The services of each repository, by its name.</param>
/// <param name="Otherwise">The service of all other repositories; null for none.</param>
public sealed record ServiceMap(IReadOnlyDictionary<string, IReadOnlyList<ServicePlace>> Services, ServicePlace? Otherwise = null)
{
    /// <summary>The services that run the images of a repository; empty if none is configured.</summary>
    /// <param name="repository">The repository's name.</param>
    public IReadOnlyList<ServicePlace> Find(string repository) => Services.TryGetValue(repository, out IReadOnlyList<ServicePlace>? found) ? found : Otherwise is null ? [] : [Otherwise];
}

/// <summary>The event that an image is ready to be deployed, which <see cref="Deployment"/> announces, as it is received.</summary>
/// <param name="Repository">The image's repository.</param>
/// <param name="Tag">The image's tag.</param>
/// <param name="Services">The services to deploy: those that the event names, or else those of the map. Not empty.</param>
public sealed record DeploymentReady(string Repository, string Tag, IReadOnlyList<ServicePlace> Services)
{
    /// <summary>The source of the events by default.</summary>
    public const string DefaultSource = "github.actions";

    private const int MostLetters = 255;

    /// <summary>The image: as the event names it, or else repository and tag.</summary>
    public required string Image { get; init; }

    /// <summary>The source of the event.</summary>
    public required string Source { get; init; }

    /// <summary>The ID of the event; null if it has none.</summary>
    public string? EventId { get; init; }

    /// <summary>The branch; null if the event does not say it.</summary>
    public string? Branch { get; init; }

    /// <summary>The commit; null if the event does not say it.</summary>
    public string? Commit { get; init; }

    /// <summary>The URL of the run; null if the event does not say it.</summary>
    public string? RunUrl { get; init; }

    /// <summary>Who started it; null if the event does not say it.</summary>
    public string? Actor { get; init; }

    /// <summary>Reads an event.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="sources">The sources that are accepted; empty for <see cref="DefaultSource"/>.</param>
    /// <param name="map">Which services run which repository, where the event names none.</param>
    /// <param name="observer">Receives a warning for an event that is skipped, and a failure for one whose fields are not valid; it names each of them.</param>
    /// <returns>Null if there is nothing to deploy.</returns>
    public static DeploymentReady? Read(EventDocument happened, IReadOnlyList<string> sources, ServiceMap map, IRunObserver observer)
    {
        JsonObject document;
        try
        {
            document = Document.Parse(happened.Text);
        }
        catch (JsonException e)
        {
            Fail(DeploymentMessages.ReadyNotReadable(happened.Origin, EventDocument.Reason(e)));
            return null;
        }

        if (sources.Count == 0)
            sources = [DefaultSource];
        string? source = document.String("source"), type = document.String("detail-type");
        if (source is null || !sources.Contains(source) || type != Deployment.DetailType)
        {
            observer.Warning(DeploymentMessages.ReadySkipped(happened.Origin, source, type, sources));
            return null;
        }

        if (document["detail"] is not JsonObject detail)
        {
            Fail(DeploymentMessages.ReadyWithoutDetail(happened.Origin));
            return null;
        }

        ReadyFields fields = new(detail);
        string? repository = fields.Required("repository", Deployment.IsRepository), tag = fields.Required("tag", Deployment.IsTag);
        string? image = fields.Optional("image", text => ImageReference.TryParse(text, out ImageReference? read) && read.RepositoryName == repository && (read.Tag is null || read.Tag == tag) && (read.Tag ?? read.Digest) is not null);
        string? cluster = fields.Optional("cluster", IsName), service = fields.Optional("service", IsName);
        string? branch = fields.Optional("branch"), commit = fields.Optional("commit"), runUrl = fields.Optional("runUrl"), actor = fields.Optional("actor");
        if (fields.Faults.Count > 0)
        {
            Fail(DeploymentMessages.ReadyNotValid(happened.Origin, fields.Faults));
            return null;
        }

        ServicePlace[] services =
        [
            .. service is null ? map.Find(repository!).Where(place => cluster is null || place.ClusterName == cluster)
            : cluster is not null ? [new ServicePlace(cluster, service)]
            : map.Find(repository!).Select(place => place.ClusterName).Distinct(StringComparer.Ordinal).Select(name => new ServicePlace(name, service)),
        ];
        if (services.Length == 0)
        {
            Fail(DeploymentMessages.ReadyWithoutService(happened.Origin, repository!));
            return null;
        }

        return new DeploymentReady(repository!, tag!, services)
        {
            Image = image ?? $"{repository}:{tag}",
            Source = source,
            EventId = document.String("id"),
            Branch = branch,
            Commit = commit,
            RunUrl = runUrl,
            Actor = actor,
        };

        void Fail(Message message) => observer.Failed(new ItemFailure(new OpsException(ErrorIds.InvalidEvent, message), happened.Origin));
    }

    /// <summary>Repository and tag.</summary>
    public override string ToString() => $"{Repository}:{Tag}";

    // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html and API_CreateCluster.html.
    private static bool IsName(string name) => name.Length <= MostLetters && name.All(c => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' or '-');
}

/// <summary>Reads the fields of the event, and notes what is wrong with each.</summary>
internal sealed class ReadyFields(JsonObject detail)
{
    private readonly List<Message> _faults = [];

    public IReadOnlyList<Message> Faults => _faults;

    public string? Required(string field, Func<string, bool> isValid)
    {
        if (detail[field] is null || Document.Text(detail[field]) is "")
        {
            _faults.Add(DeploymentMessages.ReadyFieldMissing(field));
            return null;
        }

        return Optional(field, isValid);
    }

    public string? Optional(string field, Func<string, bool>? isValid = null)
    {
        if (detail[field] is not { } node || Document.Text(node) is "")
            return null;
        if (Document.Text(node) is not { } text)
            _faults.Add(DeploymentMessages.ReadyFieldNotText(field));
        else if (isValid?.Invoke(text) == false)
            _faults.Add(DeploymentMessages.ReadyFieldNotValid(field, text));
        else
            return text;
        return null;
    }
}
