namespace EventBridgeOps.Images;

/// <summary>How severe a finding of an image scan is, from the least on.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanFinding.html.</remarks>
public enum FindingSeverity
{
    /// <summary>Of interest, no danger.</summary>
    Informational,

    /// <summary>Low.</summary>
    Low,

    /// <summary>Medium.</summary>
    Medium,

    /// <summary>High.</summary>
    High,

    /// <summary>Critical.</summary>
    Critical,
}
