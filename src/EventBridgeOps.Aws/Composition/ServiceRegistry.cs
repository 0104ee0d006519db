namespace EventBridgeOps.Aws.Composition;

/// <summary>How each service of a session is made: one line for each. Nothing is made by reflection, so a program can be trimmed.</summary>
internal sealed class ServiceRegistry
{
    private readonly Dictionary<Type, Func<SessionServices, object>> _makers = [];

    /// <summary>The services of the product.</summary>
    public static ServiceRegistry Product { get; } = new ServiceRegistry().AddPorts().AddTargets().AddChanges().AddEvents().AddJobs().AddAutomation().AddInstallation().AddProjects();

    /// <summary>What can be asked for.</summary>
    public IEnumerable<Type> Services => _makers.Keys;

    /// <summary>Adds a service.</summary>
    /// <param name="make">Makes it on first use, from other services.</param>
    public ServiceRegistry Add<T>(Func<SessionServices, T> make) where T : class
    {
        _makers.Add(typeof(T), make);
        return this;
    }

    /// <summary>Makes a service.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public object Make(Type service, SessionServices session) =>
        _makers.TryGetValue(service, out Func<SessionServices, object>? make) ? make(session) : throw new InvalidOperationException($"{service} is not registered.");
}
