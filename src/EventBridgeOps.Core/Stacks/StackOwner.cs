using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Stacks;

/// <summary>Tells our stacks from other stacks, which are neither changed nor deleted.</summary>
internal abstract class StackOwner
{
    /// <summary>Whether a stack is ours.</summary>
    /// <param name="stack">The stack.</param>
    /// <returns>Null if only its template shows it.</returns>
    public abstract bool? Owns(Stack stack);

    /// <summary>Whether a template is ours.</summary>
    /// <param name="template">Its text.</param>
    public virtual bool Wrote(string template) => false;

    /// <summary>What is said of another stack.</summary>
    /// <param name="name">Its name.</param>
    public abstract Message NotOurs(string name);
}
