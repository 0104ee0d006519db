using EventBridgeOps.Events.Rules;

namespace EventBridgeOps.Events.Tests.Templates;

/// <summary>A template in a file, as users have it.</summary>
internal static class TemplateFile
{
    public static IReadOnlyList<RuleSummary> Read(string template, RecordingObserver run, params (string Name, string Value)[] parameters)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, template);
        try
        {
            return ReadFile(path, run, parameters);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static IReadOnlyList<RuleSummary> ReadFile(string path, RecordingObserver run, params (string Name, string Value)[] parameters) =>
        RuleFile.ReadAsync([path], parameters.ToDictionary(pair => pair.Name, pair => pair.Value), run, TestContext.Current.CancellationToken).GetAwaiter().GetResult();

    public static string Case(string name) => Path.Combine(AppContext.BaseDirectory, "Cases", name);
}
