using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Images;

/// <summary>What is planned for one job definition.</summary>
/// <param name="Result">The result to return.</param>
/// <param name="Edit">The edit to apply to the latest known revision; null for none.</param>
/// <param name="Error">Why it cannot be applied; null if it can.</param>
internal sealed record ImagePlan(BatchImageUpdate Result, ImageEdit? Edit = null, OpsException? Error = null)
{
    /// <summary>What is known of the images, by what the selection calls them.</summary>
    public IReadOnlyDictionary<string, ImageFacts> Facts { get; init; } = new Dictionary<string, ImageFacts>();
}
