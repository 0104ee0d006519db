using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Projects.LiveTesting;
using EventBridgeOps.Projects.Templates;

namespace EventBridgeOps.Projects.Exporting;

/// <summary>What an identity must be allowed to deploy a project: to create its stack, change it, and delete it.</summary>
/// <param name="Policy">The policy document.</param>
/// <param name="UnknownKinds">Kinds of resources whose permissions are not known.</param>
public sealed record DeploymentPolicy(JsonObject Policy, IReadOnlyList<string> UnknownKinds)
{
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html. What is called on the stack itself.
    private static readonly string[] StackActions =
    [
        "cloudformation:ContinueUpdateRollback", "cloudformation:CreateChangeSet", "cloudformation:DeleteChangeSet", "cloudformation:DeleteStack", "cloudformation:DescribeChangeSet", "cloudformation:DescribeStackEvents",
        "cloudformation:DescribeStacks", "cloudformation:ExecuteChangeSet", "cloudformation:GetTemplate", "cloudformation:ListChangeSets", "cloudformation:ListStackResources", "cloudformation:TagResource", "cloudformation:UntagResource",
    ];

    /// <summary>The statement with what is only read before a deployment. Without it, checks are skipped.</summary>
    public const string PreflightStatement = "Preflight";

    /// <summary>The statement with what the live test does with its temporary resources.</summary>
    internal const string LiveTestStatement = "LiveTest";

    private const string LiveTestListsStatement = "LiveTestLists";

    private const string LogsStatement = "ProjectLogs";

    // What the preflight reads besides what the stack needs: names, quotas and roles; and the deliveries that the status shows.
    private static readonly string[] PreflightActions =
    [
        "cloudformation:DescribeAccountLimits", "cloudformation:ListStacks", "cloudwatch:GetMetricStatistics", "events:ListEventBuses", "events:ListRules", "iam:GetAccountSummary", "iam:GetRole", "iam:SimulatePrincipalPolicy",
        "schemas:ListRegistries", "schemas:ListSchemas", "servicequotas:GetServiceQuota",
    ];

    // What we call ourselves for a kind of resource, where CloudFormation does not: whether a function exists; whether a bucket is empty, and to empty it.
    private static readonly Dictionary<string, string[]> OwnCalls = new(StringComparer.Ordinal)
    {
        ["AWS::Lambda::Function"] = ["lambda:GetFunctionConfiguration"],
        ["AWS::S3::Bucket"] = ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:ListBucketVersions"],
    };

    // Actions for which IAM knows no resource, or whose resource is not known before. Alarms are read by one call, which IAM can authorize on all of them: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html.
    private static readonly HashSet<string> OfAnyResource = new(StringComparer.OrdinalIgnoreCase)
    {
        "batch:DescribeComputeEnvironments", "batch:DescribeJobDefinitions", "batch:DescribeJobQueues", "cloudwatch:DescribeAlarms", "ec2:DescribeLaunchTemplateVersions", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets", "ec2:DescribeVpcs", "events:PutPermission", "events:RemovePermission", "iam:CreateServiceLinkedRole", "kms:ListAliases", "lambda:CreateEventSourceMapping", "lambda:GetEventSourceMapping", "lambda:ListTags",
        "logs:CreateLogDelivery", "logs:DeleteIndexPolicy", "logs:DeleteResourcePolicy", "logs:DescribeDeliveries", "logs:DescribeIndexPolicies", "logs:DescribeLogGroups", "logs:DescribeResourcePolicies", "logs:PutIndexPolicy", "logs:PutResourcePolicy",
        "sns:GetSubscriptionAttributes", "sns:SetSubscriptionAttributes", "sns:Unsubscribe",
    };

    // What the stack of the bucket has, with what CloudFormation reads of a bucket: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html.
    private static readonly string[] BucketStackActions = ["s3:CreateBucket", "s3:DeleteBucket", "s3:GetBucketLocation", "s3:GetBucketPublicAccessBlock", "s3:GetBucketTagging", "s3:GetBucketVersioning", "s3:GetEncryptionConfiguration", "s3:PutBucketPublicAccessBlock", "s3:PutBucketTagging", "s3:PutEncryptionConfiguration", "s3:TagResource"];

    // Templates are uploaded, read by CloudFormation, and deleted with all their versions in the end.
    private static readonly string[] BucketActions = ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObject", "s3:ListBucket", "s3:ListBucketVersions", "s3:PutObject"];

    private const string PassRole = "iam:PassRole";

    // To which service a role of a resource is given.
    private static readonly Dictionary<string, string> RoleUsers = new(StringComparer.Ordinal)
    {
        [RuleParts.Kind] = "events.amazonaws.com",
        ["AWS::Lambda::Function"] = "lambda.amazonaws.com",
        ["AWS::Batch::JobDefinition"] = "ecs-tasks.amazonaws.com",
        ["AWS::Batch::ComputeEnvironment"] = "batch.amazonaws.com",
        ["AWS::SNS::Topic"] = "sns.amazonaws.com",
        ["AWS::SNS::Subscription"] = "sns.amazonaws.com",
    };

    /// <summary>The permissions of CloudFormation's handlers by the kind of resource, or the kind and a property (<c>AWS::Events::EventBus/KmsKeyIdentifier</c>).</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> Known { get; } = Read();

    /// <summary>That there are kinds of resources whose permissions are not known; null if there are none.</summary>
    public Message? Warning => UnknownKinds.Count == 0 ? null : ExportMessages.UnknownKinds(UnknownKinds);

    /// <summary>The policy for a project.</summary>
    /// <param name="folder">The full path of its folder.</param>
    /// <param name="query">The environment.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidProject"/>: the folder is not a project, or a file is not valid. <see cref="ErrorIds.InvalidArgument"/>: there is no such environment.</exception>
    public static DeploymentPolicy Of(string folder, ProjectEnvironmentQuery query)
    {
        (Project project, ProjectEnvironment environment) = query.Read(folder);
        return Of(ProjectTemplates.Build(project, environment), environment, project.Settings!);
    }

    /// <summary>The policy for a template.</summary>
    /// <param name="template">The template.</param>
    /// <param name="environment">Where it is deployed.</param>
    /// <param name="settings">The settings of the project.</param>
    /// <param name="bucketName">The S3 bucket for templates; null for one in a stack of its own.</param>
    public static DeploymentPolicy Of(ProjectTemplate template, ProjectEnvironment environment, ProjectSettings settings, string? bucketName = null)
    {
        IReadOnlyList<DeployedResource> resources = DeployedNames.Resources(template, environment, settings);
        SortedDictionary<string, SortedSet<string>> actions = new(StringComparer.Ordinal);
        Dictionary<string, List<DeployedResource>> users = new(StringComparer.Ordinal);
        List<DeployedResource> passing = [];
        SortedSet<string> others = new(StringComparer.Ordinal), unknown = new(StringComparer.Ordinal);
        foreach (DeployedResource resource in resources)
        {
            if (!Known.ContainsKey(resource.Kind))
                unknown.Add(resource.Kind);
            string[] needed = [.. Needed(resource)];
            if (needed.Contains(PassRole) && RoleUsers.ContainsKey(resource.Kind) && (resource.Kind != RuleParts.Kind || Document.Write(resource.Definition).Contains("RoleArn")))
                passing.Add(resource);
            others.UnionWith(needed.Where(OfAnyResource.Contains));
            foreach (IGrouping<string, string> service in needed.Where(action => action != PassRole && !OfAnyResource.Contains(action)).GroupBy(action => action.Split(':')[0], StringComparer.Ordinal))
            {
                if (!users.ContainsKey(service.Key))
                    (users[service.Key], actions[service.Key]) = ([], new SortedSet<string>(StringComparer.Ordinal));
                users[service.Key].Add(resource);
                actions[service.Key].UnionWith(service);
            }
        }

        DeployedArns arns = new(environment);
        string start = $"arn:{Partitions.Of(environment.Region)}", stacks = $"{start}:cloudformation:{environment.Region}:{environment.AccountId}";
        JsonArray statements = [Statement("Stack", StackActions, [$"{stacks}:stack/{template.StackName}/*", $"{stacks}:stack/{template.StackName}-*"])];
        foreach (KeyValuePair<string, SortedSet<string>> service in actions)
            statements.Add(Statement(Word(service.Key), [.. service.Value], service.Key == "iam" ? DeployedIdentities.Of(resources, environment, Prefix(template)) : arns.Of(service.Key, users[service.Key])));
        // Templates that do not fit into a call are read from a bucket.
        if (template.Nested.Count > 0 || TemplateSplit.Bytes(template.Root) > ProjectLimits.InlineTemplateBytes)
            statements.Add(bucketName is null ? Statement("Templates", [.. BucketStackActions, .. BucketActions], [$"{start}:s3:::{Prefix(template).ToLowerInvariant()}*"]) : Statement("Templates", BucketActions, [$"{start}:s3:::{bucketName}", $"{start}:s3:::{bucketName}/*"]));
        // A job definition or a compute environment can do without a role.
        if (DeployedIdentities.Passed(resources, passing, environment) is { Count: > 0 } roles && passing.Count > 0)
        {
            JsonObject pass = Statement("PassRoles", [PassRole], roles);
            pass["Condition"] = new JsonObject { ["StringEquals"] = new JsonObject { ["iam:PassedToService"] = List(passing.Select(resource => RoleUsers[resource.Kind]).Distinct(StringComparer.Ordinal).OrderBy(user => user, StringComparer.Ordinal)) } };
            statements.Add(pass);
        }

        if (others.Count > 0)
            statements.Add(Statement("AnyResource", [.. others], ["*"]));
        DeployedResource[] logs = [.. resources.Where(resource => resource.Kind == "AWS::Logs::LogGroup")];
        if (logs.Length > 0)
            statements.Add(Statement(LogsStatement, ["logs:FilterLogEvents"], [.. arns.Of("logs", logs).Where(arn => arn.EndsWith("*", StringComparison.Ordinal))]));
        statements.Add(Statement(LiveTestStatement, LivePermissions.Actions, LivePermissions.Resources(new TestPlace(environment.AccountId, environment.Region))));
        statements.Add(Statement(LiveTestListsStatement, LivePermissions.OfAnyResource, ["*"]));
        statements.Add(Statement(PreflightStatement, PreflightActions, ["*"]));
        return new DeploymentPolicy(new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = statements }, [.. unknown]);
    }

    /// <summary>The statements without which a deployment fails, and not just what is shown.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="hasTest">Whether the deployment ends with the live test.</param>
    internal static IEnumerable<JsonObject> Required(JsonObject policy, bool hasTest) =>
        policy["Statement"]!.AsArray().OfType<JsonObject>().Where(statement => statement.String("Sid") is not (PreflightStatement or LogsStatement) && (hasTest || statement.String("Sid") is not (LiveTestStatement or LiveTestListsStatement)));

    private static IEnumerable<string> Needed(DeployedResource resource)
    {
        IEnumerable<string> own = OwnCalls.TryGetValue(resource.Kind, out string[]? calls) ? calls : [];
        return !Known.TryGetValue(resource.Kind, out IReadOnlyList<string>? always) ? own
            : always.Concat(own).Concat(Known.Where(row => row.Key.StartsWith(resource.Kind + "/", StringComparison.Ordinal) && resource.At(row.Key.Substring(resource.Kind.Length)) is not null).SelectMany(row => row.Value)).Distinct(StringComparer.Ordinal);
    }

    // With it, CloudFormation begins the names that it chooses.
    private static string Prefix(ProjectTemplate template) => DeployedNames.Beginning(template.StackName, 64);

    private static string Word(string service) => char.ToUpperInvariant(service[0]) + service.Substring(1);

    private static JsonObject Statement(string id, IReadOnlyList<string> actions, IReadOnlyList<string> resources) => new() { ["Sid"] = id, ["Effect"] = "Allow", ["Action"] = List(actions), ["Resource"] = List(resources) };

    private static JsonNode List(IEnumerable<string> values) => ResourcePolicies.OneOrAll(values.Select(value => (JsonNode)value));

    private static Dictionary<string, IReadOnlyList<string>> Read()
    {
        using Stream stream = typeof(DeploymentPolicy).Assembly.GetManifestResourceStream("EventBridgeOps.Projects.permissions.txt")!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ')).ToDictionary(line => line[0], line => (IReadOnlyList<string>)line.Skip(1).ToArray(), StringComparer.Ordinal);
    }
}
