using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Files;

namespace EventBridgeOps.Projects.Testing;

/// <summary>Collects what the checks find.</summary>
/// <param name="voice">How the front end spells actions and parameters.</param>
/// <param name="project">The name of the project.</param>
internal sealed class Findings(IVoice voice, string project)
{
    private readonly List<ProjectFinding> _all = [];

    public IReadOnlyList<ProjectFinding> All => _all;

    public void Pass(ProjectCheck check, string item, ProjectText? file, Message message) =>
        _all.Add(new ProjectFinding { Project = project, Check = check, State = FindingState.Passed, Item = item, File = file?.Path, Line = file is null ? null : 1, Column = file is null ? null : 1, Message = message.In(voice) });

    public void Fail(ProjectCheck check, string item, ProjectFault fault) => Add(check, FindingState.Failed, item, fault);

    public void Warn(ProjectCheck check, string item, ProjectFault fault) => Add(check, FindingState.Warning, item, fault);

    public void Add(ProjectCheck check, FindingState state, string item, ProjectFault fault) => _all.Add(new ProjectFinding
    {
        Project = project,
        Check = check,
        State = state,
        Item = item,
        File = fault.File,
        Line = fault.Place.Line,
        Column = fault.Place.Column,
        Pointer = fault.Pointer.Length == 0 ? null : fault.Pointer,
        Message = fault.Reason.In(voice),
    });
}
