using System.Text;
using System.Text.RegularExpressions;
using EventBridgeOps.Installation;

namespace EventBridgeOps.Projects.Templates;

/// <summary>Names of resources, which stay the same when others are added.</summary>
internal static class LogicalIds
{
    private static readonly Regex Simple = new(@"\A[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The logical ID of a resource: letters and digits, as in https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html.</summary>
    /// <param name="name">The name that a project gives it.</param>
    /// <param name="kind">What follows the name.</param>
    /// <param name="taken">Whether the resources of the project have that ID.</param>
    /// <remarks>Only names of words in small letters stay apart by their letters alone; others get a digest.</remarks>
    public static string Of(string name, string kind, Func<string, bool> taken)
    {
        string words = string.Concat(name.Split('-', '.', '_').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
        if (words.Length == 0 || !char.IsLetter(words[0]))
            words = "X" + words;
        return Simple.IsMatch(name) && !taken(words + kind) ? words + kind : words + Digest(name) + kind;
    }

    /// <summary>A name in a service with a shorter limit: its beginning and a digest if it is too long.</summary>
    /// <param name="name">The name.</param>
    /// <param name="most">The most characters.</param>
    public static string Shortened(string name, int most) => name.Length <= most ? name : $"{name.Substring(0, most - 9)}-{Digest(name)}";

    /// <summary>Eight hexadecimal digits of the SHA-256 digest of a text.</summary>
    public static string Digest(string text) => ContentDigest.Sha256(Encoding.UTF8.GetBytes(text)).Substring(0, 8);
}
