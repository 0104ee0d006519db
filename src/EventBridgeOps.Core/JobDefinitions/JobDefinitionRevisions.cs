namespace EventBridgeOps.JobDefinitions;

/// <summary>The revisions of one job definition name, as far as AWS Batch still knows them.</summary>
/// <param name="Name">The name without a revision.</param>
/// <param name="Active">The revisions that a job can be submitted with.</param>
/// <param name="Inactive">Deregistered revisions; asked for only where <see cref="Active"/> does not answer the question. Batch keeps them for about 180 days.</param>
public sealed record JobDefinitionRevisions(string Name, IReadOnlyCollection<int> Active, IReadOnlyCollection<int> Inactive)
{
    /// <summary>The highest ACTIVE revision, by number, because the order of the service is not reliable. Null if none is ACTIVE.</summary>
    public int? Latest => Active.Count == 0 ? null : Active.Max();
}
