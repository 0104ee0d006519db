using System.Globalization;
using System.Reflection;
using EventBridgeOps.Fuzz;

// dotnet run -c Release --project fuzz/EventBridgeOps.Fuzz -- COUNT [SEED] [FOLDER]
// dotnet run -c Release --project fuzz/EventBridgeOps.Fuzz -- replay FOLDER/NAME
if (args is ["replay", string name])
    return Fuzzing.Replay(name);
if (args.Length is 0 or > 3 || !long.TryParse(args[0], CultureInfo.InvariantCulture, out long count))
{
    Console.Error.WriteLine(
        """
        dotnet run -c Release --project fuzz/EventBridgeOps.Fuzz -- COUNT [SEED] [FOLDER]   tries so many mutated patterns and events
        dotnet run -c Release --project fuzz/EventBridgeOps.Fuzz -- replay FOLDER/NAME      tries one again that failed
        """);
    return 1;
}

int seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
string folder = Directory.CreateDirectory(args.Length > 2 ? args[2] : Path.Combine(Path.GetTempPath(), "ebops-fuzz")).FullName;
Coverage.Start();
MethodInfo run = new InstrumentedContext(folder).LoadFromAssemblyPath(Assembly.GetExecutingAssembly().Location).GetType(typeof(Fuzzing).FullName!)!.GetMethod(nameof(Fuzzing.Run))!;
return (int)run.Invoke(null, [count, seed, folder])!;
