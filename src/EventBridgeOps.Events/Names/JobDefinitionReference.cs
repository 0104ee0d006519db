using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Names;

/// <summary>What a target holds in <c>BatchParameters.JobDefinition</c>: a name or an ARN, with a revision (pinned) or without (floating).</summary>
/// <remarks>
/// Shape: <c>name[:revision]</c> or <c>arn:partition:batch:region:account:job-definition/name[:revision]</c>; a name has 1 to 128
/// letters, digits, hyphens and underscores, a revision is a whole number from 1.
/// Source: https://docs.aws.amazon.com/batch/latest/APIReference/API_RegisterJobDefinition.html and
/// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_BatchParameters.html. It writes back exactly the form it read.
/// </remarks>
public sealed record JobDefinitionReference
{
    /// <summary>The longest name that AWS Batch takes, in characters.</summary>
    public const int MaxNameLength = 128;

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

    /// <summary>The revision; null when the reference floats.</summary>
    public int? Revision { get; private init; }

    /// <summary>True with a revision.</summary>
    public bool IsPinned => Revision is not null;

    /// <summary>The ARN's account id; null when the reference is a mere name.</summary>
    public string? AccountId => Arn?.AccountId;

    /// <summary>The ARN's region; null when the reference is a mere name.</summary>
    public string? Region => Arn?.Region;

    /// <summary>The ARN's partition, for example <c>aws-us-gov</c>; null when the reference is a mere name.</summary>
    public string? Partition => Arn?.Partition;

    private Arn? Arn { get; }

    /// <summary>Reads a reference.</summary>
    /// <param name="text">A name or an ARN, with or without <c>:revision</c>.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidJobDefinitionReference"/>: it is neither; the message says why.</exception>
    public static JobDefinitionReference Parse(string text) => TryParse(text, out JobDefinitionReference? reference, out string? reason)
        ? reference
        : throw new OpsException(ErrorIds.InvalidJobDefinitionReference, $"'{text}' is not a job definition reference: {reason}. Give name, name:revision or the ARN of a job definition.");

    /// <summary>Reads a reference, or says why it is none.</summary>
    /// <param name="text">A name or an ARN, with or without <c>:revision</c>.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="reason">Why it is none.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out JobDefinitionReference? reference, [NotNullWhen(false)] out string? reason)
    {
        reference = null;
        reason = null;
        if (string.IsNullOrEmpty(text))
        {
            reason = "it is empty";
            return false;
        }

        Arn? arn = null;
        string rest = text!;
        if (rest.StartsWith("arn:", StringComparison.Ordinal))
        {
            reason = ReadArn(rest, out arn);
            if (reason is not null)
                return false;
            rest = arn!.Resource.Substring(ResourceType.Length);
        }

        int colon = rest.IndexOf(':');
        string name = colon < 0 ? rest : rest.Substring(0, colon);
        int? revision = null;
        reason = NameFault(name) ?? (colon < 0 ? null : ReadRevision(rest.Substring(colon + 1), out revision));
        if (reason is not null)
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

    private static string? ReadArn(string text, out Arn? arn)
    {
        arn = null;
        if (!Arn.TryParse(text, out Arn? parsed))
            return "an ARN has six parts, arn:partition:service:region:account:resource";
        if (parsed.Service != "batch")
            return $"it is an ARN of the service '{parsed.Service}', not of batch";
        if (!PlaceShape.IsMatch(parsed.Partition))
            return $"'{parsed.Partition}' is not a partition, such as aws";
        if (parsed.Region.Length == 0)
            return "the ARN has no region";
        if (!PlaceShape.IsMatch(parsed.Region))
            return $"'{parsed.Region}' is not a region";
        if (!AccountShape.IsMatch(parsed.AccountId))
            return $"'{parsed.AccountId}' is not an account id of twelve digits";
        if (!parsed.Resource.StartsWith(ResourceType, StringComparison.Ordinal))
            return $"'{parsed.Resource}' is not a job definition (job-definition/name)";
        arn = parsed;
        return null;
    }

    private static string? NameFault(string name)
    {
        if (name.Length == 0)
            return "the name is empty";
        if (name.Length > MaxNameLength)
            return $"the name has {name.Length} characters, and {MaxNameLength} is the most";
        return NameShape.IsMatch(name) ? null : $"the name '{name}' has characters other than letters, digits, '-' and '_'";
    }

    private static string? ReadRevision(string text, out int? revision)
    {
        bool whole = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        revision = whole ? number : null;
        // Only the number is kept, so what it is not written back as (a leading zero) is refused.
        return whole && number > 0 && number.ToString(CultureInfo.InvariantCulture) == text ? null : $"the revision '{text}' is not a whole number from 1";
    }
}
