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

    private static Message NotSent(Message fault, [CallerMemberName] string member = "") => Message.Of($"The deployment event cannot be sent: {fault}.", member);
}
