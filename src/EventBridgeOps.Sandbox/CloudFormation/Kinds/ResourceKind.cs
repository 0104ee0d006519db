using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

/// <summary>How the resources of one type are made, changed and removed: with the operations of their service.</summary>
internal abstract class ResourceKind
{
    /// <summary>For example <c>AWS::SQS::Queue</c>.</summary>
    public abstract string Type { get; }

    /// <summary>The property that names the resource; null if it has no such property.</summary>
    public virtual string? NameProperty => null;

    /// <summary>Whether CloudFormation sets its own tags on the resource, as the schema of the type says.</summary>
    public virtual bool HasSystemTags => false;

    /// <summary>The properties whose change replaces the resource, beside those of the schema.</summary>
    public virtual IEnumerable<string> AlsoReplacing => [];

    /// <summary>Whether an update gives the resource another physical ID, so that what refers to it changes too.</summary>
    public virtual bool IsRenewed => false;

    /// <summary>Whether the resource is a stack: it takes more than one step, and each update of the outer stack looks at it again.</summary>
    public virtual bool IsNested => false;

    /// <summary>Makes the resource. The physical ID is set as soon as something exists, so that a rollback finds it.</summary>
    /// <exception cref="AwsError">The service refuses it.</exception>
    public abstract void Create(ResourceWork work);

    /// <summary>Changes the resource to its new properties.</summary>
    /// <exception cref="AwsError">The service refuses it.</exception>
    public abstract void Update(ResourceWork work);

    /// <summary>Changes the resource to what it was before an update that failed.</summary>
    /// <exception cref="AwsError">The service refuses it.</exception>
    public virtual void Restore(ResourceWork work) => Update(work);

    /// <summary>Whether what was begun is done.</summary>
    /// <exception cref="AwsError">It failed.</exception>
    public virtual bool IsDone(ResourceWork work, ResourceAction action) => true;

    /// <summary>Removes the resource.</summary>
    /// <exception cref="AwsError">The service refuses it; a resource that is not there any more is removed too.</exception>
    public abstract void Delete(ResourceWork work);

    /// <summary>The attributes of the resource that are not its properties.</summary>
    public virtual RawDocument Attributes(ResourceWork work) => RawDocument.Empty;
}
