using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Projects.Making;

namespace EventBridgeOps.Projects.Exporting;

/// <summary>Which environment of a project.</summary>
[Request]
public partial record ProjectEnvironmentQuery : ProjectQuery
{
    /// <summary>The environment.</summary>
    [Option("name", Otherwise = "the only one of the project")]
    public string? Environment { get; init; }

    /// <summary>Reads a project in which no file is faulty, and finds the environment.</summary>
    /// <param name="folder">The full path of the folder.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: the folder is not a project, or a file is not valid. <see cref="ErrorIds.InvalidArgument"/>: there is no such environment.</exception>
    public (Project Project, ProjectEnvironment Environment) Read(string folder)
    {
        Project project = Project.Read(folder);
        return project.Faults.Count == 0 ? (project, Find(project)) : throw new OpsException(ErrorIds.InvalidProject, ExportMessages.Faults($"{project.Faults[0].File}:{project.Faults[0].Place}", project.Faults[0].Reason));
    }

    /// <summary>Finds the environment.</summary>
    /// <param name="project">The project.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: the settings are not valid. <see cref="ErrorIds.InvalidArgument"/>: there is no environment with that name, or none was specified and there are several.</exception>
    public ProjectEnvironment Find(Project project)
    {
        if (project.Settings is not { } settings)
            throw new OpsException(ErrorIds.InvalidProject, ExportMessages.SettingsNotValid());
        string[] names = [.. settings.Environments.Select(environment => environment.Name)];
        if (Environment is null)
            return settings.Environments.Count == 1 ? settings.Environments[0] : throw new OpsException(ErrorIds.InvalidArgument, ExportMessages.WhichEnvironment(names));
        return settings.Environments.FirstOrDefault(environment => environment.Name == Environment) ?? throw new OpsException(ErrorIds.InvalidArgument, ExportMessages.NoEnvironment(Environment, names));
    }
}

/// <summary>What to export.</summary>
[Request]
public sealed partial record ProjectExportRequest : ProjectEnvironmentQuery
{
    /// <summary>The format: a CloudFormation template, or a Terraform configuration that deploys it.</summary>
    [Option("format")]
    public ExportFormat Format { get; init; } = ExportFormat.CloudFormation;

    /// <summary>The folder for the files, which replace those of the same names.</summary>
    [Option("folder", Otherwise = "a single template is printed")]
    public string? OutputPath { get; init; }

    /// <summary>A consumer with an event bus in another account: exports the template that lets its event bus receive the events, to be deployed in its account.</summary>
    [Option("name", Otherwise = "the template of the project")]
    public string? Consumer { get; init; }
}

/// <summary>A format of an export.</summary>
public enum ExportFormat : long
{
    /// <summary>A CloudFormation template in JSON.</summary>
    CloudFormation,

    /// <summary>A Terraform configuration that deploys the template.</summary>
    Terraform,
}
