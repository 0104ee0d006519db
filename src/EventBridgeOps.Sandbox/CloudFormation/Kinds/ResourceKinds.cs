namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

/// <summary>The types of resources that the sandbox simulates.</summary>
internal static class ResourceKinds
{
    private static readonly Dictionary<string, ResourceKind> All = new ResourceKind[]
    {
        new QueueKind(), new QueuePolicyKind(),
        new TopicKind(), new TopicPolicyKind(), new SubscriptionKind(),
        new RuleKind(), new EventBusKind(), new EventBusPolicyKind(), new ArchiveKind(),
        new RoleKind(), new PolicyKind(), new ManagedPolicyKind(),
        new FunctionKind(), new PermissionKind(), new EventInvokeConfigKind(), new EventSourceMappingKind(), new VersionKind(), new AliasKind(),
        new LogGroupKind(), new LogStreamKind(), new LogPolicyKind(), new MetricFilterKind(),
        new DeliverySourceKind(), new DeliveryDestinationKind(), new DeliveryKind(),
        new RegistryKind(), new SchemaKind(), new RegistryPolicyKind(),
        new TableKind(), new ParameterKind(), new BucketKind(), new BucketPolicyKind(), new RepositoryKind(),
        new AlarmKind(), new DashboardKind(),
        new JobDefinitionKind(), new JobQueueKind(), new ComputeEnvironmentKind(),
        new NestedStackKind(), new MetadataKind(), new WaitConditionHandleKind(),
    }.ToDictionary(kind => kind.Type, StringComparer.Ordinal);

    /// <summary>The names of the types.</summary>
    public static IEnumerable<string> Types => All.Keys;

    /// <summary>The kind of a type; null for a type that the sandbox does not simulate.</summary>
    public static ResourceKind? Of(string type) => All.TryGetValue(type, out ResourceKind? kind) ? kind : null;
}
