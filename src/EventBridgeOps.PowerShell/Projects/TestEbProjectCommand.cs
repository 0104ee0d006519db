using System.Management.Automation;
using EventBridgeOps.Aws;
using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Projects.LiveTesting;
using EventBridgeOps.Projects.Testing;
using EventBridgeOps.Runs;

namespace EventBridgeOps.PowerShell.Projects;

/// <summary>Checks project folders of event schemas, examples and rules, without an account or live.</summary>
[Performs("project test")]
[Requires("events:ListEventBuses", "events:ListRules", "events:ListTargetsByRule", With = "With -Live")]
[Requires("events:CreateEventBus", "events:DeleteEventBus", On = "arn:aws:events:*:123456789012:event-bus/ebops-test-*", With = "With -Live")]
[Requires("events:PutRule", "events:PutTargets", "events:RemoveTargets", "events:DeleteRule", On = "arn:aws:events:*:123456789012:rule/*ebops-test-*", With = "With -Live")]
[Requires("events:TagResource", "events:ListTagsForResource", On = "arn:aws:events:*:123456789012:*", With = "With -Live")]
[Requires("events:PutEvents", On = "arn:aws:events:*:123456789012:event-bus/*", With = "With -Live")]
[Requires("sqs:ListQueues", With = "With -Live")]
[Requires("sqs:CreateQueue", "sqs:TagQueue", "sqs:ListQueueTags", "sqs:ReceiveMessage", "sqs:DeleteQueue", On = "arn:aws:sqs:*:123456789012:ebops-test-*", With = "With -Live")]
[Requires("events:DescribeEventBus", "sqs:GetQueueUrl", "sqs:GetQueueAttributes", With = "With -Live")] // With -InvokeTarget
[Cmdlet(VerbsDiagnostic.Test, "EbProject", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ProjectFinding), typeof(LiveTestResult))]
public sealed class TestEbProjectCommand : SessionCmdlet
{
    /// <summary>The folders of the projects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <inheritdoc cref="ProjectTestRequest.With"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? With { get; set; }

    /// <inheritdoc cref="ProjectTestRequest.Watch"/>
    [Parameter]
    public SwitchParameter Watch { get; set; }

    /// <inheritdoc cref="ProjectTestRequest.Live"/>
    [Parameter]
    public SwitchParameter Live { get; set; }

    /// <inheritdoc cref="ProjectTestRequest.EnvironmentName"/>
    [Parameter]
    [Alias("EnvironmentName")]
    [ValidateNotNullOrEmpty]
    public string? Environment { get; set; }

    /// <summary>Rules whose examples the live test also sends to the event bus of the environment. Their targets are really invoked.</summary>
    [Parameter]
    [Alias("InvokeTargets")]
    [ValidateNotNullOrEmpty]
    public string[]? InvokeTarget { get; set; }

    /// <inheritdoc cref="ProjectTestRequest.TimeoutSeconds"/>
    [Parameter]
    [ValidateRange(1, ProjectTestRequest.LongestTimeout)]
    public int TimeoutSeconds { get; set; } = 60;

    /// <inheritdoc cref="ProjectTestRequest.ThrottleLimit"/>
    [Parameter]
    [ValidateRange(1, ThrottleLimits.Max)]
    public int ThrottleLimit { get; set; } = ThrottleLimits.Default;

    // What a live test created is deleted before it ends.
    private protected override TimeSpan Patience => Live ? LiveTester.RemovalPatience : base.Patience;

    /// <summary>Checks the projects.</summary>
    protected override void ProcessRecord()
    {
        foreach (string path in Path ?? ["."])
            Test(FullPath(path)!);
    }

    private void Test(string folder)
    {
        ProjectTestRequest request = new() { With = [.. (With ?? []).Select(other => FullPath(other)!)], Watch = Watch, Live = Live, EnvironmentName = Environment, InvokeTarget = InvokeTarget ?? [], TimeoutSeconds = TimeoutSeconds, ThrottleLimit = ThrottleLimit };
        SessionOptions options = SessionFor(null)!;
        Start(async () =>
        {
            request.Check();
            if (Live)
                await ForItemAsync(folder, () => LiveAsync(folder, request, options));
            else
                await OfflineAsync(folder, request);
        });
    }

    private async Task OfflineAsync(string folder, ProjectTestRequest request)
    {
        using IFolderWatcher? watcher = request.Watch && new ProjectFolder(folder).IsProject ? new FolderWatcher(new ProjectFolder(folder).Root, Clock) : null;
        await foreach (ProjectTest test in ProjectWatch.RunAsync(folder, request.With, watcher, Observer, StopToken))
        {
            foreach (ProjectFinding finding in test.Findings)
                await WriteAsync(finding);
            Observer.Verbose(test.Summary);
            if (!test.Passed)
                Observer.Failed(new ItemFailure(test.ToError(), folder));
            if (watcher is not null)
                Observer.Verbose(ProjectWatch.Waiting(Clock));
        }
    }

    private async Task LiveAsync(string folder, ProjectTestRequest request, SessionOptions options)
    {
        LiveProject project = LiveProject.Read(folder, request, Observer, StopToken);
        OpsSession session = await OpenAsync(options with { Region = options.Region ?? project.Environment.Region });
        LiveTest test = await session.Get<LiveTester>().RunAsync(project, request, ApproveAsync, Observer, StopToken);
        foreach (LiveTestResult result in test.Results)
            await WriteAsync(result);
        Observer.Verbose(test.Summary);
        if (!test.Passed)
            Observer.Failed(new ItemFailure(test.ToError(), folder));
    }
}
