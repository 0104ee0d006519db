using EventBridgeOps.Jobs;

namespace EventBridgeOps.Aws.Jobs;

/// <summary>Opens the stores of MVP jobs.</summary>
public sealed class MvpJobStores
{
    private readonly Func<string, string> _fullPath;
    private readonly Func<DynamoTable> _dynamo;
    private readonly Func<IMvpJobStore, MvpJobs> _jobs;

    internal MvpJobStores(Func<string, string> fullPath, Func<DynamoTable> dynamo, Func<IMvpJobStore, MvpJobs> jobs) => (_fullPath, _dynamo, _jobs) = (fullPath, dynamo, jobs);

    /// <summary>The MVP jobs of a store. Close it after use.</summary>
    /// <param name="choice">Which store.</param>
    public MvpJobs Open(JobStoreChoice choice) => _jobs(OpenStore(choice));

    internal IMvpJobStore OpenStore(JobStoreChoice choice) => choice.Path is { } path ? new FileMvpJobStore(_fullPath(path)) : new DynamoMvpJobStore(_dynamo(), choice.TableName);
}
