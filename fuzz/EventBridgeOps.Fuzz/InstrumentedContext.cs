using System.Reflection;
using System.Runtime.Loader;
using EventBridgeOps.Patterns;
using SharpFuzz;

namespace EventBridgeOps.Fuzz;

/// <summary>This program once more, on a copy of the pattern engine that notes each branch that it takes.</summary>
internal sealed class InstrumentedContext : AssemblyLoadContext
{
    private readonly string _engine;

    public InstrumentedContext(string folder) : base("instrumented")
    {
        string original = typeof(EventPattern).Assembly.Location;
        _engine = Path.Combine(folder, Path.GetFileName(original));
        File.Copy(original, _engine, overwrite: true);
        Console.WriteLine($"{Fuzzer.Instrument(_engine, _ => true, Options.Value).Count()} types are instrumented.");
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name == typeof(EventPattern).Assembly.GetName().Name ? LoadFromAssemblyPath(_engine) : null;
}
