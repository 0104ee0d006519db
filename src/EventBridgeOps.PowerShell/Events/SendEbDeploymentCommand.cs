using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Ci;
using EventBridgeOps.Deployments;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.PowerShell.Events;

/// <summary>Announces that an image is ready to be deployed: <c>Deployment Ready</c>, with what the CI system says of the run.</summary>
[Performs("deployment send")]
[Cmdlet(VerbsCommunications.Send, "EbDeployment", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(EventResult))]
public sealed class SendEbDeploymentCommand : SettingsCmdlet
{
    private readonly RunSummary<EventStatus> _summary;

    /// <summary>Makes the cmdlet.</summary>
    public SendEbDeploymentCommand() => _summary = new RunSummary<EventStatus>(this, Observer, EventTally.Start());

    /// <summary>The image's repository.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("RepositoryName")]
    [ArgumentCompleter(typeof(RepositoryCompleter))]
    public string Repository { get; set; } = "";

    /// <summary>The image's tag.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("ImageTag")]
    [ArgumentCompleter(typeof(ImageTagCompleter))]
    public string Tag { get; set; } = "";

    /// <summary>Who announces it. By default <c>github.actions</c> or <c>azure.pipelines</c>, where one runs this.</summary>
    [Parameter]
    public string? Source { get; set; }

    /// <summary>The branch. By default the CI system's.</summary>
    [Parameter]
    public string? Branch { get; set; }

    /// <summary>The commit. By default the CI system's.</summary>
    [Parameter]
    public string? Commit { get; set; }

    /// <summary>Where people see the run. By default the CI system's.</summary>
    [Parameter]
    public string? RunUrl { get; set; }

    /// <summary>Who started it. By default the CI system's.</summary>
    [Parameter]
    public string? Actor { get; set; }

    /// <summary>The bus's name or ARN. By default <c>EVENTBRIDGE_BUS_NAME</c>, else the default bus.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(EventBusCompleter))]
    public string? EventBusName { get; set; }

    /// <summary>Write what became of it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Sends it.</summary>
    protected override void ProcessRecord()
    {
        CiEnvironment ci = CiEnvironment.Read(Setting);
        if (OrSkip(() => Deployment.From(Repository, Tag, Source, Branch, Commit, RunUrl, Actor, ci), $"{Repository}:{Tag}") is not { } deployment)
            return;
        EventEntry entry = deployment.ToEntry(string.IsNullOrEmpty(EventBusName) ? Setting("EVENTBRIDGE_BUS_NAME") : EventBusName);
        SessionOptions options = SessionFor(null)!;
        DeploymentReport report = new(ci);
        Start(async () =>
        {
            OpsSession session = await OpenAsync(options);
            await foreach (EventResult result in session.Publisher.PublishAsync(Each(entry), new PublishOptions(), ApproveAsync, Observer, StopToken))
            {
                _summary.Add(result.Status);
                IReadOnlyList<string> lines = report.Lines(deployment, result);
                if (lines.Count > 0)
                {
                    await AskAsync(() =>
                    {
                        SayToHost(lines);
                        return true;
                    });
                }

                report.Summarize(deployment, result, Observer);
                if (PassThru)
                    await WriteAsync(result);
            }
        });
    }

    /// <summary>Waits until all are sent.</summary>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        _summary.Write();
    }

    private static async IAsyncEnumerable<EventEntry> Each(EventEntry entry)
    {
        await Task.CompletedTask;
        yield return entry;
    }
}
