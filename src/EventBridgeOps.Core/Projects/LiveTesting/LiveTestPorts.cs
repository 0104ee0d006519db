using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.Publishing;
using EventBridgeOps.Rules;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Projects.LiveTesting;

/// <summary>The services that a live test needs.</summary>
/// <param name="Rules">Amazon EventBridge.</param>
/// <param name="Buses">Amazon EventBridge, as far as temporary resources are created and deleted.</param>
/// <param name="Events">PutEvents.</param>
/// <param name="Queues">The queues of live tests in Amazon SQS.</param>
/// <param name="DeadLetters">The dead-letter queues in Amazon SQS.</param>
/// <param name="Identity">Who is calling.</param>
/// <param name="Presence">Whether event buses exist.</param>
/// <param name="Ids">Creates names.</param>
/// <param name="Retry">Retries a call when its own retries are used up.</param>
/// <param name="Time">The clock.</param>
public sealed record LiveTestPorts(
    IEventBridgeApi Rules, ITestBusApi Buses, IEventBusApi Events, ITestQueueApi Queues, IQueueApi DeadLetters, IIdentityApi Identity, BusPresence Presence, IdSource Ids, ItemRetry Retry, TimeProvider Time);
