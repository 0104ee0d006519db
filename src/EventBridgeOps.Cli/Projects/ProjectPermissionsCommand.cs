using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Changes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Projects.Exporting;
using EventBridgeOps.Projects.Granting;

namespace EventBridgeOps.Cli.Projects;

/// <summary><c>ebops project permissions</c>.</summary>
internal static class ProjectPermissionsCommand
{
    public static Command Build(Terminal terminal)
    {
        RequestOptions<GrantRequest> options = new(GrantRequest.Request);
        ApprovalArguments approval = new();
        SessionArguments session = new();
        OutputArguments output = new();
        Command command = new("permissions", "Prints the least IAM policy of the identity that deploys a project, without an account, or attaches it.");
        command.AddAll([.. options.All, .. approval.All, .. session.All, .. output.All]);
        command.At("--path");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using Screen screen = output.Screen(parsed, terminal);
            GrantRequest request = options.Read(parsed, terminal.Environment);
            request = request with { Path = terminal.Host.FullPath(request.Path ?? ".") };
            ApproveChange approve = approval.Bind(parsed, screen);
            if (request.Apply is null)
            {
                DeploymentPolicy policy = DeploymentPolicy.Of(request.Path, request);
                if (policy.Warning is { } warning)
                    screen.Warning(warning);
                screen.JsonData(Document.WriteIndented(policy.Policy) + "\n");
                return screen.FailureCode ?? ExitCode.Done;
            }

            using OpsSession opened = await session.OpenAsync(parsed, screen, given => OpsSession.Open(ProjectPublishCommands.In(given, request)), cancellationToken);
            await RecordWriter<GrantedPolicy>.For(output.Format(parsed), screen, GrantedPolicy.Shape).WriteAllAsync(opened.Get<PolicyGranter>().GrantAsync(request, approve, screen, cancellationToken));
            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops project permissions shop > policy.json
            ebops project permissions shop --apply deployer --what-if
            ebops project permissions shop --environment development --apply deployer
            """,
            """
            The policy has what CloudFormation calls for the resources of the template, what
            it takes to create, change and delete the stack, what the preflight, the status
            and the logs read, and what the live test does with its temporary resources.
            With --apply, it is attached to a role or user as a customer managed policy
            /ebops/{project}-{environment}-deploy, or as several where it is longer than
            6,144 characters. Run again after the project has changed, the command creates
            a version of the policy; of five versions, the oldest is deleted.
            """);
    }
}
