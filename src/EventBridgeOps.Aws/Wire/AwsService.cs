namespace EventBridgeOps.Aws.Wire;

/// <summary>An AWS service that we talk to: how it is signed, configured and spoken to.</summary>
/// <param name="SigningName">The name in the SigV4 scope and at the head of its hosts.</param>
/// <param name="ServiceId">The SDK's id: the suffix of <c>AWS_ENDPOINT_URL_*</c> and the key in a profile's <c>services</c> section.</param>
/// <param name="ApiVersion">The version of its API.</param>
/// <param name="Protocol">How documents travel.</param>
/// <param name="RequestsPerSecond">The quota per account and Region, as far as AWS documents it.</param>
internal sealed record AwsService(string SigningName, string ServiceId, string ApiVersion, WireProtocol Protocol, double RequestsPerSecond)
{
    /// <summary>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html: 50 requests/s for the control plane.</summary>
    public static AwsService EventBridge { get; } = new("events", "EventBridge", "2015-10-07", new AwsJsonProtocol("AWSEvents"), 50);

    /// <summary>Batch documents no rate for its describing calls: this is a guess, and the pacer finds a lower one by itself.</summary>
    public static AwsService Batch { get; } = new("batch", "Batch", "2016-08-10", new RestJsonProtocol(), 50);

    public static AwsService Ecr { get; } = new("ecr", "ECR", "2015-09-21", new AwsJsonProtocol("AmazonEC2ContainerRegistry_V20150921"), 50);

    /// <summary>https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html: 20 reads of services and clusters a second; the bursts and the lower rates of writes are found by the pacer.</summary>
    public static AwsService Ecs { get; } = new("ecs", "ECS", "2014-11-13", new AwsJsonProtocol("AmazonEC2ContainerServiceV20141113"), 20);

    /// <summary>DynamoDB has no request quota but a capacity per table; it is called with the client of the SDK.</summary>
    public static AwsService DynamoDb { get; } = new("dynamodb", "DynamoDB", "2012-08-10", new AwsJsonProtocol("DynamoDB_20120810"), 3000);

    /// <summary>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html: 300 calls/s for each operation on a FIFO queue, without a limit on a standard queue.</summary>
    public static AwsService Sqs { get; } = new("sqs", "SQS", "2012-11-05", new AwsJsonProtocol("AmazonSQS", "application/x-amz-json-1.0"), 300);

    public static AwsService Sns { get; } = new("sns", "SNS", "2010-03-31", new QueryProtocol(), 50);

    /// <summary>https://docs.aws.amazon.com/general/latest/gr/ssm.html: 40 GetParameter requests/s by default.</summary>
    public static AwsService Ssm { get; } = new("ssm", "SSM", "2014-11-06", new AwsJsonProtocol("AmazonSSM"), 40);

    /// <summary>https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 15 requests/s for the control plane, 100 for GetFunction; invocations have limits of their own.</summary>
    public static AwsService Lambda { get; } = new("lambda", "Lambda", "2015-03-31", new RestJsonProtocol(), 15);

    /// <summary>CloudFormation documents no rate; the pacer finds it.</summary>
    public static AwsService CloudFormation { get; } = new("cloudformation", "CloudFormation", "2010-05-15", new QueryProtocol(), 10);

    /// <summary>https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html: 10 FilterLogEvents requests/s in most Regions.</summary>
    public static AwsService Logs { get; } = new("logs", "CloudWatch Logs", "2014-03-28", new AwsJsonProtocol("Logs_20140328"), 5);

    /// <summary>https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html: 9 DescribeAlarms requests/s.</summary>
    public static AwsService CloudWatch { get; } = new("monitoring", "CloudWatch", "2010-08-01", new AwsJsonProtocol("GraniteServiceVersion20100801", "application/x-amz-json-1.0"), 9);

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html: 3,500 writes/s for a prefix.</summary>
    public static AwsService S3 { get; } = new("s3", "S3", "2006-03-01", new RestXmlProtocol(), 100);

    public static AwsService Sts { get; } = new("sts", "STS", "2011-06-15", new QueryProtocol(), 50);

    /// <summary>IAM documents no rate. It has one endpoint in each partition.</summary>
    public static AwsService Iam { get; } = new("iam", "IAM", "2010-05-08", new QueryProtocol(), 20);

    /// <summary>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html does not say a rate of the schema registry; the pacer finds it.</summary>
    public static AwsService Schemas { get; } = new("schemas", "schemas", "2019-12-02", new RestJsonProtocol(), 10);

    /// <summary>https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html: two requests/s.</summary>
    public static AwsService CloudTrail { get; } = new("cloudtrail", "CloudTrail", "2013-11-01", new AwsJsonProtocol("com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101"), 2);

    /// <summary>The rate of Service Quotas is not known here: this is a guess, and the pacer finds a lower one by itself.</summary>
    public static AwsService ServiceQuotas { get; } = new("servicequotas", "Service Quotas", "2019-06-24", new AwsJsonProtocol("ServiceQuotasV20190624"), 5);

    public static IReadOnlyList<AwsService> All { get; } = [EventBridge, Batch, Ecr, Ecs, DynamoDb, Sqs, Sns, Ssm, Lambda, CloudFormation, Logs, CloudWatch, S3, Sts, Iam, CloudTrail, Schemas, ServiceQuotas];
}

/// <summary>The quota of PutEvents, which is separate from that of other operations.</summary>
internal static class PutEventsQuota
{
    /// <summary>Requests a second of one account in one region: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html.</summary>
    public static double RequestsPerSecond(string region) => region switch
    {
        "us-east-1" or "us-west-2" or "eu-west-1" => 10_000,
        "us-east-2" or "eu-central-1" => 2_400,
        "us-west-1" or "ap-northeast-1" or "ap-southeast-1" or "ap-southeast-2" or "eu-west-2" => 1_200,
        "af-south-1" or "ap-northeast-3" or "ap-southeast-3" or "eu-south-1" => 400,
        _ => 600,
    };
}

/// <summary>One API operation.</summary>
/// <param name="Service">Whose it is.</param>
/// <param name="Name">Its name, for example <c>PutTargets</c>.</param>
/// <param name="Permission">The IAM action that it needs; null when it needs none.</param>
/// <param name="Path">The resource path, for REST protocols. A member of the document takes the place of its name in braces.</param>
/// <param name="IsRepeatable">False for what makes something new each time: once it may have arrived, it is not sent again.</param>
internal sealed record ServiceOperation(AwsService Service, string Name, string? Permission, string Path = "/", bool IsRepeatable = true)
{
    /// <summary>The HTTP method. A document that is not sent as a body becomes the query.</summary>
    public string Method { get; init; } = "POST";

    /// <summary>A header that it always has; null for none.</summary>
    public (string Name, string Value)? Header { get; init; }

    /// <summary>A header of the answer that becomes a member of the document; null for none.</summary>
    public string? AnswerHeader { get; init; }

    /// <summary>Whether an answer in XML has a result; one without says nothing more than that the call succeeded.</summary>
    public bool HasResult { get; init; } = true;

    /// <summary>How long an attempt waits for its answer; null for the time that calls of a control plane have.</summary>
    public TimeSpan? Patience { get; init; }
}
