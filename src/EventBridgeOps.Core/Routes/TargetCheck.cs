using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Inputs;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Events.Rules;

namespace EventBridgeOps.Routes;

/// <summary>Something about a target that EventBridge rejects, or may.</summary>
/// <param name="IsRejected">Whether it is documented that EventBridge rejects it.</param>
/// <param name="Reason">What it is, as a clause.</param>
internal sealed record TargetFinding(bool IsRejected, Message Reason);

/// <summary>Foretells what EventBridge rejects in a target, from its document alone.</summary>
internal static class TargetCheck
{
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html: adjustable.
    private const int MostTargets = 5;

    // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_BatchArrayProperties.html, API_BatchRetryStrategy.html and API_RetryPolicy.html.
    private static readonly (string Structure, string? Inner, string Field, long Least, long Most)[] Ranges =
    [
        ("BatchParameters", "ArrayProperties", "Size", 2, 10_000),
        ("BatchParameters", "RetryStrategy", "Attempts", 1, 10),
        ("EcsParameters", null, "TaskCount", 1, int.MaxValue),
        ("RetryPolicy", null, "MaximumRetryAttempts", 0, 185),
        ("RetryPolicy", null, "MaximumEventAgeInSeconds", 60, 86_400),
    ];

    /// <summary>Checks a target.</summary>
    /// <param name="target">Its document.</param>
    /// <param name="arn">Its ARN.</param>
    /// <param name="input">Its input; null when it is unknown.</param>
    /// <param name="rule">The ARN of its rule; null when it is unknown.</param>
    public static IEnumerable<TargetFinding> Run(JsonObject target, Arn arn, TargetInput? input, Arn? rule)
    {
        List<TargetFinding> found = [];
        TargetKind? kind = TargetKinds.Find(arn);
        if (kind is not null)
        {
            if (IsMissing(target["RoleArn"]) && kind.Role != Need.No)
                found.Add(new TargetFinding(kind.Role == Need.Required, RouteMessages.RoleMissing(kind.Name)));
            CheckParameters(target, kind, found);
            CheckPlace(arn, rule, kind, found);
        }
        else if (TargetKinds.Only(arn) is { } only)
        {
            found.Add(new TargetFinding(false, RouteMessages.NotOfType(only.Name, arn.Resource)));
        }
        else if (!TargetKinds.IsListed(arn))
        {
            found.Add(new TargetFinding(false, RouteMessages.NotListed(arn.ToString())));
        }

        foreach ((string structure, string? inner, string field, long least, long most) in Ranges)
        {
            JsonObject? fields = target[structure] as JsonObject;
            if (inner is not null)
                fields = fields?[inner] as JsonObject;
            if (Whole(fields?[field]) is { } number && (number < least || number > most))
                found.Add(new TargetFinding(true, RouteMessages.OutOfRange(inner is null ? $"{structure}.{field}" : $"{structure}.{inner}.{field}", number, least, most)));
        }

        if (arn.Service == "sqs" && IsFifo(arn) && !IsOpen(target["SqsParameters"]) && IsMissing((target["SqsParameters"] as JsonObject)?["MessageGroupId"]))
            found.Add(new TargetFinding(true, RouteMessages.GroupMissing()));
        if (arn.Service == "sns" && IsFifo(arn)) // https://docs.aws.amazon.com/sns/latest/api/API_Publish.html and https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html.
            found.Add(new TargetFinding(false, RouteMessages.FifoTopic()));
        if (target["DeadLetterConfig"] is JsonObject letters && DeadLetters(Document.Text(letters["Arn"]), rule) is { } doubt)
            found.Add(new TargetFinding(false, doubt));
        if (arn.Service == "ecs")
            CheckFargate(target, found);
        if (kind?.Service == "logs" && input is { Fault: null })
            CheckLogs(input, found);
        return found;
    }

    /// <summary>"An SQS standard queue", in the Region of the rule: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html. What PutTargets does with another one is not documented.</summary>
    private static Message? DeadLetters(string? queue, Arn? rule)
    {
        if (string.IsNullOrEmpty(queue) || queue!.StartsWith("${", StringComparison.Ordinal))
            return null;
        if (!Arn.TryParse(queue, out Arn? arn)) // What follows a known start may make it an ARN.
            return queue.StartsWith("arn:", StringComparison.Ordinal) && queue.Contains("${") ? null : RouteMessages.DeadLettersNotAQueue(queue);
        return arn.Service.Contains("${") ? null
            : arn.Service != "sqs" ? RouteMessages.DeadLettersNotAQueue(queue)
            : IsFifo(arn) ? RouteMessages.DeadLettersFifo(arn.Resource)
            : rule is not null && Differ(arn.Region, rule.Region) ? RouteMessages.DeadLettersElsewhere(arn.Region)
            : null;
    }

    private static bool IsFifo(Arn arn) => arn.Resource.EndsWith(".fifo", StringComparison.Ordinal);

    /// <summary>What EventBridge may reject in the targets of a rule together. Those that may not be there do not count.</summary>
    /// <param name="targets">The targets of the rule.</param>
    public static IEnumerable<Message> Together(IReadOnlyList<RuleTarget> targets)
    {
        List<RuleTarget> certain = [.. targets.Where(target => !target.UnknownValues.Any(value => value.Path is UnknownValue.Condition or "/Rule"))];
        if (certain.Count > MostTargets)
            yield return RouteMessages.TooManyTargets(certain.Count, MostTargets);
        string[] repeated = [.. certain.Where(target => target.TargetId.Length > 0).GroupBy(target => target.TargetId, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key)];
        if (repeated.Length > 0)
            yield return RouteMessages.SameIds(repeated);
    }

    private static void CheckParameters(JsonObject target, TargetKind kind, List<TargetFinding> found)
    {
        foreach (string other in TargetKinds.Parameters.Where(name => name != kind.Parameters && target[name] is not null))
            found.Add(new TargetFinding(false, RouteMessages.ParametersOfOtherType(other, kind.Name)));
        if (kind.Parameters is null || IsOpen(target[kind.Parameters]))
            return;
        if (target[kind.Parameters] is not JsonObject parameters)
        {
            if (kind.NeedsParameters != Need.No)
                found.Add(new TargetFinding(kind.NeedsParameters == Need.Required, RouteMessages.ParametersMissing(kind.Name, kind.Parameters)));
            return;
        }

        foreach (string member in kind.Members.Where(member => IsMissing(parameters[member])))
            found.Add(new TargetFinding(true, RouteMessages.MemberMissing(kind.Parameters, member)));
    }

    /// <summary>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-cross-account.html.</summary>
    private static void CheckPlace(Arn target, Arn? rule, TargetKind kind, List<TargetFinding> found)
    {
        if (rule is null)
            return;
        if (Differ(target.Region, rule.Region))
            found.Add(new TargetFinding(false, RouteMessages.OtherRegion(kind.Name, target.Region)));
        if (Differ(target.AccountId, rule.AccountId) && !kind.CanBeInOtherAccount)
            found.Add(new TargetFinding(false, RouteMessages.OtherAccount(kind.Name, target.AccountId)));
    }

    /// <summary>"This structure is required if LaunchType is FARGATE": https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EcsParameters.html.</summary>
    private static void CheckFargate(JsonObject target, List<TargetFinding> found)
    {
        if (target["EcsParameters"] is not JsonObject ecs)
            return;
        if (ecs.String("LaunchType") == "FARGATE" && ecs["NetworkConfiguration"] is null)
            found.Add(new TargetFinding(true, RouteMessages.NetworkMissing()));
        if (ecs["LaunchType"] is not null && ecs["CapacityProviderStrategy"] is JsonArray { Count: > 0 })
            found.Add(new TargetFinding(false, RouteMessages.LaunchTypeAndStrategy()));
    }

    /// <summary>The only form of an input that CloudWatch Logs accepts: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html#targets-specifics-cwl and https://github.com/aws/aws-cdk/pull/20748.</summary>
    private static void CheckLogs(TargetInput input, List<TargetFinding> found)
    {
        if (input.Kind != InputKind.Event && input.Text is { } text && !IsLogEvent(text))
            found.Add(new TargetFinding(input.Kind == InputKind.InputTransformer, RouteMessages.NotALogEvent()));
    }

    private static bool IsLogEvent(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Document.MaxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.EnumerateObject().Select(field => field.Name).OrderBy(name => name, StringComparer.Ordinal).SequenceEqual(["message", "timestamp"]);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsMissing(JsonNode? node) => node is null || Document.Text(node) is { Length: 0 };

    /// <summary>Whether a structure is known only when the rule is deployed.</summary>
    private static bool IsOpen(JsonNode? node) => node is not null and not JsonObject;

    private static bool Differ(string one, string other) => one.Length > 0 && other.Length > 0 && !one.Contains("${") && !other.Contains("${") && one != other;

    // CloudFormation accepts a number as text.
    private static long? Whole(JsonNode? node) => node is JsonValue value
        ? value.TryGetValue(out long number) ? number : long.TryParse(Document.Text(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long read) ? read : null
        : null;
}
