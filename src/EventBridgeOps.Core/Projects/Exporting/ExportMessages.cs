using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Projects.Exporting;

/// <summary>What is said of exports of a project.</summary>
internal static class ExportMessages
{
    public static Message SettingsNotValid() => Message.Of($"The settings of the project are not valid. {"project test":cmd} shows what is wrong.");

    public static Message Faults(string place, Message reason) => Message.Of($"The project is not valid. {place}: {reason}");

    public static Message WhichEnvironment(IReadOnlyList<string> names) => Message.Of($"The project has the environments {names}. Specify one with {nameof(ProjectEnvironmentQuery.Environment):param}.");

    public static Message NoEnvironment(string name, IReadOnlyList<string> names) => Message.Of($"The project has no environment {name}. Its environments are {names}.");

    public static Message SeveralFiles(int count) => Message.Of($"The export has {count} files. Specify a folder with {nameof(ProjectExportRequest.OutputPath):param}.");

    public static Message Warning(string item, Message message) => Message.Of($"{item}: {message}");

    public static Message UnknownKinds(IReadOnlyList<string> kinds) => Message.Of($"Which permissions CloudFormation needs for {kinds} is not known. Add them to the policy.");
}
