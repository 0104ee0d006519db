using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Images;

/// <summary>What is planned for one job definition.</summary>
/// <param name="Result">What will be said of it.</param>
/// <param name="Edit">What is to be done to the latest revision that was seen; null when nothing is.</param>
/// <param name="Error">Why it cannot be done; null when it can.</param>
internal sealed record ImagePlan(BatchImageUpdate Result, ImageEdit? Edit = null, OpsException? Error = null)
{
    /// <summary>What is known of the images, by what the selection calls them.</summary>
    public IReadOnlyDictionary<string, ImageFacts> Facts { get; init; } = new Dictionary<string, ImageFacts>();
}
