using System.Collections.Concurrent;

namespace EventBridgeOps.Changes;

/// <summary>What runs that write nothing would have written, so that the next one starts from it: to undo two changes of one target, for example.</summary>
internal sealed class PreviewedWrites
{
    private readonly ConcurrentDictionary<(string Region, ResourceId Resource), ResourceDocument> _documents = [];

    /// <summary>The document that would be there now; null if none would have been written.</summary>
    public ResourceDocument? Find(string region, ResourceId resource) => _documents.TryGetValue((region, resource), out ResourceDocument? document) ? document : null;

    public void Add(string region, ResourceId resource, ResourceDocument document) => _documents[(region, resource)] = document;
}
