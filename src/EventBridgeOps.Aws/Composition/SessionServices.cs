using System.Collections.Concurrent;
using EventBridgeOps.Aws.Sessions;

namespace EventBridgeOps.Aws.Composition;

/// <summary>The services of one session, each made on first use, once, and closed with the session.</summary>
/// <param name="registry">How they are made.</param>
/// <param name="options">The options of the session.</param>
/// <param name="connection">Makes the clients of the session.</param>
internal sealed class SessionServices(ServiceRegistry registry, SessionOptions options, SessionConnection connection) : IDisposable
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _made = new();

    public SessionOptions Options => options;

    public SessionConnection Connection => connection;

    public SessionHost Host => options.Host;

    public string Region => connection.Region;

    /// <summary>A service. It can be asked for from several threads at once.</summary>
    public T Get<T>() where T : class => (T)_made.GetOrAdd(typeof(T), type => new Lazy<object>(() => registry.Make(type, this))).Value;

    public void Dispose()
    {
        foreach (IDisposable made in _made.Values.Where(made => made.IsValueCreated).Select(made => made.Value).OfType<IDisposable>())
            made.Dispose();
        connection.Dispose();
    }
}
