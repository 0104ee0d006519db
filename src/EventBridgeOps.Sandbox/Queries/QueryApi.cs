using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Queries;

/// <summary>What is particular to one service in AWS's query protocol.</summary>
internal sealed class QueryApi
{
    public QueryApi(string service, string version, string xmlNamespace)
    {
        (Service, Version, Namespace) = (service, version, xmlNamespace);
        Protocol = new QueryProtocol(this);
    }

    /// <summary>The service's name in a credential scope.</summary>
    public string Service { get; }

    /// <summary>The version of the API, by which a form names the service too.</summary>
    public string Version { get; }

    public string Namespace { get; }

    public Protocol Protocol { get; }

    public IReadOnlyList<QueryMember> Members { get; init; } = [];

    /// <summary>The members of structures that are numbers; in a form everything is text.</summary>
    public IReadOnlyCollection<string> Numbers { get; init; } = [];

    /// <summary>The members of structures that are true or false.</summary>
    public IReadOnlyCollection<string> Flags { get; init; } = [];

    /// <summary>The operations whose answer has no result element.</summary>
    public IReadOnlyCollection<string> Silent { get; init; } = [];

    /// <summary>The operations that need no signature.</summary>
    public IReadOnlyCollection<string> Unsigned { get; init; } = [];

    /// <summary>The member that a form names so.</summary>
    public QueryMember? OnWire(string name, string operation) => Find(member => !member.IsAnswer && member.WireName(operation) == name, operation);

    /// <summary>The member with this name in a document.</summary>
    public QueryMember? Named(string name, string operation) => Find(member => member.Name == name, operation);

    private QueryMember? Find(Func<QueryMember, bool> isIt, string operation) => Members.FirstOrDefault(member => member.IsIn(operation) && isIt(member));
}
