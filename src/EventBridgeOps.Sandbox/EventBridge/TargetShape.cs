using static EventBridgeOps.Sandbox.EventBridge.MemberShape;

namespace EventBridgeOps.Sandbox.EventBridge;

/// <summary>The members of a target, as the service model of EventBridge (2015-10-07) has them.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html</remarks>
internal static class TargetShape
{
    public static MemberShape Target { get; } = Structure(
        ("Id", Text), ("Arn", Text), ("RoleArn", Text), ("Input", Text), ("InputPath", Text), // Whether Id and Arn are there is checked with their patterns.
        ("InputTransformer", Structure(("InputPathsMap", Map(Text)), ("InputTemplate!", Text))),
        ("DeadLetterConfig", Structure(("Arn", Text))),
        ("RetryPolicy", Structure(("MaximumRetryAttempts", Number), ("MaximumEventAgeInSeconds", Number))),
        ("BatchParameters", Structure(
            ("JobDefinition!", Text),
            ("JobName!", Text),
            ("ArrayProperties", Structure(("Size", Number))),
            ("RetryStrategy", Structure(("Attempts", Number))))),
        ("SqsParameters", Structure(("MessageGroupId", Text))),
        ("KinesisParameters", Structure(("PartitionKeyPath!", Text))),
        ("RunCommandParameters", Structure(("RunCommandTargets!", List(Structure(("Key!", Text), ("Values!", Texts)))))),
        ("EcsParameters", Ecs),
        ("HttpParameters", Structure(("PathParameterValues", Texts), ("HeaderParameters", Map(Text)), ("QueryStringParameters", Map(Text)))),
        ("RedshiftDataParameters", Structure(
            ("SecretManagerArn", Text), ("Database!", Text), ("DbUser", Text), ("Sql", Text), ("StatementName", Text), ("WithEvent", Flag), ("Sqls", Texts))),
        ("SageMakerPipelineParameters", Structure(("PipelineParameterList", List(Structure(("Name!", Text), ("Value!", Text)))))),
        ("AppSyncParameters", Structure(("GraphQLOperation", Text))));

    private static MemberShape Ecs => Structure(
        ("TaskDefinitionArn!", Text),
        ("TaskCount", Number),
        ("LaunchType", Text),
        ("NetworkConfiguration", Structure(("awsvpcConfiguration", Structure(("Subnets!", Texts), ("SecurityGroups", Texts), ("AssignPublicIp", Text))))),
        ("PlatformVersion", Text),
        ("Group", Text),
        ("CapacityProviderStrategy", List(Structure(("capacityProvider!", Text), ("weight", Number), ("base", Number)))),
        ("EnableECSManagedTags", Flag),
        ("EnableExecuteCommand", Flag),
        ("PlacementConstraints", List(Structure(("type", Text), ("expression", Text)))),
        ("PlacementStrategy", List(Structure(("type", Text), ("field", Text)))),
        ("PropagateTags", Text),
        ("ReferenceId", Text),
        ("Tags", List(Structure(("Key!", Text), ("Value!", Text)))));
}
