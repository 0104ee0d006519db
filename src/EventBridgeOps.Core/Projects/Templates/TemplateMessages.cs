using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Projects.Templates;

/// <summary>What is said of the template of a project.</summary>
internal static class TemplateMessages
{
    public static Message SettingsNotValid() => Message.Of($"The settings of the project are not valid. {"project test":cmd} shows what is wrong.");

    public static Message NoReceiver(string name, IReadOnlyList<string> known) => known.Count == 0
        ? Message.Of($"The project has no consumer {name} with an event bus.")
        : Message.Of($"The project has no consumer {name} with an event bus. Consumers with an event bus are {known}.");

    public static Message TakenId(string id, string file) => Message.Of($"Resource {id} in {file} has the logical ID of a resource that the project makes. Rename it.");

    public static Message NoLogOfDefaultBus() => Message.Of($"The log level of the default event bus is not set, because the event bus is not a resource of the stack. Set it in EventBridge.");

    public static Message UnknownTarget() => Message.Of($"Which permission the target needs cannot be determined from its ARN, so it gets no role. If EventBridge needs a role to call it, specify roleArn.");

    public static Message PolicyDoesNotAllow(string id, string action, string rule) => Message.Of($"The policy that the project declares for {id} does not allow EventBridge to call {action} for rule {rule}. Add a statement to the policy, or remove the policy, so that the project makes one.");

    public static Message Split(int resources, int stacks) => Message.Of($"The project has {resources} resources, so that its rules and schemas are in {stacks} nested stacks. Rules and schemas of a stack that was not split must be removed first, because their names are taken while they move.");
}
