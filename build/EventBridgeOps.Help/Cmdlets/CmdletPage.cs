using System.Text.RegularExpressions;
using EventBridgeOps.Help.Pages;
using EventBridgeOps.PowerShell.Sessions;

namespace EventBridgeOps.Help.Cmdlets;

/// <summary>An example: what it shows, and its commands.</summary>
internal sealed record Example(string Title, string Code);

/// <summary>The page of a cmdlet, and what it says of which part of the cmdlet.</summary>
internal sealed partial class CmdletPage
{
    /// <summary>The folder of the pages, from the repository's root.</summary>
    public const string Folder = "docs/cmdlets";

    private const int FewestExamples = 3;
    private const string NoParameters = "PowerShell common parameters only.";
    private static readonly string[] ParameterHead = ["parameter", "aliases", ""];
    private static readonly string[] Known = ["Syntax", "Parameters", "Examples", "Outputs", "Errors"];

    private readonly Page _page;
    private readonly List<PageProblem> _problems = [];
    private readonly Dictionary<string, Row> _rows = [];
    private readonly List<Block> _remarks = [];

    private CmdletPage(CmdletDescription cmdlet, Page page)
    {
        Cmdlet = cmdlet;
        _page = page;
        if (page.Title != cmdlet.Name)
            Wrong(1, $"The title is '{page.Title}'; the cmdlet is called {cmdlet.Name}.");
        if (page.Blocks is not [Paragraph])
            Wrong(3, "Between the title and '## Syntax' stands one paragraph, the synopsis.");
        foreach (string title in Known.Where(title => page.Find(title) is null))
            Wrong(1, $"The section '## {title}' is missing.");
        ReadParameters();
        CheckParameters();
        ReadExamples();
        foreach (Type output in cmdlet.OutputTypes.Where(output => output.FullName != "System.Void" && !Text("Outputs").Contains($"`{output.FullName}`", StringComparison.Ordinal)))
            Wrong(LineOf("Outputs"), $"The cmdlet writes `{output.FullName}`, which 'Outputs' does not name.");
    }

    public CmdletDescription Cmdlet { get; }

    public string Synopsis => _page.Blocks is [Paragraph synopsis] ? synopsis.Text : "";

    /// <summary>What follows the syntax.</summary>
    public IReadOnlyList<Block> Description => [.. Blocks("Syntax").Skip(1)];

    public IReadOnlyList<Example> Examples { get; private set; } = [];

    public IReadOnlyList<Block> Outputs => Blocks("Outputs");

    /// <summary>What is said of several parameters together, then the sections that not every page has, and the errors.</summary>
    public IReadOnlyList<Section> Notes =>
    [
        .. _remarks.Count > 0 ? [new Section(0, "Parameters", _remarks)] : Array.Empty<Section>(),
        .. _page.Sections.Where(section => !Known.Contains(section.Title)),
        .. _page.Find("Errors") is { } errors ? [errors] : Array.Empty<Section>(),
    ];

    /// <summary>The other cmdlets that the page speaks of, in the order in which it does.</summary>
    public IReadOnlyList<string> Related => [.. Mentioned().Matches(string.Join('\n', _page.Sections.SelectMany(section => section.Blocks).Select(Words)))
        .Select(match => match.Value).Where(name => name != Cmdlet.Name && CmdletDescription.All.Any(other => other.Name == name)).Distinct()];

    /// <summary>What the page says of a parameter; also of those that PowerShell adds.</summary>
    public IReadOnlyList<string> TextOf(string parameter) => _rows.TryGetValue(parameter, out Row? row) ? row.Texts : [];

    /// <summary>Reads the pages of all cmdlets.</summary>
    /// <exception cref="PageException">What is wrong with them, all at once.</exception>
    public static IReadOnlyList<CmdletPage> ReadAll(string root)
    {
        List<PageProblem> problems = [];
        List<CmdletPage> pages = [];
        foreach (string gone in Directory.GetFiles(Path.Combine(root, Folder), "*.md").Select(file => Path.GetFileNameWithoutExtension(file)!).Except(CmdletDescription.All.Select(cmdlet => cmdlet.Name)).Order(StringComparer.Ordinal))
            problems.Add(new PageProblem($"{Folder}/{gone}.md", 1, $"There is no cmdlet {gone}."));
        foreach (CmdletDescription cmdlet in CmdletDescription.All)
        {
            string file = $"{Folder}/{cmdlet.Name}.md";
            try
            {
                if (!File.Exists(Path.Combine(root, file)))
                    throw new PageException(file, 1, $"The cmdlet {cmdlet.Name} has no page.");
                pages.Add(Read(cmdlet, Page.Read(root, file)));
            }
            catch (PageException e)
            {
                problems.AddRange(e.Problems);
            }
        }

        return problems.Count > 0 ? throw new PageException(problems) : pages;
    }

    /// <summary>Takes a page for the cmdlet's.</summary>
    /// <exception cref="PageException">What is missing in it, or too much.</exception>
    public static CmdletPage Read(CmdletDescription cmdlet, Page page)
    {
        CmdletPage read = new(cmdlet, page);
        return read._problems.Count > 0 ? throw new PageException(read._problems) : read;
    }

    private void ReadParameters()
    {
        foreach (Block block in Blocks("Parameters"))
        {
            if (block is Table table)
            {
                if (!table.Head.SequenceEqual(ParameterHead))
                    Wrong(table.Line, $"A table of parameters has the head '| {string.Join(" | ", ParameterHead).TrimEnd()} |'.");
                for (int i = 0; i < table.Rows.Count; i++)
                    ReadRow(table.Line + 2 + i, table.Rows[i]);
            }
            else if (block is Paragraph about && Subject().Match(about.Text) is { Success: true } subject)
            {
                foreach (Match name in OneParameter().Matches(subject.Value))
                    Say(name.Groups["name"].Value, about);
            }
            else if (block is Paragraph { Text: var text } && !text.EndsWith(':') && text != NoParameters)
            {
                _remarks.Add(block);
            }
        }
    }

    private void ReadRow(int line, IReadOnlyList<string> cells)
    {
        Match name = OneParameter().Match(cells[0]);
        if (!name.Success || name.Length != cells[0].Length)
            Wrong(line, $"'{cells[0]}' is not a valid parameter: write it as `-Name`.");
        else if (!_rows.TryAdd(name.Groups["name"].Value, new Row(line, cells[1], [cells[2]])))
            Wrong(line, $"{cells[0]} is described twice.");
    }

    private void Say(string parameter, Paragraph about)
    {
        if (_rows.TryGetValue(parameter, out Row? row))
            row.Texts.Add(about.Text);
        else
            _rows.Add(parameter, new Row(about.Line, "", [about.Text]));
    }

    private void CheckParameters()
    {
        int line = LineOf("Parameters");
        foreach (ParameterDescription parameter in Cmdlet.Parameters)
        {
            if (!_rows.TryGetValue(parameter.Name, out Row? row))
            {
                Wrong(line, $"The parameter -{parameter.Name} is not described: add the row '| `-{parameter.Name}` | {Aliases(parameter)} | ... |'.");
                continue;
            }

            if (row.Aliases != Aliases(parameter))
                Wrong(row.Line, $"-{parameter.Name} has the aliases '{Aliases(parameter)}', not '{row.Aliases}'.");
            int? position = parameter.Sets.Values.Select(use => use.Position).FirstOrDefault(at => at is not null);
            string? said = Position().Match(row.Texts[0]) is { Success: true } match ? match.Groups["at"].Value : null;
            if (position?.ToString(System.Globalization.CultureInfo.InvariantCulture) != said)
                Wrong(row.Line, position is null ? $"-{parameter.Name} has no position." : $"-{parameter.Name} has 'Position {position}', which its row does not say.");
        }

        string[] own = Cmdlet.SupportsShouldProcess ? ["WhatIf", "Confirm"] : [];
        foreach ((string name, Row row) in _rows.Where(row => !own.Contains(row.Key) && Cmdlet.Parameters.All(parameter => parameter.Name != row.Key)))
            Wrong(row.Line, $"The cmdlet has no parameter -{name}.");
        string impact = $"The impact is {Cmdlet.ConfirmImpact}.";
        if (own.Length > 0 && !own.All(name => TextOf(name).Any(text => text.EndsWith(impact, StringComparison.Ordinal))))
            Wrong(line, $"Describe -WhatIf and -Confirm below the tables: '`-WhatIf` and `-Confirm` apply to ... {impact}'");
        if (Cmdlet.Parameters.Any(parameter => parameter.DeclaringType == typeof(SessionCmdlet)) && SessionTable.In(_page) is null)
            Wrong(line, "The table of session parameters is missing.");
    }

    private void ReadExamples()
    {
        List<Example> examples = [];
        IReadOnlyList<Block> blocks = Blocks("Examples");
        for (int i = 0; i < blocks.Count; i += 2)
        {
            if (blocks[i] is Paragraph title && (title.Text.EndsWith(':') || title.Text.EndsWith('?')) && blocks.ElementAtOrDefault(i + 1) is Code { Language: "powershell" } code)
                examples.Add(new Example(title.Text.TrimEnd(':'), code.Text));
            else
                Wrong(blocks[i].Line, "Each example is a line that says what it does, with a colon or a question mark, and its commands as ```powershell.");
        }

        if (examples.Count < FewestExamples)
            Wrong(LineOf("Examples"), $"There are {examples.Count} examples; a reader wants {FewestExamples} or more.");
        Examples = examples;
    }

    private IReadOnlyList<Block> Blocks(string section) => _page.Find(section)?.Blocks ?? [];

    private string Text(string section) => string.Join('\n', Blocks(section).Select(Words));

    private int LineOf(string section) => _page.Find(section)?.Line ?? 1;

    private void Wrong(int line, string message) => _problems.Add(new PageProblem(_page.File, line, message));

    private static string Aliases(ParameterDescription parameter) => string.Join(", ", parameter.Aliases.Select(alias => $"`{alias}`"));

    private static string Words(Block block) => block switch
    {
        Paragraph paragraph => paragraph.Text,
        Code code => code.Text,
        Bullets bullets => string.Join('\n', bullets.Items),
        Table table => string.Join('\n', table.Rows.SelectMany(row => row)),
        _ => "",
    };

    [GeneratedRegex(@"`-(?<name>\w+)`")]
    private static partial Regex OneParameter();

    [GeneratedRegex(@"^`-\w+`(, `-\w+`)*( and `-\w+`)?")]
    private static partial Regex Subject();

    [GeneratedRegex(@"\bPosition (?<at>\d)")]
    private static partial Regex Position();

    [GeneratedRegex(@"\b[A-Z]\w+-[A-Z]\w+\b")]
    private static partial Regex Mentioned();

    private sealed record Row(int Line, string Aliases, List<string> Texts);
}
