using EventBridgeOps.Changes;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Runs;

namespace EventBridgeOps.Routes;

/// <summary>AWS Batch in one Region of an account, where the job definitions of targets are looked up.</summary>
/// <param name="Batch">AWS Batch.</param>
/// <param name="Identity">Tells which account it is.</param>
/// <param name="Region">The Region.</param>
/// <param name="Retry">What to do when the retries of a call are exhausted.</param>
public sealed record BatchAccount(IBatchApi Batch, IIdentityApi Identity, string Region, ItemRetry Retry);
