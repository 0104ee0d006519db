using EventBridgeOps.Archives;
using EventBridgeOps.Aws.Automation;
using EventBridgeOps.Aws.Jobs;
using EventBridgeOps.Aws.Services;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.Installation;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Projects.Granting;
using EventBridgeOps.Projects.LiveTesting;
using EventBridgeOps.Projects.Publishing;
using EventBridgeOps.Roles;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;
using EventBridgeOps.Stacks;

namespace EventBridgeOps.Aws.Composition;

/// <summary>What runs by itself, and its installation.</summary>
internal static class AutomationServices
{
    public static ServiceRegistry AddAutomation(this ServiceRegistry registry) => registry
        .Add(session => new AutomationTables(session.Get<DynamoTable>, session.Host.Time, session.Host.Random));

    public static ServiceRegistry AddInstallation(this ServiceRegistry registry) => registry
        .Add<IStackApi>(session => new StackApi(session.Connection.Client(AwsService.CloudFormation)))
        .Add<IPackageBucketApi>(session => new PackageBucketApi(session.Connection.Client(AwsService.S3)))
        .Add<IFunctionApi>(session => new FunctionApi(session.Connection.Client(AwsService.Lambda)))
        .Add<IMonitoringApi>(session => new MonitoringApi(session.Connection.Client(AwsService.Logs), session.Connection.Client(AwsService.CloudWatch)))
        .Add<IRetainedDataApi>(session => new RetainedDataApi(session.Get<DynamoTable>(), session.Connection.Client(AwsService.Sqs), session.Connection.Client(AwsService.Logs)))
        .Add<ITestResourcesApi>(session => new TestResourcesApi(session.Connection.Client(AwsService.Ecr), session.Connection.Client(AwsService.EventBridge)))
        .Add<IPackageDownload>(_ => new PackageDownload())
        .Add(session => new PackageReader(session.Get<IPackageDownload>(), ReleasedPackage.All))
        .Add(session => new InstallationPorts(session.Get<IFunctionApi>(), session.Get<IEventBridgeApi>(), session.Get<IQueueApi>(), session.Get<IMonitoringApi>(), session.Get<IBatchApi>()))
        .Add(session => new AutomationInvoker(session.Get<IFunctionApi>()))
        .Add(session => new AutomationInstaller(session.Get<IStackApi>(), session.Get<IPackageBucketApi>(), session.Get<AutomationInvoker>(), session.Get<PackageReader>(), session.Get<ItemRetry>(), session.Host.Time))
        .Add(session => new AutomationUninstaller(session.Get<IStackApi>(), session.Get<IPackageBucketApi>(), session.Get<IRetainedDataApi>(), session.Get<ItemRetry>(), session.Host.Time))
        .Add(session => new AutomationInspector(session.Get<IStackApi>(), session.Get<InstallationPorts>(), session.Get<ItemRetry>(), session.Host.Time))
        .Add(session => new AutomationCheck(session.Get<IStackApi>(), session.Get<InstallationPorts>(), session.Get<ItemRetry>()))
        .Add(session => new AutomationTest(session.Get<IStackApi>(), session.Get<ITestResourcesApi>(), session.Get<IEventBridgeApi>(), session.Get<IBatchApi>(), session.Get<ItemRetry>(), session.Host.Time))
        .Add(session => new AutomationLogReader(session.Get<IStackApi>(), session.Get<IMonitoringApi>(), session.Get<ItemRetry>(), session.Host.Time));

    public static ServiceRegistry AddProjects(this ServiceRegistry registry) => registry
        .Add<IDeployedApi>(session => new DeployedApi(ClientOf(session)))
        .Add<IQuotaApi>(session => new QuotaApi(ClientOf(session)))
        .Add<IPolicyApi>(session => new PolicyApi(session.Get<RegionalClients>().OfIam))
        .Add(session => new PolicyGranter(session.Get<IPolicyApi>(), session.Get<IIdentityApi>(), session.Get<ItemRetry>(), session.Host.Time))
        .Add(session => new PublishPorts(session.Get<IStackApi>(), session.Get<IDeployedApi>(), session.Get<IEventBridgeApi>(), session.Get<IArchiveApi>(), session.Get<IQueueApi>(), session.Get<IIdentityApi>(), session.Get<IRoleApi>(), session.Get<IPackageBucketApi>(), session.Get<IQuotaApi>(), session.Region))
        .Add(session => new ProjectPublisher(session.Get<PublishPorts>(), session.Get<LiveTester>(), session.Get<ItemRetry>(), session.Host.Time))
        .Add(session => new ProjectUnpublisher(session.Get<PublishPorts>(), session.Get<LiveTester>(), session.Get<ItemRetry>(), session.Host.Time))
        .Add(session => new ProjectStatusReader(session.Get<PublishPorts>(), session.Get<ItemRetry>(), session.Host.Time))
        .Add(session => new ProjectLogReader(session.Get<PublishPorts>(), session.Get<IMonitoringApi>(), session.Get<ItemRetry>(), session.Host.Time));

    /// <summary>The clients by their services; IAM has one endpoint for all Regions, with a Region of its own.</summary>
    private static Func<AwsService, AwsDocumentClient> ClientOf(SessionServices session) => service => service == AwsService.Iam ? session.Get<RegionalClients>().OfIam() : session.Connection.Client(service);
}
