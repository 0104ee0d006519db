using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Changes;
using EventBridgeOps.Cli.Events;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Installation;

namespace EventBridgeOps.Cli.Automation;

/// <summary><c>ebops automation</c>, as far as it changes something or runs the function.</summary>
internal static class AutomationCommands
{
    public static Command Build(Terminal terminal) => new("automation", "Installs the automation, a function in AWS Lambda, and shows what it does.")
    {
        Install(terminal), AutomationViews.Status(terminal), AutomationViews.Check(terminal), AutomationViews.Test(terminal), Invoke(terminal), AutomationViews.Logs(terminal), Uninstall(terminal),
    };

    private static Command Install(Terminal terminal)
    {
        RequestOptions<InstallRequest> options = new(InstallRequest.Request);
        ApprovalArguments approval = new();
        SessionArguments session = new();
        OutputArguments output = new();
        Command command = new("install", "Installs the automation, or updates it: uploads the package, deploys a CloudFormation stack, and tries the function.");
        command.AddAll([.. options.All, .. approval.All, .. session.All, .. output.All]);
        command.At("--package-path");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            InstallRequest request = options.Read(parsed, terminal.Environment);
            request = request with { PackagePath = terminal.Host.FullPathOrNone(request.PackagePath), SettingsPath = terminal.Host.FullPathOrNone(request.SettingsPath) };
            request.Check();
            using Screen screen = output.Screen(parsed, terminal);
            ApproveChange approve = approval.Bind(parsed, screen);
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            AutomationStack? installed = await opened.Get<AutomationInstaller>().InstallAsync(request, approve, screen, cancellationToken);
            await RecordWriter<AutomationStack>.For(output.Format(parsed), screen, AutomationStack.Shape).WriteAllAsync(Streams.From(installed is null ? Array.Empty<AutomationStack>() : [installed]));
            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops automation install function.zip
            ebops automation install function.zip \
              --parameter Repositories='team/*' --parameter DriftMode=Repair
            """,
            """
            A second run updates the stack; if there is nothing to change, that is a
            success. A stack whose creation failed is deleted first. The parameters of the
            template are described in docs/automation.md.
            """);
    }

    private static Command Invoke(Terminal terminal)
    {
        RequestOptions<InvokeRequest> options = new(InvokeRequest.Request, nameof(InvokeRequest.EventText), "Event");
        DetailArgument happened = new("The event to handle, a JSON object or file://path.", "--event");
        ApprovalArguments approval = new();
        SessionArguments session = new();
        OutputArguments output = new();
        Command command = new("invoke", "Invokes the function with a handler or an event, and shows the outcome.");
        command.AddAll([.. options.All, happened.Option, .. approval.All, .. session.All, .. output.All]);
        command.At("--command");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            InvokeRequest request = options.Read(parsed, terminal.Environment) with { EventText = happened.Read(parsed, terminal) };
            request.Check();
            using Screen screen = output.Screen(parsed, terminal);
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            FunctionRun? run = await opened.Get<AutomationInvoker>().InvokeAsync(request, approval.Bind(parsed, screen), screen, cancellationToken);
            await RecordWriter<FunctionRun>.For(output.Format(parsed), screen, FunctionRun.Shape).WriteAllAsync(Streams.From(run is null ? Array.Empty<FunctionRun>() : [run]));
            return run?.Status == FunctionRunStatus.Failed ? ExitCode.SomeFailed : screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops automation invoke drift-check
            ebops automation invoke event-log --event file://event.json
            """,
            """
            The command waits for at most 90 seconds. The function continues after that;
            see 'ebops automation logs'. The exit code is 3 if the outcome is a failure.
            """);
    }

    private static Command Uninstall(Terminal terminal)
    {
        RequestOptions<UninstallRequest> options = new(UninstallRequest.Request);
        ApprovalArguments approval = new(asks: true);
        SessionArguments session = new();
        OutputArguments output = new();
        Command command = new("uninstall", "Removes the automation, with its table, queues, log and package.");
        command.AddAll([.. options.All, .. approval.All, .. session.All, .. output.All]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            UninstallRequest request = options.Read(parsed, terminal.Environment);
            request.Check();
            using Screen screen = output.Screen(parsed, terminal);
            ApproveChange approve = approval.Bind(parsed, screen);
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            await RecordWriter<RemovedResource>.For(output.Format(parsed), screen, RemovedResource.Shape).WriteAllAsync(opened.Get<AutomationUninstaller>().RemoveAsync(request, approve, screen, cancellationToken));
            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops automation uninstall --what-if
            ebops automation uninstall --keep Table --keep Queues --yes
            """,
            """
            The table contains the journal, without which the changes of the automation
            cannot be undone. Resources that still exist afterwards have the status Left.
            """);
    }
}
