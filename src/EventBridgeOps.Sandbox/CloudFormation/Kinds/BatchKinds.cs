using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

/// <summary>
/// AWS::Batch::JobDefinition. An update registers a new revision, and then deregisters the one before, so that every target that names it fails,
/// unless the template says otherwise.
/// </summary>
/// <remarks>
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-batch-jobdefinition-resourceretentionpolicy.html
/// </remarks>
internal sealed class JobDefinitionKind : ResourceKind
{
    public override string Type => "AWS::Batch::JobDefinition";

    public override string? NameProperty => "JobDefinitionName";

    public override bool HasSystemTags => true;

    public override bool IsRenewed => true;

    public override void Create(ResourceWork work) =>
        Register(work, work.Properties.Text("JobDefinitionName") ?? $"{work.LogicalId}-{work.Operation.Account.Random.Id().Replace("-", "").Substring(0, 15)}");

    public override void Update(ResourceWork work)
    {
        string before = work.PhysicalId!;
        Register(work, NameOf(before));
        if (work.Properties.Object("ResourceRetentionPolicy")?.Flag("SkipDeregisterOnUpdate") != true)
            Deregister(work, before);
    }

    /// <summary>Deregisters the revision of the stack; those that updates kept stay.</summary>
    public override void Delete(ResourceWork work) => Deregister(work, work.PhysicalId!);

    public override RawDocument Attributes(ResourceWork work) =>
        RawDocument.Empty.With("JobDefinitionArn", work.PhysicalId).With("JobDefinitionName", NameOf(work.PhysicalId!));

    private static void Register(ResourceWork work, string name) => work.PhysicalId = work.Call("batch", "RegisterJobDefinition",
        work.Lowered().Without("tags", "resourceRetentionPolicy").With("jobDefinitionName", name).With("tags", work.Tags())).Text("jobDefinitionArn");

    private static void Deregister(ResourceWork work, string arn) => work.TryCall("batch", "DeregisterJobDefinition", RawDocument.Empty.With("jobDefinition", arn));

    private static string NameOf(string arn)
    {
        string resource = arn.Substring(arn.LastIndexOf('/') + 1);
        return resource.Substring(0, resource.LastIndexOf(':'));
    }
}

/// <summary>AWS::Batch::JobQueue</summary>
internal sealed class JobQueueKind : ResourceKind
{
    public override string Type => "AWS::Batch::JobQueue";

    public override string? NameProperty => "JobQueueName";

    public override void Create(ResourceWork work) => work.PhysicalId = work.Call("batch", "CreateJobQueue",
        work.Lowered().With("jobQueueName", work.Name("JobQueueName", 128)).With("tags", work.Tags())).Text("jobQueueArn");

    public override void Update(ResourceWork work) => work.Call("batch", "UpdateJobQueue",
        work.Lowered().Without("jobQueueName", "tags", "jobQueueType").With("jobQueue", work.PhysicalId));

    /// <summary>Only a queue that is disabled can be deleted.</summary>
    public override void Delete(ResourceWork work)
    {
        RawDocument queue = RawDocument.Empty.With("jobQueue", work.PhysicalId);
        if (work.TryCall("batch", "UpdateJobQueue", queue.With("state", "DISABLED")) is not null)
            work.TryCall("batch", "DeleteJobQueue", queue);
    }

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty.With("JobQueueArn", work.PhysicalId);
}

/// <summary>AWS::Batch::ComputeEnvironment</summary>
internal sealed class ComputeEnvironmentKind : ResourceKind
{
    /// <summary>What says how CloudFormation updates, and is not a property of the compute environment.</summary>
    private static readonly string[] OfUpdates = ["replaceComputeEnvironment", "updatePolicy"];

    public override string Type => "AWS::Batch::ComputeEnvironment";

    public override string? NameProperty => "ComputeEnvironmentName";

    public override void Create(ResourceWork work) => work.PhysicalId = work.Call("batch", "CreateComputeEnvironment",
        Cased(work.Lowered().Without(OfUpdates)).With("computeEnvironmentName", work.Name("ComputeEnvironmentName", 128)).With("tags", work.Tags())).Text("computeEnvironmentArn");

    public override void Update(ResourceWork work) => work.Call("batch", "UpdateComputeEnvironment",
        Cased(work.Lowered().Without([.. OfUpdates, "computeEnvironmentName", "tags", "type", "eksConfiguration"])).With("computeEnvironment", work.PhysicalId));

    /// <summary>Only a compute environment that is disabled can be deleted.</summary>
    public override void Delete(ResourceWork work)
    {
        RawDocument environment = RawDocument.Empty.With("computeEnvironment", work.PhysicalId);
        if (work.TryCall("batch", "UpdateComputeEnvironment", environment.With("state", "DISABLED")) is not null)
            work.TryCall("batch", "DeleteComputeEnvironment", environment);
    }

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty.With("ComputeEnvironmentArn", work.PhysicalId);

    /// <summary>The type is in capitals in the API, whatever a template writes.</summary>
    private static RawDocument Cased(RawDocument input) => input.Text("type") is { } type ? input.With("type", type.ToUpperInvariant()) : input;
}
