using EventBridgeOps.Checks;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Rules;

namespace EventBridgeOps.Installation;

/// <summary>The services that an installation consists of.</summary>
/// <param name="Functions">AWS Lambda.</param>
/// <param name="Rules">Amazon EventBridge.</param>
/// <param name="Queues">Amazon SQS.</param>
/// <param name="Monitoring">Amazon CloudWatch.</param>
/// <param name="Batch">AWS Batch.</param>
public sealed record InstallationPorts(IFunctionApi Functions, IEventBridgeApi Rules, IQueueApi Queues, IMonitoringApi Monitoring, IBatchApi Batch);
