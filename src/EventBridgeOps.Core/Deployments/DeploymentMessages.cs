using System.Runtime.CompilerServices;
using EventBridgeOps.Ci;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Deployments;

/// <summary>Messages about deployment events. Those in the log or the summary of a CI system name no action or parameter.</summary>
internal static class DeploymentMessages
{
    public static Message Parameter(string name) => Message.Of($"{name:param}");

    public static Message MissingOutsideCi(IEnumerable<Message> parameters) =>
        NotSent(Message.Of($"specify {parameters}. The command does not run in GitHub Actions or Azure Pipelines, so no default is available"));

    public static Message MissingInCi(IEnumerable<Message> parameters, CiKind ci) => NotSent(Message.Of($"specify {parameters}. {ci} does not provide a default"));

    public static Message NotARepository(string repository) =>
        NotSent(Message.Of($"'{repository}' is not a valid Amazon ECR repository name. A name consists of lowercase letters and digits, separated by . _ - or /"));

    public static Message NotATag(string tag) => NotSent(Message.Of($"'{tag}' is not a valid image tag"));

    public static Message Published(Deployment deployment, string? bus, string? eventId) => Message.Of($"{deployment} was published to event bus {bus} (event {eventId})");

    public static Message NotPublished(Deployment deployment, string? reason) => Message.Of($"{deployment} was not published: {reason}");

    public static Message PublishedRow(string? bus, string? eventId) => Message.Of($"published to event bus `{bus}`, event `{eventId}`");

    public static Message NotPublishedRow(string? reason) => Message.Of($"not published: {reason}");

    // Events that are received.
    public static Message ReadyNotReadable(string origin, Message fault) => Message.Of($"{origin} is not a valid event: {fault:clause}.");

    public static Message ReadySkipped(string origin, string? source, string? type, IEnumerable<string> sources) =>
        Message.Of($"{origin} was skipped: it is '{type}' of '{source}', and not '{Deployment.DetailType}' of {sources}.");

    public static Message ReadyWithoutDetail(string origin) => Message.Of($"{origin} is not a valid deployment event: it has no detail.");

    public static Message ReadyNotValid(string origin, IEnumerable<Message> faults) => Message.Of($"{origin} is not a valid deployment event: {faults}. Nothing was deployed.");

    public static Message ReadyFieldMissing(string field) => Message.Of($"detail.{field} is missing");

    public static Message ReadyFieldNotText(string field) => Message.Of($"detail.{field} is not a string");

    public static Message ReadyFieldNotValid(string field, string value) => Message.Of($"detail.{field} '{value}' is not valid");

    public static Message ReadyWithoutService(string origin, string repository) =>
        Message.Of($"{origin} names no service, and no service is configured for repository {repository}. Nothing was deployed. Add detail.cluster and detail.service to the event, or configure the services of the repository.");

    private static Message NotSent(Message fault, [CallerMemberName] string member = "") => Message.Of($"The deployment event cannot be sent: {fault}.", member);
}
