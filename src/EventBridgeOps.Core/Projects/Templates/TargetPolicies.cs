using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;

namespace EventBridgeOps.Projects.Templates;

/// <summary>The permissions of queues, topics, functions and log groups of the project to which rules send events, where the project does not declare them itself.</summary>
/// <remarks>
/// Nothing adds them when a rule is created (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html). A queue and a topic have one policy:
/// a second resource for it would overwrite the first, so a policy that the project declares is left as it is, and only checked.
/// </remarks>
internal sealed class TargetPolicies
{
    private const string LogPolicy = "EventLogsPolicy";

    private readonly StackParts _parts;
    private readonly DeclaredPolicies _declared;

    // What is made, by what it is for.
    private readonly SortedDictionary<string, string> _queues = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _topics = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<ProjectRule, List<string>> _before = [];

    public TargetPolicies(StackParts parts)
    {
        (_parts, _declared) = (parts, new DeclaredPolicies(parts));
        foreach (ProjectRule rule in parts.Project.Rules)
        {
            _before.Add(rule, []);
            foreach (ProjectTarget target in rule.Targets)
            {
                if (TargetKind.Of(parts, target.Arn) is { } kind)
                    Look(rule, target, kind, target.Arn, target.Pointer + "/arn");
                if (target.DeadLetterQueue?.Name is { } name)
                    _before[rule].Add(parts.Queues[name] + "Policy");
                else if (target.DeadLetterQueue?.Arn is { } queue)
                    Look(rule, target, TargetKind.Queue, queue, target.Pointer + "/deadLetterQueue/arn");
                else if (parts.Settings.DeadLetterQueue?.Name is not null)
                    _before[rule].Add(StackNames.DeadLetterQueue + "Policy");
                else if (parts.Settings.DeadLetterQueue?.Arn is { } shared)
                    Look(rule, target, TargetKind.Queue, shared, target.Pointer);
            }
        }
    }

    /// <summary>The permissions without which the first events of a rule would not be delivered.</summary>
    public IEnumerable<string> Before(ProjectRule rule) => _before[rule].Distinct(StringComparer.Ordinal).OrderBy(id => id, StringComparer.Ordinal);

    /// <summary>Adds the policies to the template.</summary>
    public void Add()
    {
        foreach (KeyValuePair<string, string> queue in _queues)
            _parts.Add(queue.Value, "AWS::SQS::QueuePolicy", new JsonObject { ["Queues"] = new JsonArray(Functions.Ref(queue.Key)), ["PolicyDocument"] = ResourcePolicies.Send(_parts, Functions.GetAtt(queue.Key, "Arn"), "sqs:SendMessage") });
        foreach (KeyValuePair<string, string> topic in _topics)
            _parts.Add(topic.Value, "AWS::SNS::TopicPolicy", new JsonObject { ["Topics"] = new JsonArray(Functions.Ref(topic.Key)), ["PolicyDocument"] = ResourcePolicies.Send(_parts, Functions.Ref(topic.Key), "sns:Publish") });
        if (_groups.Count > 0)
            _parts.Add(LogPolicy, "AWS::Logs::ResourcePolicy", new JsonObject { ["PolicyName"] = $"{_parts.Settings.Name}-{_parts.Environment.Name}-events", ["PolicyDocument"] = LogDocument() });
    }

    /// <summary>Adds the permissions of functions, which name the rule and come after it.</summary>
    public void AddFunctions(StackRule rule)
    {
        HashSet<string> known = [];
        _parts.Unit = rule.Unit;
        foreach (ProjectTarget target in rule.Rule?.Targets ?? [])
        {
            if (TargetKind.Of(_parts, target.Arn) != TargetKind.Function || Functions.Target(target.Arn) is not { } function || !_parts.Own.TryGetValue(function.Id, out JsonObject? resource) || _declared.HasPermission(function.Id) || !known.Add(function.Id))
                continue;
            _parts.Add($"{rule.Id}{function.Id}Permission", "AWS::Lambda::Permission", new JsonObject
            {
                ["FunctionName"] = resource.String("Type") == TargetKind.Function.Type ? Functions.Ref(function.Id) : target.Arn.DeepClone(),
                ["Action"] = "lambda:InvokeFunction",
                ["Principal"] = ResourcePolicies.EventBridge,
                ["SourceArn"] = Functions.GetAtt(rule.Id, "Arn"),
            });
        }

        _parts.Unit = null;
    }

    private void Look(ProjectRule rule, ProjectTarget target, TargetKind kind, JsonNode arn, string pointer)
    {
        if (Functions.Target(arn) is not { } reference || !_parts.Own.ContainsKey(reference.Id))
            return;
        if (kind == TargetKind.Queue)
            Look(rule, target, reference.Id, "sqs:SendMessage", _queues, pointer);
        else if (kind == TargetKind.Topic)
            Look(rule, target, reference.Id, "sns:Publish", _topics, pointer);
        else if (kind == TargetKind.LogGroup && !_declared.HasLogPolicy(reference.Id))
            Need(rule, _groups, reference.Id);
    }

    private void Need(ProjectRule rule, SortedSet<string> groups, string id)
    {
        groups.Add(id);
        _before[rule].Add(LogPolicy);
    }

    private void Look(ProjectRule rule, ProjectTarget target, string id, string action, SortedDictionary<string, string> made, string pointer)
    {
        JsonObject[] declared = [.. _declared.Of(id)];
        if (declared.Length == 0)
            _before[rule].Add(made[id] = id + "EventsPolicy");
        else if (!declared.Any(policy => _declared.Allows(policy, action, rule)))
            _parts.Warn($"{rule.Name}/{target.Id}", rule.File, pointer, TemplateMessages.PolicyDoesNotAllow(id, action, rule.Name), isFault: true);
    }

    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html: the policy of log groups has two principals.
    private JsonObject LogDocument()
    {
        string[] groups = [.. _groups.Select(group => $"arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:${{{group}}}:*")];
        JsonObject statement = new()
        {
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["Service"] = new JsonArray(ResourcePolicies.EventBridge, "delivery.logs.amazonaws.com") },
            ["Action"] = new JsonArray("logs:CreateLogStream", "logs:PutLogEvents"),
            ["Resource"] = ResourcePolicies.OneOrAll(groups.Select(group => (JsonNode)group)),
        };
        return Functions.Sub(Document.Write(ResourcePolicies.Document(statement)));
    }
}
