using System.Text.RegularExpressions;

namespace EventBridgeOps.Architecture.Tests;

/// <summary>Forms that a native engineer would not say aloud, in the pages, in the help and in the comments of the product.</summary>
public sealed partial class PlainEnglish
{
    private static readonly string[] Kinds = [".cs", ".md", ".ps1", ".psd1", ".psm1", ".ps1xml", ".yml"];

    public static TheoryData<string> Folders => ["", "src", "build", "docs", "module", "bench"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Texts_are_plain(string folder)
    {
        SearchOption depth = folder.Length == 0 ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories;
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(Product.Root, folder), "*", depth).Where(file => Kinds.Contains(Path.GetExtension(file)) && !IsOutput(file))];
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Null(Fault(File.ReadAllText(file))));
    }

    private static bool IsOutput(string file) => file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    /// <summary>The first such form in a text, with what to write instead; null when there is none.</summary>
    public static string? Fault(string text)
    {
        foreach ((Regex form, string instead) in Forms)
        {
            if (form.Match(text) is { Success: true } match)
                return $"'{match.Value}' in \"{Around(text, match.Index)}\": {instead}";
        }

        return null;
    }

    private static readonly (Regex Form, string Instead)[] Forms =
    [
        (NoKind(), "write \"is not a valid ...\" or \"is not a ...\""),
        (Archaic(), "write it as AWS's documentation would"),
        (Nobody(), "say who or what"),
        (Back(), "write \"restored\" or \"rolled back\""),
        (Alone(), "write \"not changed\" or \"skipped\""),
        (Took(), "write \"accepted\", \"rejected\" or \"reported\""),
    ];

    private static string Around(string text, int index) => text.Substring(Math.Max(0, index - 40), Math.Min(100, text.Length - Math.Max(0, index - 40))).ReplaceLineEndings(" ");

    [GeneratedRegex(@"(?<!\bthere )\b(is|are|was|were|be) (no|none)\b(?! longer| more| such| later| earlier| less| different| need| other)", RegexOptions.IgnoreCase)]
    private static partial Regex NoKind();

    [GeneratedRegex(@"\b(goes before|go before|of that name|as (it|they) should be|how (it|they) stands?|broken off|(comes?|came) to (its|an|their) end|could be had|whom|naught|underfoot|anew|lest|it was so already|for it is|be it that|of one's own|at hand|in vain|have \w+:\w+ added|the whole way|only so many|again and again|take one away|take it out|stays, for|in earnest|meanwhile)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Archaic();

    [GeneratedRegex(@"\b(somebody|nobody|nothing is known)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Nobody();

    [GeneratedRegex(@"\b(put|puts|putting|be put) (it |them |all |everything |what \w+ )?back\b", RegexOptions.IgnoreCase)]
    private static partial Regex Back();

    [GeneratedRegex(@"\b(left|leaves?|leaving) (\w+ )?alone\b", RegexOptions.IgnoreCase)]
    private static partial Regex Alone();

    [GeneratedRegex(@"\b(did not take|was not taken|is not taken|are not taken|not take (it|them)|cannot be told|is told|are told|was told|tells? of)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Took();
}
