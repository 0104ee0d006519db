namespace EventBridgeOps.Patterns.Syntax;

/// <summary>How AWS writes the sources and types of its services' events, as far as they are often written otherwise.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/ref/welcome.html.</remarks>
internal static class AwsNames
{
    private const string ServiceDomain = ".amazonaws.com";

    private static readonly Dictionary<string, string> DetailTypes = new[]
    {
        "AWS API Call via CloudTrail", "AWS Console Sign In via CloudTrail", "AWS Console Action via CloudTrail", "AWS Service Event via CloudTrail", "AWS Insight via CloudTrail",
        "Scheduled Event", "AWS Health Event", "AWS Health Abuse Event", "Tag Change on Resource", "Trusted Advisor Check Item Refresh Notification",
        "Batch Job State Change", "Batch Job Queue Blocked",
        "ECR Image Action", "ECR Image Scan", "ECR Replication Action", "ECR Pull Through Cache Action", "ECR Scan Resource Change",
        "ECS Task State Change", "ECS Container Instance State Change", "ECS Service Action", "ECS Deployment State Change",
        "EC2 Instance State-change Notification", "EC2 Spot Instance Interruption Warning", "EC2 Instance Rebalance Recommendation", "EC2 Spot Instance Request Fulfillment",
        "EC2 Fleet State Change", "EC2 Fleet Instance Change", "EC2 AMI State Change", "EC2 Image Builder Image State Change",
        "EC2 Instance-launch Lifecycle Action", "EC2 Instance-terminate Lifecycle Action", "EC2 Instance Launch Successful", "EC2 Instance Launch Unsuccessful",
        "EC2 Instance Terminate Successful", "EC2 Instance Terminate Unsuccessful", "EC2 Auto Scaling Instance Refresh Started", "EC2 Auto Scaling Instance Refresh Succeeded", "EC2 Auto Scaling Instance Refresh Failed",
        "EC2 Command Status-change Notification", "EC2 Command Invocation Status-change Notification", "EC2 Automation Execution Status-change Notification", "EC2 Automation Step Status-change Notification",
        "EC2 State Manager Association State Change", "Maintenance Window Execution State-change Notification", "Parameter Store Change", "Parameter Store Policy Action",
        "EBS Volume Notification", "EBS Snapshot Notification", "EBS Multi-Volume Snapshots Completion Status",
        "Object Created", "Object Deleted", "Object Restore Initiated", "Object Restore Completed", "Object Restore Expired", "Object Tags Added", "Object Tags Deleted", "Object ACL Updated",
        "Object Storage Class Changed", "Object Access Tier Changed",
        "Step Functions Execution Status Change", "CloudWatch Alarm State Change",
        "CloudFormation Stack Status Change", "CloudFormation Resource Status Change", "CloudFormation Drift Detection Status Change",
        "CodeBuild Build State Change", "CodeBuild Build Phase Change", "CodePipeline Pipeline Execution State Change", "CodePipeline Stage Execution State Change", "CodePipeline Action Execution State Change",
        "CodeDeploy Deployment State-change Notification", "CodeDeploy Instance State-change Notification", "CodeCommit Repository State Change", "CodeCommit Pull Request State Change",
        "CodeArtifact Package Version State Change", "Amplify Deployment Status Change",
        "GuardDuty Finding", "Security Hub Findings - Imported", "Security Hub Findings - Custom Action", "Security Hub Insight Results", "Inspector2 Finding", "Inspector2 Scan", "Macie Finding", "Access Analyzer Finding",
        "Config Rules Compliance Change", "Config Configuration Item Change",
        "RDS DB Instance Event", "RDS DB Cluster Event", "RDS DB Snapshot Event", "RDS DB Cluster Snapshot Event", "RDS DB Parameter Group Event",
        "Glue Job State Change", "Glue Crawler State Change", "Glue Data Catalog Table State Change", "Glue Data Catalog Database State Change",
        "EMR Cluster State Change", "EMR Step Status Change", "EMR Instance Group State Change", "EMR Serverless Job Run State Change", "Athena Query State Change",
        "SageMaker Training Job State Change", "SageMaker Processing Job State Change", "SageMaker Transform Job State Change", "SageMaker Endpoint State Change", "SageMaker Model Package State Change",
        "KMS CMK Deletion", "KMS CMK Rotation", "KMS Imported Key Material Expiration", "ACM Certificate Approaching Expiration", "ACM Certificate Expired", "ACM Certificate Available",
        "Backup Job State Change", "Copy Job State Change", "Restore Job State Change", "Recovery Point State Change", "MediaConvert Job State Change", "MediaLive Channel State Change", "Transcribe Job State Change",
        "DataSync Task Execution State Change", "DMS Replication Task State Change", "DLM Policy State Change",
    }.ToDictionary(name => name, StringComparer.OrdinalIgnoreCase);

    /// <summary>What AWS writes instead of a value, and what is wrong with it; null if no fault of it is known.</summary>
    /// <param name="field">The field of the event.</param>
    /// <param name="text">The value in the pattern.</param>
    /// <param name="isOfAws">Whether the pattern may be for events of AWS services.</param>
    public static (string Reason, string Name)? Respelled(string field, string text, Func<bool> isOfAws)
    {
        if (field == "detail-type")
        {
            return DetailTypes.TryGetValue(text, out string? known) && known != text && isOfAws() ? (SyntaxTexts.OtherCase(text), known) : null;
        }

        if (field != "source")
        {
            return null;
        }

        string lower = text.ToLowerInvariant();
        if (lower.EndsWith(ServiceDomain, StringComparison.Ordinal) && lower.IndexOf('.') == lower.Length - ServiceDomain.Length)
        {
            return (SyntaxTexts.ServiceName(text), "aws." + lower.Substring(0, lower.IndexOf('.')));
        }

        // The sources of partners have the names that the partners gave them.
        return lower != text && lower.StartsWith("aws.", StringComparison.Ordinal) && !lower.StartsWith("aws.partner/", StringComparison.Ordinal) ? (SyntaxTexts.OtherCase(text), lower) : null;
    }
}
