using System.Text;

namespace EventBridgeOps.Projects.Making;

/// <summary>Names of projects.</summary>
internal static class ProjectNames
{
    private const int Longest = 48;
    private const string Otherwise = "project";

    public static bool IsName(string name) => name.Length is > 0 and <= Longest && IsLetter(name[0]) && name.All(letter => IsLetter(letter) || letter is (>= '0' and <= '9') or '-');

    public static bool IsAccount(string text) => text.Length == 12 && text.All(letter => letter is >= '0' and <= '9');

    /// <summary>A name for the project in a folder.</summary>
    public static string Of(string folder)
    {
        StringBuilder name = new();
        foreach (char letter in Path.GetFileName(folder.TrimEnd('/', '\\')))
            name.Append(IsLetter(letter) || letter is >= '0' and <= '9' ? letter : '-');
        string made = name.ToString().Trim('-');
        made = made.Length > Longest ? made.Substring(0, Longest) : made;
        return IsName(made) ? made : Otherwise;
    }

    private static bool IsLetter(char letter) => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
