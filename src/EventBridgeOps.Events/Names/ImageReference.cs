using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Names;

/// <summary>A container image: <c>[registry/]repository[:tag][@digest]</c>.</summary>
/// <remarks>
/// The first part is a registry when it has a dot, a colon or an upper-case letter in it or is <c>localhost</c>, as Docker reads it; a tag has up to 128
/// letters, digits, dots, hyphens and underscores; a digest is <c>algorithm:hex</c>.
/// Source: https://pkg.go.dev/github.com/distribution/reference. It writes back exactly what it read.
/// </remarks>
public sealed record ImageReference
{
    /// <summary>The tag of a reference with neither a tag nor a digest.</summary>
    public const string DefaultTag = "latest";

    private const string Library = "library/";
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private static readonly Regex Shape = new(
        @"\A((?<registry>localhost(:[0-9]+)?|[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:[0-9]+)?|[A-Za-z0-9-]+:[0-9]+|[a-z0-9-]*[A-Z][A-Za-z0-9-]*|\[[0-9A-Fa-f:.]+\](:[0-9]+)?)/)?" +
        @"(?<repository>[a-z0-9]+((\.|__?|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|__?|-+)[a-z0-9]+)*)*)" +
        @"(:(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(@(?<digest>[A-Za-z][A-Za-z0-9]*([+._-][A-Za-z][A-Za-z0-9]*)*:[0-9A-Fa-f]{32,}))?\z",
        Options, TimeSpan.FromSeconds(1));

    private ImageReference(ImageRegistry? registry, string repository, string? tag, string? digest) =>
        (Registry, RepositoryName, Tag, Digest) = (registry, repository, tag, digest);

    /// <summary>The registry; null when none is named, which is Docker Hub.</summary>
    public ImageRegistry? Registry { get; }

    /// <summary>The repository, slashes included.</summary>
    public string RepositoryName { get; }

    /// <summary>The tag; null when none is named.</summary>
    public string? Tag { get; private init; }

    /// <summary>The digest, for example <c>sha256:...</c>; null when none is named.</summary>
    public string? Digest { get; private init; }

    /// <summary>The registry, whether it is named or not.</summary>
    public ImageRegistry EffectiveRegistry => Registry ?? ImageRegistry.DockerHub;

    /// <summary>The repository as its registry knows it: on Docker Hub, <c>python</c> is short for <c>library/python</c>.</summary>
    public string FullRepositoryName => EffectiveRegistry.HasShortNames && !RepositoryName.Contains('/') ? Library + RepositoryName : RepositoryName;

    /// <summary>Reads a reference.</summary>
    /// <param name="text">Registry, repository, tag and digest; only the repository is required.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: it is not a valid image reference.</exception>
    public static ImageReference Parse(string text) => TryParse(text, out ImageReference? image)
        ? image
        : throw new OpsException(ErrorIds.InvalidArgument, NameMessages.InvalidImage(text));

    /// <summary>Reads a reference, if it is valid.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="image">The reference.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageReference? image)
    {
        Match match = Shape.Match(text ?? "");
        image = match.Success
            ? new ImageReference(Part(match, "registry") is { } host ? new ImageRegistry(host) : null, match.Groups["repository"].Value, Part(match, "tag"), Part(match, "digest"))
            : null;
        return match.Success;
    }

    /// <summary>The names under which the repository may be meant: in full, and on Docker Hub in short.</summary>
    public IEnumerable<string> RepositoryNames => EffectiveRegistry.IsSame(ImageRegistry.DockerHub) && FullRepositoryName.StartsWith(Library, StringComparison.Ordinal)
        ? [FullRepositoryName, FullRepositoryName.Substring(Library.Length)]
        : [FullRepositoryName];

    /// <summary>Whether both are of the same repository in the same registry.</summary>
    /// <param name="other">Another reference.</param>
    public bool IsOfSameRepository(ImageReference other) => EffectiveRegistry.IsSame(other.EffectiveRegistry) && FullRepositoryName == other.FullRepositoryName;

    /// <summary>Whether both are the same image, even if they are written differently: the registry under another name, a short form, the default tag left out.</summary>
    /// <param name="other">Another reference; null is never the same.</param>
    public bool IsSame(ImageReference? other) => other is not null && Identity == other.Identity;

    /// <summary>The reference in its one full form: all references to the same image have the same.</summary>
    /// <remarks>A tag beside a digest does not decide which image it is.</remarks>
    public string Identity => $"{EffectiveRegistry.Identity}/{FullRepositoryName}{(Digest is null ? ":" + (Tag ?? DefaultTag) : "@" + Digest)}";

    /// <summary>Another image of the same repository, in the same registry, named as this one names it.</summary>
    /// <param name="tag">The tag; null for none.</param>
    /// <param name="digest">The digest; null for none.</param>
    public ImageReference With(string? tag, string? digest) => this with { Tag = tag, Digest = digest };

    /// <summary>The reference as it was read.</summary>
    public override string ToString() =>
        (Registry is null ? "" : Registry.Host + "/") + RepositoryName + (Tag is null ? "" : ":" + Tag) + (Digest is null ? "" : "@" + Digest);

    private static string? Part(Match match, string name) => match.Groups[name] is { Success: true, Value: var value } ? value : null;
}
