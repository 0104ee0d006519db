namespace EventBridgeOps.Changes;

/// <summary>Names one resource that a change writes.</summary>
/// <param name="Kind">The kind of resource.</param>
/// <param name="Name">
/// The event bus, the rule and the ID of a target, with slashes between them; the name of a job definition; the name and revision of a
/// revision or task definition; cluster and service; queue and message. Rule names and target IDs cannot contain a slash, names and ARNs of event buses can:
/// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html.
/// </param>
public sealed record ResourceId(ChangeItemKind Kind, string Name)
{
    /// <summary>A target of a rule.</summary>
    /// <param name="eventBusName">The bus's name or ARN.</param>
    /// <param name="ruleName">The rule's name.</param>
    /// <param name="targetId">The target's id within its rule.</param>
    public static ResourceId Target(string eventBusName, string ruleName, string targetId) => new(ChangeItemKind.Target, $"{eventBusName}/{ruleName}/{targetId}");

    /// <summary>A job definition that gets a new revision.</summary>
    /// <param name="name">Its name.</param>
    public static ResourceId JobDefinition(string name) => new(ChangeItemKind.Registration, name);

    /// <summary>A revision that is deregistered.</summary>
    /// <param name="reference">Name and revision: <c>app:12</c>.</param>
    public static ResourceId Revision(string reference) => new(ChangeItemKind.Deregistration, reference);

    /// <summary>A revision of a task definition from which a new one is made.</summary>
    /// <param name="reference">Family and revision: <c>app:12</c>.</param>
    public static ResourceId TaskDefinition(string reference) => new(ChangeItemKind.TaskDefinition, reference);

    /// <summary>A service.</summary>
    /// <param name="clusterName">The cluster's name.</param>
    /// <param name="serviceName">The service's name.</param>
    public static ResourceId Service(string clusterName, string serviceName) => new(ChangeItemKind.Service, $"{clusterName}/{serviceName}");

    /// <summary>A message of a dead-letter queue.</summary>
    /// <param name="queueName">The queue's name.</param>
    /// <param name="messageId">The ID of the message.</param>
    public static ResourceId DeadLetter(string queueName, string messageId) => new(ChangeItemKind.DeadLetter, $"{queueName}/{messageId}");

    /// <summary>The bus's name or ARN; empty for all but a target.</summary>
    public string EventBusName => Part(0);

    /// <summary>The rule's name; empty for all but a target.</summary>
    public string RuleName => Part(1);

    /// <summary>The target's id within its rule; empty for all but a target.</summary>
    public string TargetId => Part(2);

    /// <summary>The job definition's name; null for all but a job definition.</summary>
    public string? JobDefinitionName => Kind switch
    {
        ChangeItemKind.Target or ChangeItemKind.TaskDefinition or ChangeItemKind.Service or ChangeItemKind.DeadLetter => null,
        ChangeItemKind.Deregistration => Name.Substring(0, Math.Max(0, Name.LastIndexOf(':'))),
        _ => Name,
    };

    /// <summary>The cluster's name; null for all but a service.</summary>
    public string? ClusterName => Kind == ChangeItemKind.Service ? Name.Substring(0, Math.Max(0, Name.IndexOf('/'))) : null;

    /// <summary>The service's name; null for all but a service.</summary>
    public string? ServiceName => Kind == ChangeItemKind.Service ? Name.Substring(Name.IndexOf('/') + 1) : null;

    /// <summary>The name of the queue; null for all but a dead letter.</summary>
    internal string? QueueName => Kind == ChangeItemKind.DeadLetter ? Name.Substring(0, Math.Max(0, Name.IndexOf('/'))) : null;

    /// <summary>What it is if it is neither a target nor a job definition, for tables; null for these two.</summary>
    internal string? OtherResource => Kind switch
    {
        ChangeItemKind.TaskDefinition => "task definition",
        ChangeItemKind.Service => "service " + ServiceName,
        ChangeItemKind.DeadLetter => "dead letter",
        _ => null,
    };

    /// <summary>Bus, rule and target ID; for others a prefix that says what it is, such as <c>job-definition/name</c>.</summary>
    public override string ToString() => Kind switch
    {
        ChangeItemKind.Target => Name,
        ChangeItemKind.TaskDefinition => "task-definition/" + Name,
        ChangeItemKind.Service => "service/" + Name,
        ChangeItemKind.DeadLetter => "dead-letter/" + Name,
        _ => "job-definition/" + Name,
    };

    private string Part(int number)
    {
        if (Kind != ChangeItemKind.Target)
            return "";
        int id = Name.LastIndexOf('/');
        int rule = id > 0 ? Name.LastIndexOf('/', id - 1) : -1;
        return rule < 0 ? "" : number switch
        {
            0 => Name.Substring(0, rule),
            1 => Name.Substring(rule + 1, id - rule - 1),
            _ => Name.Substring(id + 1),
        };
    }
}
