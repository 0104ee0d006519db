namespace EventBridgeOps.Sandbox.Tests.CloudFormation;

/// <summary>Each type of resource is made, changed, rolled back and removed by the operations of its service.</summary>
public sealed class KindTests : StackTest
{
    private const string Trust = "{ Statement: [ { Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole } ] }";
    private const string Policy = "{ Version: 2012-10-17, Statement: [ { Effect: Allow, Action: sqs:SendMessage, Resource: '*' } ] }";
    private const string Role = "R: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: " + Trust + " } }";
    private const string Bus = "B: { Type: AWS::Events::EventBus, Properties: { Name: b, LogConfig: { Level: INFO, IncludeDetail: NONE } } }";
    private const string BusPolicy = "{ Version: 2012-10-17, Statement: [ { Sid: s, Effect: Allow, Principal: { AWS: 'arn:aws:iam::210987654321:root' }, Action: 'events:PutEvents', Resource: 'arn:aws:events:eu-west-1:123456789012:event-bus/b' } ] }";
    private const string Schemas = "S: { Type: AWS::EventSchemas::Registry }";
    private const string OpenApi = """{"openapi":"3.0.0","info":{"title":"t","version":"1"},"paths":{}}""";
    private const string Environment = "E: { Type: AWS::Batch::ComputeEnvironment, Properties: { Type: unmanaged, State: ENABLED } }";

    /// <summary>The properties of resource X, what they become, what Ref returns, and what else the template needs.</summary>
    public static TheoryData<string, string, string, string, string> Kinds { get; } = new()
    {
        { "AWS::SQS::Queue", "FifoQueue: true, ContentBasedDeduplication: true", "FifoQueue: true, ContentBasedDeduplication: false", @"app-X-[0-9A-Z]{12}\.fifo", "" },
        { "AWS::SQS::QueuePolicy", $"Queues: [ !Ref Q ], PolicyDocument: {Policy}", $"Queues: [ !Ref Q2 ], PolicyDocument: {Policy}", "app-X-", "Q: { Type: AWS::SQS::Queue }\n  Q2: { Type: AWS::SQS::Queue }" },
        { "AWS::SNS::Topic", "DisplayName: a, Subscription: [ { Protocol: sqs, Endpoint: !GetAtt Q.Arn } ]", "DisplayName: b", "arn:aws:sns:eu-west-1:123456789012:app-X-", "Q: { Type: AWS::SQS::Queue }" },
        { "AWS::SNS::TopicPolicy", $"Topics: [ !Ref T ], PolicyDocument: {Policy}", $"Topics: [ !Ref T2 ], PolicyDocument: {Policy}", "app-X-", "T: { Type: AWS::SNS::Topic }\n  T2: { Type: AWS::SNS::Topic }" },
        { "AWS::SNS::Subscription", "TopicArn: !Ref T, Protocol: sqs, Endpoint: !GetAtt Q.Arn", "TopicArn: !Ref T, Protocol: sqs, Endpoint: !GetAtt Q.Arn, RawMessageDelivery: true, FilterPolicy: { a: [ b ] }", "arn:aws:sns:eu-west-1:123456789012:app-T-.*:", "T: { Type: AWS::SNS::Topic }\n  Q: { Type: AWS::SQS::Queue }" },
        { "AWS::Events::Rule", "EventBusName: !Ref B, EventPattern: { source: [ b ] }", "EventBusName: !Ref B, EventPattern: { source: [ c ] }, State: DISABLED", @"app-B-.*\|app-X-", "B: { Type: AWS::Events::EventBus, Properties: { Name: !Sub '${AWS::StackName}-B-1' } }" },
        { "AWS::Events::EventBus", "Name: b, Description: d, LogConfig: { Level: ERROR, IncludeDetail: NONE }", "Name: b", "b", "" },
        { "AWS::Events::EventBus", "Name: b, Policy: " + BusPolicy, "Name: b", "b", "" },
        { "AWS::Events::EventBusPolicy", "EventBusName: !Ref B, StatementId: s, Action: 'events:PutEvents', Principal: '210987654321'", "EventBusName: !Ref B, StatementId: s, Statement: { Effect: Allow, Principal: '*', Action: 'events:PutEvents', Resource: !GetAtt B.Arn, Condition: { StringEquals: { 'aws:PrincipalOrgID': o-1 } } }", @"b\|s", Bus },
        { "AWS::Events::Archive", "SourceArn: !Sub 'arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/default', RetentionDays: 3", "SourceArn: !Sub 'arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/default', EventPattern: { source: [ a ] }", "app-X-", "" },
        { "AWS::IAM::Role", $"AssumeRolePolicyDocument: {Trust}, Policies: [ {{ PolicyName: a, PolicyDocument: {Policy} }} ], Tags: [ {{ Key: k, Value: v }} ]", $"AssumeRolePolicyDocument: {Trust}, Policies: [ {{ PolicyName: b, PolicyDocument: {Policy} }} ]", "app-X-", "" },
        { "AWS::IAM::Policy", $"PolicyName: a, Roles: [ !Ref R ], PolicyDocument: {Policy}", $"PolicyName: b, Roles: [ !Ref R ], PolicyDocument: {Policy}", "app-X-", Role },
        { "AWS::IAM::ManagedPolicy", $"Roles: [ !Ref R ], PolicyDocument: {Policy}", $"PolicyDocument: {Policy}", "arn:aws:iam::123456789012:policy/app-X-", Role },
        { "AWS::Logs::LogGroup", "LogGroupName: /aws/x, RetentionInDays: 14, Tags: [ { Key: k, Value: v } ]", "LogGroupName: /aws/x", "/aws/x", "" },
        { "AWS::Logs::LogStream", "LogGroupName: !Ref G", "LogGroupName: !Ref G, LogStreamName: s", "app-X-|s", "G: { Type: AWS::Logs::LogGroup }" },
        { "AWS::Logs::ResourcePolicy", """PolicyName: p, PolicyDocument: '{"Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"logs:PutLogEvents","Resource":"*"}]}'""", """PolicyName: p, PolicyDocument: '{"Statement":[{"Effect":"Deny","Principal":{"Service":"events.amazonaws.com"},"Action":"logs:PutLogEvents","Resource":"*"}]}'""", "p", "" },
        { "AWS::DynamoDB::Table", "BillingMode: PAY_PER_REQUEST, AttributeDefinitions: [ { AttributeName: a, AttributeType: S } ], KeySchema: [ { AttributeName: a, KeyType: HASH } ], TimeToLiveSpecification: { AttributeName: t, Enabled: true }", "DeletionProtectionEnabled: false, BillingMode: PROVISIONED, ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 }, AttributeDefinitions: [ { AttributeName: a, AttributeType: S } ], KeySchema: [ { AttributeName: a, KeyType: HASH } ], TimeToLiveSpecification: { AttributeName: t, Enabled: true }", "app-X-", "" },
        { "AWS::SSM::Parameter", "Type: String, Value: a, Tags: { k: v }", "Type: String, Value: b", "CFN-X-", "" },
        { "AWS::ECR::Repository", "EmptyOnDelete: true", "EmptyOnDelete: false", "app-x-[0-9a-z]{12}", "" },
        { "AWS::S3::Bucket", "BucketName: packages-1, VersioningConfiguration: { Status: Enabled }, Tags: [ { Key: k, Value: v } ], PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true }", "BucketName: packages-1, BucketEncryption: { ServerSideEncryptionConfiguration: [ { ServerSideEncryptionByDefault: { SSEAlgorithm: AES256 } } ] }", "packages-1", "" },
        { "AWS::S3::BucketPolicy", "Bucket: !Ref B, PolicyDocument: { Statement: [ { Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: '*' } ] }", "Bucket: !Ref B, PolicyDocument: { Statement: [ { Effect: Deny, Principal: '*', Action: s3:GetObject, Resource: '*' } ] }", "app-b-", "B: { Type: AWS::S3::Bucket }" },
        { "AWS::CloudWatch::Alarm", "AlarmName: a, MetricName: m, Namespace: n, Statistic: Sum, Period: 60, EvaluationPeriods: 1, ComparisonOperator: GreaterThanThreshold, TreatMissingData: notBreaching, Threshold: 1, Tags: [ { Key: k, Value: v } ]", "AlarmName: a, MetricName: m, Namespace: n, Statistic: Sum, Period: 60, EvaluationPeriods: 1, ComparisonOperator: GreaterThanThreshold, TreatMissingData: notBreaching, Threshold: 2", "a", "" },
        { "AWS::CloudWatch::Dashboard", "DashboardBody: '{\"widgets\":[]}'", "DashboardBody: '{\"widgets\":[ ]}'", "app-X-", "" },
        { "AWS::Batch::JobDefinition", "Type: container, ContainerProperties: { Image: a, Vcpus: 1, Memory: 512, LogConfiguration: { LogDriver: awslogs, Options: { Awslogs-X: y } } }", "Type: container, ContainerProperties: { Image: b, Vcpus: 1, Memory: 512 }", "arn:aws:batch:eu-west-1:123456789012:job-definition/X-[0-9a-f]{15}:", "" },
        { "AWS::Batch::JobQueue", "Priority: 1, ComputeEnvironmentOrder: [ { Order: 1, ComputeEnvironment: !Ref E } ]", "Priority: 2, ComputeEnvironmentOrder: [ { Order: 1, ComputeEnvironment: !Ref E } ]", "arn:aws:batch:eu-west-1:123456789012:job-queue/app-X-", Environment },
        { "AWS::Batch::ComputeEnvironment", "Type: UNMANAGED", "Type: UNMANAGED, UnmanagedvCpus: 4", "arn:aws:batch:eu-west-1:123456789012:compute-environment/app-X-", "" },
        { "AWS::EventSchemas::Registry", "RegistryName: shop, Description: d, Tags: [ { Key: k, Value: v } ]", "RegistryName: shop", "shop", "" },
        { "AWS::EventSchemas::Schema", $"RegistryName: !GetAtt S.RegistryName, SchemaName: a@B, Type: JSONSchemaDraft4, Content: '{{}}'", $"RegistryName: !GetAtt S.RegistryName, SchemaName: a@B, Type: OpenApi3, Description: d, Content: '{OpenApi}'", "a@B", Schemas },
        { "AWS::EventSchemas::RegistryPolicy", "RegistryName: !GetAtt S.RegistryName, Policy: { Statement: [ { Effect: Allow, Principal: { AWS: '210987654321' }, Action: 'schemas:*', Resource: '*' } ] }", "RegistryName: !GetAtt S.RegistryName, Policy: { Statement: [ { Effect: Allow, Principal: { AWS: '210987654321' }, Action: 'schemas:Describe*', Resource: '*' } ] }", "app-X-", Schemas },
        { "AWS::Logs::DeliverySource", "Name: s, LogType: INFO_LOGS, ResourceArn: !GetAtt B.Arn, Tags: [ { Key: k, Value: v } ]", "Name: s, LogType: ERROR_LOGS, ResourceArn: !GetAtt B.Arn", "s", Bus },
        { "AWS::Logs::DeliveryDestination", "Name: d, DestinationResourceArn: !GetAtt L.Arn, OutputFormat: json", "Name: d, DestinationResourceArn: !GetAtt L.Arn, OutputFormat: json, Tags: [ { Key: k, Value: v } ]", "d", "L: { Type: AWS::Logs::LogGroup }" },
        { "AWS::Logs::Delivery", "DeliverySourceName: !Ref S, DeliveryDestinationArn: !GetAtt D.Arn", "DeliverySourceName: !Ref S, DeliveryDestinationArn: !GetAtt D.Arn, Tags: [ { Key: k, Value: v } ]", "[0-9A-Za-z]{16}$", Bus + "\n  L: { Type: AWS::Logs::LogGroup }\n  S: { Type: AWS::Logs::DeliverySource, Properties: { Name: s, LogType: INFO_LOGS, ResourceArn: !GetAtt B.Arn } }\n  D: { Type: AWS::Logs::DeliveryDestination, Properties: { Name: d, DestinationResourceArn: !GetAtt L.Arn } }" },
        { "AWS::CloudFormation::WaitConditionHandle", "", "", "https://cloudformation-waitcondition-", "" },
        { "AWS::CDK::Metadata", "Analytics: a", "Analytics: b", "", "" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ResourceOfEachTypeHasItsWholeLife(string type, string before, string after, string id, string more)
    {
        string Template(string properties, string rest = "") => $"Resources:\n  X: {{ Type: {type}, Properties: {{ {properties} }} }}\n  {more}{rest}\n";
        string[] nothing = await Everything();
        string created = await Created(Template(before));
        Assert.True(created == "CREATE_COMPLETE", string.Join("\n", (await Events()).Select(one => $"{one} {one.Reason}")));
        Assert.Matches("(?:^|/)(" + id + ")", await Physical("X"));
        string[] made = await Everything();

        string failing = "\n  Bad: { Type: AWS::EC2::Instance, DependsOn: X }";
        (await Update(Template(after, failing))).Succeeded();
        Assert.True(await Settled() == "UPDATE_ROLLBACK_COMPLETE", string.Join("\n", (await Events()).Select(one => $"{one} {one.Reason}")));
        if (type is not ("AWS::Batch::JobDefinition" or "AWS::EventSchemas::Schema")) // What a rollback makes again is another revision, or version.
            Assert.Equal(made, await Everything());

        if (before != after)
        {
            string updated = await Updated(Template(after));
            Assert.True(updated == "UPDATE_COMPLETE", string.Join("\n", (await Events()).Select(one => $"{one} {one.Reason}")));
            Assert.DoesNotContain(await Events(), one => one.Status == "DELETE_FAILED");
        }

        Invalid(await Update(Template(after)), "No updates are to be performed.");
        Assert.Equal("DELETE_COMPLETE", await Deleted());
        Assert.Equal(nothing, await Everything());
    }

    /// <summary>Types whose operations the sandbox may not have: their stack fails with what is missing, and nothing is left of it.</summary>
    [Theory]
    [InlineData("AWS::EC2::Instance", "", "The sandbox does not simulate AWS::EC2::Instance.")]
    [InlineData("Custom::Thing", "", "The sandbox does not simulate Custom::Thing.")]
    [InlineData("AWS::CloudFormation::Stack", "TemplateURL: x", "TemplateURL must be a supported URL.")]
    [InlineData("AWS::Lambda::Function", "Runtime: provided.al2023, Handler: b, Role: !GetAtt R.Arn, Code: { ZipFile: x }", "ZipFile can only be used when Runtime is set to either of nodejs or python.")]
    [InlineData("AWS::SNS::Subscription", "TopicArn: 'arn:aws:sns:eu-west-1:123456789012:none', Protocol: sqs, Endpoint: 'arn:aws:sqs:eu-west-1:123456789012:q'", "HandlerErrorCode: NotFound")]
    [InlineData("AWS::SQS::Queue", "DelaySeconds: 100000", "HandlerErrorCode: InvalidRequest")]
    [InlineData("AWS::DynamoDB::Table", "KeySchema: [ { AttributeName: a, KeyType: HASH } ], ResourcePolicy: { PolicyDocument: {} }", "The sandbox does not support the property ResourcePolicy of AWS::DynamoDB::Table.")]
    public async Task WhatCannotBeMadeSaysWhy(string type, string properties, string reason)
    {
        Assert.Equal("ROLLBACK_COMPLETE", await Created($"Resources:\n  X: {{ Type: {type}, Properties: {{ {properties} }} }}\n  {Role}\n"));
        Assert.Contains(reason, await Reason("X"));
        Assert.Empty(await Everything());
    }

    /// <summary>CreateQueue, PutRule and others accept what is there already: a stack that fails must not remove what it did not make.</summary>
    [Theory]
    [InlineData("AWS::SQS::Queue", "QueueName: x")]
    [InlineData("AWS::SNS::Topic", "TopicName: x")]
    [InlineData("AWS::Events::Rule", "Name: x, EventPattern: { source: [ a ] }")]
    [InlineData("AWS::Events::EventBus", "Name: x")]
    [InlineData("AWS::Events::EventBusPolicy", "StatementId: x, Action: 'events:PutEvents', Principal: '210987654321'")]
    [InlineData("AWS::IAM::Role", $"RoleName: x, AssumeRolePolicyDocument: {Trust}")]
    [InlineData("AWS::IAM::ManagedPolicy", $"ManagedPolicyName: x, PolicyDocument: {Policy}")]
    [InlineData("AWS::Logs::LogGroup", "LogGroupName: x")]
    [InlineData("AWS::Logs::ResourcePolicy", """PolicyName: p, PolicyDocument: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"logs:PutLogEvents","Resource":"*"}]}'""")]
    [InlineData("AWS::DynamoDB::Table", "TableName: xyz, BillingMode: PAY_PER_REQUEST, AttributeDefinitions: [ { AttributeName: a, AttributeType: S } ], KeySchema: [ { AttributeName: a, KeyType: HASH } ]")]
    [InlineData("AWS::SSM::Parameter", "Name: x, Type: String, Value: v")]
    [InlineData("AWS::ECR::Repository", "RepositoryName: xx")]
    [InlineData("AWS::Batch::ComputeEnvironment", "ComputeEnvironmentName: x, Type: UNMANAGED")]
    [InlineData("AWS::S3::Bucket", "BucketName: packages-1")]
    [InlineData("AWS::CloudWatch::Alarm", "AlarmName: a, MetricName: m, Namespace: n, Statistic: Sum, Period: 60, EvaluationPeriods: 1, ComparisonOperator: GreaterThanThreshold, TreatMissingData: notBreaching, Threshold: 1")]
    [InlineData("AWS::EventSchemas::Registry", "RegistryName: x")]
    [InlineData("AWS::Logs::DeliverySource", "Name: x, LogType: INFO_LOGS, ResourceArn: !Sub 'arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/default'")]
    public async Task WhatAnotherOwnerHasIsNotTouched(string type, string properties)
    {
        string template = $"Resources: {{ X: {{ Type: {type}, Properties: {{ {properties} }} }} }}";
        Assert.Equal("CREATE_COMPLETE", await Created(template));
        string[] before = await Everything();
        (await Deploy("CreateStack", "other", template)).Succeeded();
        Assert.Equal("ROLLBACK_COMPLETE", await Settled("other"));
        Assert.Contains("xist", await Reason("X", "other"));
        Assert.Equal(before, await Everything());
    }
}
