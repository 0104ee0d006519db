using System.Text.Json.Nodes;
using EventBridgeOps.Aws;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Events;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Jobs;
using EventBridgeOps.Publishing;
using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Sandbox.Engines;
using EventBridgeOps.Sandbox.Sample;

namespace EventBridgeOps.Cli.Demo;

/// <summary>The part of the demonstration in which events start jobs: before a release, after it, and after the repair.</summary>
internal sealed class DemoEvents(SandboxServer server, OpsSession session, DemoScreen screen)
{
    private const string Bus = "mvp-development";
    private const string Queue = "mvp-pipeline-job-queue";
    private const string JobName = "pipeline";
    private const string Source = "founderdash.web";
    private const string DetailType = "MVP Development Request";
    private const string Detail = """{"jobId":"job_1734567890123_abc123def","priority":"high"}""";

    private static readonly TimeSpan JobTime = TimeSpan.FromSeconds(10);

    /// <summary>An event starts a job; a release deregisters the revision; the next event fails.</summary>
    public async Task ShowReleaseAsync(CancellationToken cancellationToken)
    {
        screen.Step("An event starts a job", "An event is sent. A rule matches it, and its target submits a Batch job.");
        SandboxDelivery first = await SendAsync(cancellationToken);
        screen.Verify("The event arrived, and its job succeeded.", first.Outcome == DeliveryOutcome.Delivered && await HaveSucceededAsync(1, cancellationToken));

        screen.Step("A release", "A release deregisters the revision that the target references. The next event fails, and EventBridge sends it to the dead-letter queue. Whoever sent it is not notified.");
        await SampleAccount.DeregisterAsync(server, SampleAccount.RequestJobDefinition, cancellationToken);
        SandboxDelivery dead = await SendAsync(cancellationToken);
        foreach (string line in WrappedText.Lines($"Reason in the dead letter: {dead.Reason}", screen.Terminal.Width))
            screen.Line(line);
        screen.Verify("The event is in the dead-letter queue.", dead.Outcome == DeliveryOutcome.DeadLettered);
    }

    /// <summary>The next event starts a job again.</summary>
    public async Task ShowRepairAsync(CancellationToken cancellationToken)
    {
        screen.Step("The next event", "The target now references the latest ACTIVE revision, so the same event starts a job again.");
        SandboxDelivery next = await SendAsync(cancellationToken);
        screen.Verify("The event arrived, and its job succeeded.", next.Outcome == DeliveryOutcome.Delivered && await HaveSucceededAsync(2, cancellationToken));
    }

    private async Task<SandboxDelivery> SendAsync(CancellationToken cancellationToken)
    {
        screen.Command($"ebops event send {Source} '{DetailType}' \\");
        screen.Line($"    '{Detail}' \\");
        screen.Line($"    --event-bus-name {Bus}");
        EventEntry entry = new() { Source = Source, DetailType = DetailType, Detail = Detail, EventBusName = Bus };
        using (Screen output = new(screen.Terminal))
        {
            await EventReport.ShowAsync(
                session.Get<EventPublisher>().PublishAsync(Streams.From([entry]), new PublishOptions(), (_, _) => Task.FromResult(Approval.Write), output, cancellationToken), OutputFormat.Table, output);
        }

        server.AdvanceTime(JobTime); // Its job runs by the clock of the sandbox.
        SandboxDelivery delivery = server.Deliveries.Last(one => one.EventBusName == Bus);
        screen.Command($"ebops sandbox deliveries {delivery.EventId}");
        using (Screen output = new(screen.Terminal))
            await RecordWriter<SandboxDelivery>.For(OutputFormat.Table, output, SandboxDelivery.Shape).WriteAllAsync(new[] { delivery }.ToAsync());
        return delivery;
    }

    /// <summary>Whether the target has submitted so many jobs, and all of them succeeded.</summary>
    private async Task<bool> HaveSucceededAsync(int count, CancellationToken cancellationToken)
    {
        List<string?> statuses = [];
        await foreach (JsonObject job in session.Get<IBatchJobApi>().ListJobsAsync(Queue, JobName, cancellationToken))
            statuses.Add((string?)job["status"]);
        return statuses.Count == count && statuses.TrueForAll(status => status == "SUCCEEDED");
    }
}
