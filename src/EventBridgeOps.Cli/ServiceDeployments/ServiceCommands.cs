using System.CommandLine;
using EventBridgeOps.Aws;
using EventBridgeOps.Changes;
using EventBridgeOps.Cli.Changes;
using EventBridgeOps.Cli.Hosting;
using EventBridgeOps.Cli.Language;
using EventBridgeOps.Cli.Reports;
using EventBridgeOps.Cli.Sessions;
using EventBridgeOps.Cli.Showing;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.ServiceDeployments;

namespace EventBridgeOps.Cli.ServiceDeployments;

/// <summary><c>ebops service</c>.</summary>
internal static class ServiceCommands
{
    public static Command Build(Terminal terminal) => new("service", "Lists the deployments of Amazon ECS services, and deploys services.") { List(terminal), Update(terminal) };

    private static Command List(Terminal terminal)
    {
        RequestOptions<ServiceQuery> services = new(ServiceQuery.Request);
        SessionArguments session = new();
        ReportArguments output = new();
        Command command = new("list", "Lists the deployments of services, and whether they are completed.");
        command.AddAll([.. services.All, .. session.All, .. output.All]);
        command.At("--service-name", "--cluster-name");
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            ServiceQuery query = services.Read(parsed, terminal.Environment);
            query.Check();
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            return await RecordWriter<ServiceDeployment>.For(output.Format(parsed), screen, ServiceDeployment.Shape).ListAsync(opened.Get<ServiceDeploymentReader>().ReadAsync(query, screen, cancellationToken), query.NothingFound);
        });
        return command.WithExamples(
            """
            ebops service list
            ebops service list --cluster-name mvp-cluster --output json
            """,
            """
            A service has one deployment, and while it is replaced or rolled back, more.
            States: Deploying, Completed, Failed, RolledBack, Replaced, Unknown (Amazon ECS
            does not control the deployments of the service).
            """);
    }

    private static Command Update(Terminal terminal)
    {
        RequestOptions<ServiceQuery> services = new(ServiceQuery.Request, nameof(ServiceQuery.ThrottleLimit));
        Option<string?> image = Options.Text("--image", "image", "The image to run: repository with tag or digest, with or without its registry.");
        RequestOptions<ServiceUpdateOptions> updates = new(ServiceUpdateOptions.Request);
        SessionArguments session = new();
        ReportArguments output = new();
        ApprovalArguments approval = new();
        Command command = new("update", "Deploys services: again, or with a task definition that differs only in the image.");
        command.AddAll([.. services.All, image, .. updates.All, .. approval.All, session.Journal.Option, .. session.All, .. output.All]);
        command.At("--service-name", "--cluster-name");
        output.SetAction(command, terminal, async (parsed, screen, cancellationToken) =>
        {
            ServiceQuery names = services.Read(parsed, terminal.Environment);
            ServiceUpdateOptions options = updates.Read(parsed, terminal.Environment);
            options.Check();
            ApproveChange approve = approval.Bind(parsed, screen);
            ServiceSelection selection = ServiceSelection.From(names.ClusterName, names.ServiceName, parsed.GetValue(image));
            using OpsSession opened = await session.OpenAsync(parsed, screen, OpsSession.Open, cancellationToken);
            ChangeReport report = new(screen, output.Format(parsed), session.Journal.Path(parsed));
            await report.ShowAsync(opened.Get<ServiceUpdate>().RunAsync(Streams.From([selection]), options with { ChangeStarted = report.Started }, approve, screen, cancellationToken), cancellationToken);
            return screen.FailureCode ?? ExitCode.Done;
        });
        return command.WithExamples(
            """
            ebops service update mvp-api mvp-cluster
            ebops service update --image mvp-api:v7 --what-if
            ebops service update mvp-api --force-new-deployment --wait
            """,
            """
            Services that already run the image are skipped. With --wait, a deployment that
            fails, is rolled back or is replaced is an error; without it, deployments are
            only started.
            """);
    }
}
