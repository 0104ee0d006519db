using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Images;

namespace EventBridgeOps.PowerShell.Images;

/// <summary>An image as an object from the pipeline names it: the output of <c>Get-ECRImageMetadata</c>, <c>Get-ECRImage</c> or <c>Get-BatchImage</c>, or a custom object.</summary>
internal sealed class PipedImage
{
    private readonly PSObject _source;

    private PipedImage(PSObject source) => _source = source;

    /// <summary>Whether an object names an image, and is not an event.</summary>
    public static bool TryRead(PSObject source, [NotNullWhen(true)] out PipedImage? image)
    {
        image = new PipedImage(source);
        return source.BaseObject is not IDictionary && source.Properties["detail"] is null
            && (image.Text("RepositoryName") ?? image.Text("ImageTag") ?? image.Text("ImageDigest")) is not null;
    }

    /// <summary>The image to update to.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: it does not name the image.</exception>
    public ImageSelection Select()
    {
        string repository = Text("RepositoryName") ?? throw new OpsException(
            ErrorIds.InvalidArgument, ShellImageMessages.RepositoryUnknown($"{_source}"));

        // An image has any number of tags, and which of several is meant it does not say; its digest is one.
        object[] tags = _source.Properties["ImageTags"]?.Value is IEnumerable several and not string ? [.. several.Cast<object>()] : [];
        string? tag = Text("ImageTag") ?? (tags.Length == 1 ? tags[0].ToString() : null);
        string? digest = Text("ImageDigest");
        if (tag is null && digest is null)
            throw new OpsException(ErrorIds.InvalidArgument, ShellImageMessages.ImageUnknown($"{_source}", repository));
        return ImageSelection.ForRepository(repository, tag, tag is null ? digest : null, Text("RegistryId"));
    }

    private string? Text(string property) => _source.Properties[property]?.Value as string is { Length: > 0 } text ? text : null;
}
