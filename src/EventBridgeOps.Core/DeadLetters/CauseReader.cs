using System.Text.RegularExpressions;

namespace EventBridgeOps.DeadLetters;

/// <summary>Reads the cause in the code and the message of a dead letter.</summary>
/// <remarks>
/// The documented codes are a sample (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html), and a rejection by the target has its reason
/// in the message alone, so the words of the services are looked for. What is not recognized is <see cref="DeadLetterCause.Other"/>.
/// </remarks>
internal static class CauseReader
{
    private static readonly (string Code, DeadLetterCause Cause)[] Codes =
    [
        ("NO_PERMISSIONS", DeadLetterCause.NoPermission),
        ("NO_RESOURCE", DeadLetterCause.NotFound),
        ("THROTTLING", DeadLetterCause.Throttled),
        ("TIMEOUT", DeadLetterCause.Throttled),
    ];

    // Before the codes: a revision that does not exist may come with any of them.
    private static readonly (Regex Words, DeadLetterCause Cause)[] Batch =
    [
        (Words(@"\bshare ?identifier\b|\bfair[- ]?share\b"), DeadLetterCause.FairShare),
        (Words(@"\bjob ?definition\b.*\b(not (be )?found|does not exist|not active|inactive|deregistered)\b|\bnot an active job ?definition\b|\bJobDefinition\b.*\bACTIVE\b"), DeadLetterCause.RevisionNotActive),
    ];

    private static readonly (Regex Words, DeadLetterCause Cause)[] Any =
    [
        (Words(@"\bnot authorized\b|\baccess ?denied\b|\bno permission\b|\bnot allowed to\b"), DeadLetterCause.NoPermission),
        (Words(@"\btoo (large|long|big)\b|\bmust be shorter than\b|\bmaximum (allowed )?(size|length)\b|\bexceeds? .*\b(size|length|bytes)\b|\bRequestTooLarge\b"), DeadLetterCause.TooLarge),
        (Words(@"\bthrottl|\brate exceeded\b|\btoo many requests\b|\btimed? ?out\b|\bservice unavailable\b"), DeadLetterCause.Throttled),
        (Words(@"\bdoes not exist\b|\bnot found\b|\bnon-?existent\b"), DeadLetterCause.NotFound),
    ];

    /// <summary>The cause.</summary>
    /// <param name="code">The code; null for none.</param>
    /// <param name="message">The message; null for none.</param>
    /// <param name="service">The service of the target; null if unknown.</param>
    public static DeadLetterCause Of(string? code, string? message, string? service)
    {
        string said = message ?? "";
        if (service == "batch" && Find(Batch, said) is { } batch)
            return batch;
        foreach ((string known, DeadLetterCause cause) in Codes)
        {
            if (code == known)
                return cause;
        }

        return Find(Any, said) ?? (code is "ERROR_FROM_TARGET" or "INVALID_PARAMETER" or "SDK_CLIENT_ERROR" ? DeadLetterCause.Rejected : DeadLetterCause.Other);
    }

    private static DeadLetterCause? Find((Regex Words, DeadLetterCause Cause)[] all, string said)
    {
        foreach ((Regex words, DeadLetterCause cause) in all)
        {
            if (words.IsMatch(said))
                return cause;
        }

        return null;
    }

    private static Regex Words(string pattern) => new(pattern, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
}
