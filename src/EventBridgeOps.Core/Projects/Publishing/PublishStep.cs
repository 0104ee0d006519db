namespace EventBridgeOps.Projects.Publishing;

/// <summary>The steps of a publication, in their order.</summary>
public enum PublishStep : long
{
    /// <summary>The project is checked offline.</summary>
    Check,

    /// <summary>The rollback of the last update, which failed, is continued.</summary>
    Rollback,

    /// <summary>Credentials, permissions, names and quotas are checked.</summary>
    Preflight,

    /// <summary>CloudFormation plans the changes.</summary>
    Plan,

    /// <summary>CloudFormation makes the changes.</summary>
    Apply,

    /// <summary>What was published is recorded in the project.</summary>
    Record,

    /// <summary>What was deployed is read back.</summary>
    Verify,

    /// <summary>The examples are sent through a temporary event bus.</summary>
    Test,
}
