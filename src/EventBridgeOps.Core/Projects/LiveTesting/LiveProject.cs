using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Patterns.Syntax;
using EventBridgeOps.Projects.Testing;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>A project that can be tested in the account of an environment.</summary>
/// <param name="Project">The project, which passes the checks that need no account.</param>
/// <param name="Environment">The environment.</param>
public sealed record LiveProject(Project Project, ProjectEnvironment Environment)
{
    /// <summary>The name of the project.</summary>
    internal string Name => Project.Settings!.Name;

    /// <summary>Reads and checks a project.</summary>
    /// <param name="folder">The full path of its folder.</param>
    /// <param name="request">Which environment, and which rules whose targets are invoked.</param>
    /// <param name="observer">Says how texts are spelled.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: the folder is not a project; <see cref="ErrorIds.ProjectTestFailed"/>: the project has errors; <see cref="ErrorIds.InvalidArgument"/>: it has no such environment or rule.</exception>
    public static LiveProject Read(string folder, ProjectTestRequest request, IRunObserver observer, CancellationToken cancellationToken)
    {
        ProjectTest offline = ProjectTester.Test(folder, observer, cancellationToken);
        if (!offline.Passed)
            throw new OpsException(ErrorIds.ProjectTestFailed, LiveTestMessages.ErrorsFirst(offline.Name, offline.Failed));
        Project project = Project.Read(folder);
        string[] rules = [.. project.Rules.Select(rule => rule.Name)];
        if (request.InvokeTarget.FirstOrDefault(name => !rules.Contains(name)) is { } unknown)
            throw new OpsException(ErrorIds.InvalidArgument, LiveTestMessages.UnknownRule(unknown, Spelling.Nearest(unknown, rules)));
        return new LiveProject(project, Find(project.Settings!, request.EnvironmentName));
    }

    private static ProjectEnvironment Find(ProjectSettings settings, string? name)
    {
        if (name is null)
            return settings.Environments.Count == 1 ? settings.Environments[0] : throw new OpsException(ErrorIds.InvalidArgument, LiveTestMessages.WhichEnvironment(settings.Environments.Select(each => each.Name)));
        return settings.Environments.FirstOrDefault(each => each.Name == name)
            ?? throw new OpsException(ErrorIds.InvalidArgument, LiveTestMessages.UnknownEnvironment(name, settings.Environments.Select(each => each.Name)));
    }
}
