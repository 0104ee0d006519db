using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Names;

/// <summary>Why a name or a reference is not valid. The faults of a job definition reference are clauses: they stand inside a sentence.</summary>
internal static class NameMessages
{
    public static Message InvalidImage(string text) => Message.Of(
        $"'{text}' is not a valid image reference. Example: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:v42, with @sha256:... for a digest.");

    public static Message InvalidReference(string text, Message fault) => Message.Of(
        $"'{text}' is not a valid job definition reference: {fault}. Specify a name, name:revision or the ARN of a job definition.");

    public static Message ReferenceEmpty() => Message.Of($"it is empty");

    public static Message ArnParts() => Message.Of($"an ARN has six parts, arn:partition:service:region:account:resource");

    public static Message ArnService(string service) => Message.Of($"it is an ARN of service '{service}', not of batch");

    public static Message ArnPartition(string partition) => Message.Of($"'{partition}' is not a valid partition (example: aws)");

    public static Message ArnRegionMissing() => Message.Of($"the ARN has no Region");

    public static Message ArnRegion(string region) => Message.Of($"'{region}' is not a valid Region");

    public static Message ArnAccount(string account) => Message.Of($"'{account}' is not an account ID of 12 digits");

    public static Message ArnResource(string resource) => Message.Of($"'{resource}' is not a job definition (job-definition/name)");

    public static Message NameEmpty() => Message.Of($"the name is empty");

    public static Message NameTooLong(int length, int limit) => Message.Of($"the name has {length} characters; the maximum is {limit}");

    public static Message NameCharacters(string name) => Message.Of($"the name '{name}' has characters other than letters, digits, '-' and '_'");

    public static Message InvalidRevision(string revision) => Message.Of($"the revision '{revision}' is not a whole number of 1 or greater");

    public static Message PatternEmpty() => Message.Of($"A name is empty. Specify a name, or '*' for all.");

    public static Message PatternRange(string text) => Message.Of($"The name '{text}' has a range in reverse order. Write the lower end first, as in [a-z].");

    public static Message PatternBracket(string text) => Message.Of(
        $"The bracket in the name '{text}' is empty or not closed. Write [abc] or [a-z], or put a backtick before a bracket that is part of the name.");
}
