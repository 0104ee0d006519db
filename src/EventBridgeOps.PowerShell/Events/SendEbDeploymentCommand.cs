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

/// <summary>Sends a <c>Deployment Ready</c> event for an image, with the data of the CI run.</summary>
[Performs("deployment send")]
[Requires("events:PutEvents", "events:DescribeEventBus", On = "arn:aws:events:*:123456789012:event-bus/mvp-development")]
[Cmdlet(VerbsCommunications.Send, "EbDeployment", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(EventResult))]
public sealed class SendEbDeploymentCommand : SessionCmdlet
{
    private readonly RunSummary<EventStatus> _summary;

    /// <summary>Makes the cmdlet.</summary>
    public SendEbDeploymentCommand() => _summary = new RunSummary<EventStatus>(this, Observer, EventTally.Start());

    /// <summary>The repository of the image.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("RepositoryName")]
    [ArgumentCompleter(typeof(RepositoryCompleter))]
    public string Repository { get; set; } = "";

    /// <summary>The tag of the image.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("ImageTag")]
    [ArgumentCompleter(typeof(ImageTagCompleter))]
    public string Tag { get; set; } = "";

    /// <summary>The source of the event. By default <c>github.actions</c> or <c>azure.pipelines</c>, when run there.</summary>
    [Parameter]
    public string? Source { get; set; }

    /// <summary>The branch. By default, that of the CI run.</summary>
    [Parameter]
    public string? Branch { get; set; }

    /// <summary>The commit. By default, that of the CI run.</summary>
    [Parameter]
    public string? Commit { get; set; }

    /// <summary>The URL of the run. By default, that of the CI run.</summary>
    [Parameter]
    public string? RunUrl { get; set; }

    /// <summary>The user who started the run. By default, that of the CI run.</summary>
    [Parameter]
    public string? Actor { get; set; }

    /// <summary>The name or ARN of the event bus. By default, the default event bus.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(EventBusCompleter))]
    public string? EventBusName { get; set; }

    /// <summary>Write the result.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Sends the event.</summary>
    protected override void ProcessRecord()
    {
        CiEnvironment ci = CiEnvironment.Read(Setting);
        if (OrSkip(() => Deployment.From(Repository, Tag, Source, Branch, Commit, RunUrl, Actor, ci), $"{Repository}:{Tag}") is not { } deployment)
            return;
        EventEntry entry = deployment.ToEntry(string.IsNullOrEmpty(EventBusName) ? null : EventBusName);
        SessionOptions options = SessionFor(null)!;
        DeploymentReport report = new(ci);
        Start(async () =>
        {
            OpsSession session = await OpenAsync(options);
            await foreach (EventResult result in session.Get<EventPublisher>().PublishAsync(Each(entry), new PublishOptions(), ApproveAsync, Observer, StopToken))
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
