namespace EventBridgeOps.Completion;

/// <summary>The kind of a name.</summary>
public enum NameKind
{
    /// <summary>An event bus.</summary>
    EventBus,

    /// <summary>A rule.</summary>
    Rule,

    /// <summary>A target's id within its rule.</summary>
    Target,

    /// <summary>A job definition, without a revision.</summary>
    JobDefinition,

    /// <summary>A repository of Amazon ECR.</summary>
    Repository,

    /// <summary>A tag in a repository of Amazon ECR.</summary>
    ImageTag,

    /// <summary>A cluster of Amazon ECS.</summary>
    Cluster,

    /// <summary>A service of Amazon ECS.</summary>
    Service,

    /// <summary>A job's id in the store of MVP jobs.</summary>
    Job,

    /// <summary>A change's id in the journal.</summary>
    Change,

    /// <summary>A profile of the shared AWS configuration files.</summary>
    Profile,

    /// <summary>An AWS region.</summary>
    Region,
}
