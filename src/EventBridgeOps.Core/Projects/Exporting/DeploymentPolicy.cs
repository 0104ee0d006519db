using System.Text;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;
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
        "cloudformation:CreateChangeSet", "cloudformation:DeleteChangeSet", "cloudformation:DeleteStack", "cloudformation:DescribeChangeSet", "cloudformation:DescribeStackEvents",
        "cloudformation:DescribeStacks", "cloudformation:ExecuteChangeSet", "cloudformation:GetTemplate", "cloudformation:ListStackResources", "cloudformation:TagResource", "cloudformation:UntagResource",
    ];

    /// <summary>The statement with what is only read before a deployment. Without it, checks are skipped.</summary>
    public const string PreflightStatement = "Preflight";

    // What the preflight reads besides what the stack needs: names, quotas and roles.
    private static readonly string[] PreflightActions =
    [
        "cloudformation:DescribeAccountLimits", "cloudformation:ListStacks", "events:ListEventBuses", "events:ListRules", "iam:GetAccountSummary", "iam:GetRole", "iam:SimulatePrincipalPolicy",
        "schemas:ListRegistries", "schemas:ListSchemas", "servicequotas:GetServiceQuota",
    ];

    // Actions for which IAM knows no resource, or whose resource is not known before: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html.
    private static readonly HashSet<string> OfAnyResource = new(StringComparer.OrdinalIgnoreCase)
    {
        "batch:DescribeComputeEnvironments", "batch:DescribeJobDefinitions", "batch:DescribeJobQueues", "ec2:DescribeLaunchTemplateVersions", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets", "ec2:DescribeVpcs", "iam:CreateServiceLinkedRole", "kms:ListAliases", "lambda:CreateEventSourceMapping", "lambda:GetEventSourceMapping", "lambda:ListTags",
        "logs:DeleteResourcePolicy", "logs:DescribeDeliveries", "logs:DescribeLogGroups", "logs:DescribeResourcePolicies", "logs:PutResourcePolicy", "sns:Unsubscribe",
    };

    // What the stack of the bucket has, with what CloudFormation reads of a bucket: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html.
    private static readonly string[] BucketStackActions = ["s3:CreateBucket", "s3:DeleteBucket", "s3:GetBucketLocation", "s3:GetBucketPublicAccessBlock", "s3:GetBucketTagging", "s3:GetBucketVersioning", "s3:GetEncryptionConfiguration", "s3:PutBucketPublicAccessBlock", "s3:PutBucketTagging", "s3:PutEncryptionConfiguration", "s3:TagResource"];

    // Templates are uploaded, read by CloudFormation, and deleted with all their versions in the end.
    private static readonly string[] BucketActions = ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObject", "s3:ListBucket", "s3:ListBucketVersions", "s3:PutObject"];

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
        JsonObject[] resources = [.. new[] { template.Root }.Concat(template.Nested.Values).SelectMany(each => each["Resources"]!.AsObject()).Select(each => each.Value!.AsObject())];
        SortedSet<string> actions = new(StringComparer.Ordinal), users = new(StringComparer.Ordinal), unknown = new(StringComparer.Ordinal);
        foreach (JsonObject resource in resources)
        {
            string kind = resource.String("Type")!;
            if (!Known.TryGetValue(kind, out IReadOnlyList<string>? always))
            {
                unknown.Add(kind);
                continue;
            }

            string[] needed = [.. always, .. Known.Where(row => row.Key.StartsWith(kind + "/", StringComparison.Ordinal) && Has(resource["Properties"], row.Key.Substring(kind.Length))).SelectMany(row => row.Value)];
            actions.UnionWith(needed);
            if (needed.Contains("iam:PassRole") && RoleUsers.TryGetValue(kind, out string? user) && (kind != RuleParts.Kind || Document.Write(resource).Contains("RoleArn")))
                users.Add(user);
        }

        actions.Remove("iam:PassRole");
        string start = $"arn:{Partitions.Of(environment.Region)}";
        JsonArray statements = [Statement("Stack", StackActions, [$"{start}:cloudformation:{environment.Region}:{environment.AccountId}:stack/{template.StackName}/*", $"{start}:cloudformation:{environment.Region}:{environment.AccountId}:stack/{template.StackName}-*"])];
        foreach (IGrouping<string, string> service in actions.Where(action => !OfAnyResource.Contains(action)).GroupBy(action => action.Split(':')[0], StringComparer.Ordinal))
            statements.Add(Statement(Word(service.Key), [.. service], service.Key == "iam" ? DeployedIdentities.Of(resources, Prefix(template), environment, settings) : Resources(service.Key, start, environment)));
        // Templates that do not fit into a call are read from a bucket.
        if (template.Nested.Count > 0 || TemplateSplit.Bytes(template.Root) > ProjectLimits.InlineTemplateBytes)
            statements.Add(bucketName is null ? Statement("Templates", [.. BucketStackActions, .. BucketActions], [$"{start}:s3:::{Prefix(template).ToLowerInvariant()}*"]) : Statement("Templates", BucketActions, [$"{start}:s3:::{bucketName}", $"{start}:s3:::{bucketName}/*"]));
        if (users.Count > 0)
        {
            JsonObject pass = Statement("PassRoles", ["iam:PassRole"], [$"{start}:iam::{environment.AccountId}:role/*"]);
            pass["Condition"] = new JsonObject { ["StringEquals"] = new JsonObject { ["iam:PassedToService"] = List(users) } };
            statements.Add(pass);
        }

        string[] others = [.. actions.Where(OfAnyResource.Contains)];
        if (others.Length > 0)
            statements.Add(Statement("AnyResource", others, ["*"]));
        statements.Add(Statement(PreflightStatement, PreflightActions, ["*"]));
        return new DeploymentPolicy(new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = statements }, [.. unknown]);
    }

    private static IReadOnlyList<string> Resources(string service, string start, ProjectEnvironment environment) => service switch
    {
        "s3" => [$"{start}:s3:::*"],
        "schemas" => [$"{start}:schemas:{environment.Region}:{environment.AccountId}:registry/*", $"{start}:schemas:{environment.Region}:{environment.AccountId}:schema/*"],
        _ => [$"{start}:{service}:{environment.Region}:{environment.AccountId}:*"],
    };

    // With it, CloudFormation begins the names that it chooses: all of the name of the stack, or its first characters.
    private static string Prefix(ProjectTemplate template) => template.StackName.Length <= 24 ? template.StackName : template.StackName.Substring(0, 24);

    private static bool Has(JsonNode? properties, string path) => JsonPointers.Find(properties, path) is not null;

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
