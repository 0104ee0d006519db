using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Names;

/// <summary>The value of <c>BatchParameters.JobDefinition</c> of a target: a name or an ARN, with a revision (pinned) or without (floating).</summary>
/// <remarks>
/// Shape: <c>name[:revision]</c> or <c>arn:partition:batch:region:account:job-definition/name[:revision]</c>; a name has 1 to 128
/// letters, digits, hyphens and underscores, a revision is a whole number from 1.
/// Source: https://docs.aws.amazon.com/batch/latest/APIReference/API_RegisterJobDefinition.html and
/// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_BatchParameters.html. It writes back exactly the form it read.
/// </remarks>
public sealed record JobDefinitionReference
{
    /// <summary>The maximum length of a name in AWS Batch, in characters.</summary>
    internal const int MaxNameLength = 128;

    private const string ResourceType = "job-definition/";

    private static readonly Regex NameShape = new(@"\A[A-Za-z0-9_-]+\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly Regex AccountShape = new(@"\A[0-9]{12}\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static readonly Regex PlaceShape = new(@"\A[a-z0-9-]+\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private JobDefinitionReference(Arn? arn, string name, int? revision)
    {
        Arn = arn;
        Name = name;
        Revision = revision;
    }

    /// <summary>The name without a revision.</summary>
    public string Name { get; }

    /// <summary>The revision; null for a floating reference.</summary>
    public int? Revision { get; private init; }

    /// <summary>Whether the reference has a revision.</summary>
    public bool IsPinned => Revision is not null;

    /// <summary>The account ID of the ARN; null when the reference is a name.</summary>
    public string? AccountId => Arn?.AccountId;

    /// <summary>The Region of the ARN; null when the reference is a name.</summary>
    public string? Region => Arn?.Region;

    /// <summary>The partition of the ARN, for example <c>aws-us-gov</c>; null when the reference is a name.</summary>
    public string? Partition => Arn?.Partition;

    private Arn? Arn { get; }

    /// <summary>Reads a reference.</summary>
    /// <param name="text">A name or an ARN, with or without <c>:revision</c>.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidJobDefinitionReference"/>: it is neither; the message says why.</exception>
    public static JobDefinitionReference Parse(string text) => TryParse(text, out JobDefinitionReference? reference, out Message? fault)
        ? reference
        : throw new OpsException(ErrorIds.InvalidJobDefinitionReference, NameMessages.InvalidReference(text, fault));

    /// <summary>Reads a reference, or says why it is not valid.</summary>
    /// <param name="text">A name or an ARN, with or without <c>:revision</c>.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="fault">Why it is not valid; a clause.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out JobDefinitionReference? reference, [NotNullWhen(false)] out Message? fault)
    {
        reference = null;
        fault = null;
        if (string.IsNullOrEmpty(text))
        {
            fault = NameMessages.ReferenceEmpty();
            return false;
        }

        Arn? arn = null;
        string rest = text!;
        if (rest.StartsWith("arn:", StringComparison.Ordinal))
        {
            fault = ReadArn(rest, out arn);
            if (fault is not null)
                return false;
            rest = arn!.Resource.Substring(ResourceType.Length);
        }

        int colon = rest.IndexOf(':');
        string name = colon < 0 ? rest : rest.Substring(0, colon);
        int? revision = null;
        fault = NameFault(name) ?? (colon < 0 ? null : ReadRevision(rest.Substring(colon + 1), out revision));
        if (fault is not null)
            return false;
        reference = new JobDefinitionReference(arn is null ? null : arn with { Resource = ResourceType }, name, revision);
        return true;
    }

    /// <summary>The same reference, in the same form, to another revision.</summary>
    /// <param name="revision">The revision; null to let it float.</param>
    public JobDefinitionReference WithRevision(int? revision) => this with { Revision = revision };

    /// <summary>The reference in the form that it was read in.</summary>
    public override string ToString() =>
        Arn + Name + (Revision is { } revision ? ":" + revision.ToString(CultureInfo.InvariantCulture) : "");

    private static Message? ReadArn(string text, out Arn? arn)
    {
        arn = null;
        if (!Arn.TryParse(text, out Arn? parsed))
            return NameMessages.ArnParts();
        if (parsed.Service != "batch")
            return NameMessages.ArnService(parsed.Service);
        if (!PlaceShape.IsMatch(parsed.Partition))
            return NameMessages.ArnPartition(parsed.Partition);
        if (parsed.Region.Length == 0)
            return NameMessages.ArnRegionMissing();
        if (!PlaceShape.IsMatch(parsed.Region))
            return NameMessages.ArnRegion(parsed.Region);
        if (!AccountShape.IsMatch(parsed.AccountId))
            return NameMessages.ArnAccount(parsed.AccountId);
        if (!parsed.Resource.StartsWith(ResourceType, StringComparison.Ordinal))
            return NameMessages.ArnResource(parsed.Resource);
        arn = parsed;
        return null;
    }

    private static Message? NameFault(string name)
    {
        if (name.Length == 0)
            return NameMessages.NameEmpty();
        if (name.Length > MaxNameLength)
            return NameMessages.NameTooLong(name.Length, MaxNameLength);
        return NameShape.IsMatch(name) ? null : NameMessages.NameCharacters(name);
    }

    private static Message? ReadRevision(string text, out int? revision)
    {
        bool whole = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        revision = whole ? number : null;
        // Only the number is kept, so a text that would be written back differently (a leading zero) is rejected.
        return whole && number > 0 && number.ToString(CultureInfo.InvariantCulture) == text ? null : NameMessages.InvalidRevision(text);
    }
}
