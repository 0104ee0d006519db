using System.Text.RegularExpressions;

namespace EventBridgeOps.Help.Pages;

/// <summary>
/// A page under docs. Its form is a narrow one of markdown, so that it reads well on a forge and as plain text: a title, sections, paragraphs, bullets, tables
/// and fenced code; in the words code, stress and links. Anything else is refused with its line, not guessed at.
/// </summary>
/// <param name="File">The page, from the repository's root.</param>
/// <param name="Title">The title.</param>
/// <param name="Blocks">What stands before the first section.</param>
/// <param name="Sections">The sections, in order.</param>
internal sealed partial record Page(string File, string Title, IReadOnlyList<Block> Blocks, IReadOnlyList<Section> Sections)
{
    public static Page Read(string root, string file) => Parse(file, System.IO.File.ReadAllText(Path.Combine(root, file)));

    public static Page Parse(string file, string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        if (!lines[0].StartsWith("# ", StringComparison.Ordinal))
            throw new PageException(file, 1, PageMessages.NoTitle());
        List<Block> before = [];
        List<Section> sections = [];
        List<Block> current = before;
        int at = 1;
        while (at < lines.Length)
        {
            if (lines[at].Length == 0)
            {
                at++;
            }
            else if (lines[at].StartsWith("## ", StringComparison.Ordinal))
            {
                current = [];
                sections.Add(new Section(at + 1, lines[at++][3..], current));
            }
            else
            {
                current.Add(ReadBlock(file, lines, ref at));
            }
        }

        return new Page(file, lines[0][2..], before, sections);
    }

    public Section? Find(string title) => Sections.FirstOrDefault(section => section.Title == title);

    private static Block ReadBlock(string file, string[] lines, ref int at)
    {
        int first = at;
        string line = lines[at];
        if (line.StartsWith("```", StringComparison.Ordinal))
            return ReadCode(file, lines, ref at);
        if (line.StartsWith('|'))
            return ReadTable(file, lines, ref at);
        if (line.StartsWith("* ", StringComparison.Ordinal))
        {
            List<string> items = [];
            for (; at < lines.Length && lines[at].Length > 0; at++)
            {
                if (lines[at].StartsWith("* ", StringComparison.Ordinal))
                    items.Add(lines[at][2..]);
                else if (lines[at].StartsWith("  ", StringComparison.Ordinal) && lines[at][2] != ' ')
                    items[^1] += " " + lines[at][2..];
                else
                    throw new PageException(file, at + 1, PageMessages.BadListLine());
            }

            return new Bullets(first + 1, [.. items.Select(item => Checked(file, first + 1, item))]);
        }

        if (Unknown().Match(line) is { Success: true } unknown)
            throw new PageException(file, at + 1, PageMessages.UnknownBlock(unknown.Value.Trim()));
        List<string> words = [];
        for (; at < lines.Length && lines[at].Length > 0 && !lines[at].StartsWith("```", StringComparison.Ordinal) && !lines[at].StartsWith('|'); at++)
            words.Add(lines[at]);
        return new Paragraph(first + 1, Checked(file, first + 1, string.Join(' ', words)));
    }

    private static Code ReadCode(string file, string[] lines, ref int at)
    {
        int first = at;
        int end = Array.IndexOf(lines, "```", at + 1);
        if (end < 0)
            throw new PageException(file, first + 1, PageMessages.CodeNotClosed());
        at = end + 1;
        return new Code(first + 1, lines[first][3..], string.Join('\n', lines[(first + 1)..end]));
    }

    private static Table ReadTable(string file, string[] lines, ref int at)
    {
        int first = at;
        List<IReadOnlyList<string>> rows = [];
        for (; at < lines.Length && lines[at].StartsWith('|'); at++)
        {
            int line = at + 1;
            string[] cells = [.. Cell().Split(lines[at].Trim()[1..^1]).Select(cell => Checked(file, line, cell.Trim().Replace("\\|", "|", StringComparison.Ordinal)))];
            if (!lines[at].EndsWith('|') || (rows.Count > 0 && cells.Length != rows[0].Count))
                throw new PageException(file, line, PageMessages.BadRow());
            rows.Add(cells);
        }

        if (rows.Count < 3 || rows[1].Any(cell => cell != "---"))
            throw new PageException(file, first + 1, PageMessages.BadTable());
        return new Table(first + 1, rows[0], rows[2..]);
    }

    private static string Checked(string file, int line, string text)
    {
        string words = PlainText.Of(text, _ => "");
        return PlainText.Leftover(text) is { } leftover
            ? throw new PageException(file, line, PageMessages.UnknownMark(leftover, words.Length > 60 ? words[..60] + "..." : words))
            : text;
    }

    [GeneratedRegex(@"^(#|>|\s|[-+] |\d+\. |<|!)")]
    private static partial Regex Unknown();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Cell();
}
