using EventBridgeOps.Help.Pages;

namespace EventBridgeOps.Help;

/// <summary>Makes the shell's help of the pages under docs, or brings up to date what the pages take from the commands.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is not [("make" or "refresh") and string task, string root])
        {
            Console.Error.WriteLine("usage: EventBridgeOps.Help make|refresh <the repository's folder>");
            return 2;
        }

        try
        {
            IReadOnlyDictionary<string, string> texts = task == "make" ? HelpFiles.Make(root) : await DerivedText.MakeAsync(root);
            foreach ((string file, string text) in texts)
            {
                string path = Path.Combine(root, file);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                if (task == "make" || !File.Exists(path) || await File.ReadAllTextAsync(path) != text)
                    await File.WriteAllTextAsync(path, text);
            }

            return 0;
        }
        catch (PageException e)
        {
            // In the form in which MSBuild and editors know an error's place.
            foreach (PageProblem problem in e.Problems)
                Console.Error.WriteLine($"{Path.Combine(root, problem.File)}({problem.Line}): error EBHELP: {problem.Message}");
            return 1;
        }
    }
}
