using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Images;

/// <summary>Short forms of image references.</summary>
public static class ImageText
{
    private const int DigestShown = 12;

    /// <summary>The last part of the repository with the tag and the beginning of the digest; text that is not an image reference is returned unchanged.</summary>
    /// <param name="image">An image as written in a job definition; null if there is none.</param>
    public static string Short(string? image) => ImageReference.TryParse(image, out ImageReference? read) ? Short(read) : image ?? "";

    /// <summary>From one image to another, with a common repository only once: <c>app:v41 -> :v42</c>.</summary>
    /// <param name="from">The image before.</param>
    /// <param name="to">The image after.</param>
    public static string Step(string? from, string? to) =>
        ImageReference.TryParse(from, out ImageReference? before) && ImageReference.TryParse(to, out ImageReference? after) ? Step(before, after)
        : string.IsNullOrEmpty(to) || from == to ? from ?? ""
        : $"{Short(from)} -> {Short(to)}";

    /// <summary>The beginning of a digest, which is enough to distinguish it from others.</summary>
    /// <param name="digest">For example <c>sha256:...</c>; null if there is none.</param>
    public static string ShortDigest(string? digest) => digest is null ? "" : digest.Substring(0, Math.Min(digest.Length, digest.IndexOf(':') + 1 + DigestShown));

    internal static string Step(ImageReference from, ImageReference to) =>
        from == to ? Short(from) : from.RepositoryName == to.RepositoryName ? $"{Short(from)} -> {Suffix(to)}" : $"{Short(from)} -> {Short(to)}";

    private static string Short(ImageReference image) => image.RepositoryName.Substring(image.RepositoryName.LastIndexOf('/') + 1) + Suffix(image);

    private static string Suffix(ImageReference image)
    {
        string suffix = (image.Tag is null ? "" : ":" + image.Tag) + (image.Digest is null ? "" : "@" + ShortDigest(image.Digest));
        return suffix.Length > 0 ? suffix : ":" + ImageReference.DefaultTag;
    }
}
