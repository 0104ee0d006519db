using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Files;

namespace EventBridgeOps.Projects.Making;

/// <summary>Sets the values of an environment, and writes them to <c>.env</c> for the other tools.</summary>
public static class ProjectConfigurer
{
    private const string EnvironmentFile = ".env";

    /// <summary>Sets the values of an environment. It can be run again: what is not specified stays as it is.</summary>
    /// <param name="folder">The full path of the folder of the project.</param>
    /// <param name="request">The values.</param>
    /// <param name="ask">Asks for what is not specified; null to ask for nothing.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a value is not valid. <see cref="ErrorIds.InvalidProject"/>: the folder is not a project.</exception>
    public static async Task<IReadOnlyList<ProjectFile>> ConfigureAsync(string folder, ConfigureProjectRequest request, AskUser? ask, CancellationToken cancellationToken)
    {
        Project project = Project.Read(folder);
        ProjectSettings settings = project.Settings ?? throw new OpsException(ErrorIds.InvalidProject, MakingMessages.NotEditable(ProjectFolder.SettingsFile, project.Faults[0].Reason));
        if (ask is not null)
            request = await AskAsync(request, settings, ask, cancellationToken);
        string name = request.EnvironmentName ?? settings.Environments[0].Name;
        ProjectEnvironment? known = settings.Environments.FirstOrDefault(environment => environment.Name == name);
        ProjectEnvironment likely = known ?? settings.Environments[0];
        YamlEdit edit = new(settings.File);
        string pointer = JsonPointers.Add("/environments", name);
        // Another environment's account must not be taken by accident.
        if (known is null && request.AccountId is null)
            throw new OpsException(ErrorIds.InvalidArgument, MakingMessages.AccountMissing(name));
        if (known is null)
            edit.Set("/environments", name, new JsonObject { ["account"] = request.AccountId, ["region"] = request.Region ?? likely.Region });
        if (known is not null && request.AccountId is { } account && account != known.AccountId)
            edit.Set(pointer, "account", account);
        if (known is not null && request.Region is { } region && region != known.Region)
            edit.Set(pointer, "region", region);
        if (request.EventBusName is { } bus && bus != (known?.BusName ?? settings.BusNameIn(name)))
            edit.Set(pointer, "bus", bus);
        foreach (KeyValuePair<string, string> parameter in request.Parameter)
        {
            if (known is null || !known.Parameters.TryGetValue(parameter.Key, out string? before) || before != parameter.Value)
                edit.Set(pointer + "/parameters", parameter.Key, parameter.Value);
        }

        ProjectFile changed = ProjectEditing.Save(project, settings, edit);
        Project again = Project.Read(folder);
        return [changed, WriteEnvironment(again, again.Settings!.Environments.Single(environment => environment.Name == name))];
    }

    private static async Task<ConfigureProjectRequest> AskAsync(ConfigureProjectRequest request, ProjectSettings settings, AskUser ask, CancellationToken cancellationToken)
    {
        string name = request.EnvironmentName ?? await ProjectQuestions.AskAsync(MakingMessages.AskEnvironment(settings.Environments[0].Name), settings.Environments[0].Name, _ => null, ask, cancellationToken);
        ProjectEnvironment? known = settings.Environments.FirstOrDefault(environment => environment.Name == name);
        ProjectEnvironment likely = known ?? settings.Environments[0];
        string account = request.AccountId ?? await ProjectQuestions.AskAsync(MakingMessages.AskAccount(known?.AccountId), known?.AccountId, answer => ProjectNames.IsAccount(answer) ? null : MakingMessages.NotAnAccount(answer), ask, cancellationToken);
        string region = request.Region ?? await ProjectQuestions.AskAsync(MakingMessages.AskRegion(likely.Region), likely.Region, answer => Events.Names.Partitions.IsRegion(answer) ? null : MakingMessages.NotARegion(answer), ask, cancellationToken);
        string likelyBus = known?.BusName ?? settings.BusNameIn(name);
        string bus = request.EventBusName ?? await ProjectQuestions.AskAsync(MakingMessages.AskBus(likelyBus), likelyBus, _ => null, ask, cancellationToken);
        Dictionary<string, string> parameters = request.Parameter.ToDictionary(each => each.Key, each => each.Value, StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> parameter in likely.Parameters.Where(parameter => !parameters.ContainsKey(parameter.Key)).OrderBy(parameter => parameter.Key, StringComparer.Ordinal).ToArray())
            parameters.Add(parameter.Key, await ProjectQuestions.AskAsync(MakingMessages.AskParameter(parameter.Key, parameter.Value), parameter.Value, _ => null, ask, cancellationToken));
        return request with { EnvironmentName = name, AccountId = account, Region = region, EventBusName = bus, Parameter = parameters };
    }

    private static ProjectFile WriteEnvironment(Project project, ProjectEnvironment environment)
    {
        ProjectText? before = project.Folder.Exists(EnvironmentFile) ? project.Folder.Read(EnvironmentFile, out _) : null;
        string text = EnvironmentText.Write(before?.Text ?? "", EnvironmentText.Of(project, environment), EnvironmentText.Foreign(project, environment));
        return new ProjectWriter(project.Folder).Keep(EnvironmentFile, before, text);
    }
}
