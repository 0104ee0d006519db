using System.Management.Automation;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.PowerShell.Completion;
using EventBridgeOps.PowerShell.Pipeline;
using EventBridgeOps.Sandbox.Administration;

namespace EventBridgeOps.PowerShell.Sandbox;

/// <summary>Pushes images to the Amazon ECR of the sandbox, which reports each of them as an event, as after <c>docker push</c>.</summary>
[Performs("sandbox push")]
[Cmdlet(VerbsCommon.Push, "EbSandboxImage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(EventBridgeOps.Sandbox.Ecr.SandboxImage))]
public sealed class PushEbSandboxImageCommand : SandboxCmdlet
{
    private readonly List<string> _wanted = [];

    /// <summary>The images: repository and tag, for example <c>acme:v2</c>. A repository that does not exist is created.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string[] Image { get; set; } = [];

    /// <summary>The Region. By default, that of the sandbox.</summary>
    [Parameter]
    [Alias("RegionToCall")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>Asks whether to push them.</summary>
    protected override void ProcessRecord() => _wanted.AddRange(Image.Where(image => ShouldProcess(image, Observer.Text(ShellSandboxMessages.Push()))));

    /// <summary>Pushes them, one after the other.</summary>
    protected override void EndProcessing()
    {
        Start(async () =>
        {
            using SandboxAdmin admin = Admin();
            foreach (string image in _wanted)
                await PushAsync(admin, image);
        });
        base.EndProcessing();
    }

    private async Task PushAsync(SandboxAdmin admin, string image)
    {
        try
        {
            await WriteAsync(await admin.PushImageAsync(image, Region, StopToken));
        }
        catch (OpsException error) when (error.ErrorId == ErrorIds.InvalidArgument)
        {
            Observer.Failed(new ItemFailure(error, image)); // This image only; the others are pushed.
        }
    }
}
