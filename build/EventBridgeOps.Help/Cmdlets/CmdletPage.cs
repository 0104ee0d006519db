using System.Text.RegularExpressions;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Help.Pages;
using EventBridgeOps.PowerShell.Sessions;

namespace EventBridgeOps.Help.Cmdlets;

/// <summary>An example: its title and its commands.</summary>
internal sealed record Example(string Title, string Code);

/// <summary>The page of a cmdlet, and its texts for the parts of the cmdlet.</summary>
internal sealed partial class CmdletPage
{
    /// <summary>The folder of the pages, relative to the root of the repository.</summary>
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
            Wrong(1, CmdletMessages.OtherTitle(page.Title, cmdlet.Name));
        if (page.Blocks is not [Paragraph])
            Wrong(3, CmdletMessages.NoSynopsis());
        foreach (string title in Known.Where(title => page.Find(title) is null))
            Wrong(1, CmdletMessages.SectionMissing(title));
        ReadParameters();
        CheckParameters();
        ReadExamples();
        foreach (Type output in cmdlet.OutputTypes.Where(output => output.FullName != "System.Void" && !Text("Outputs").Contains($"`{output.FullName}`", StringComparison.Ordinal)))
            Wrong(LineOf("Outputs"), CmdletMessages.OutputMissing(output.FullName));
    }

    public CmdletDescription Cmdlet { get; }

    public string Synopsis => _page.Blocks is [Paragraph synopsis] ? synopsis.Text : "";

    /// <summary>The text after the syntax.</summary>
    public IReadOnlyList<Block> Description => [.. Blocks("Syntax").Skip(1)];

    public IReadOnlyList<Example> Examples { get; private set; } = [];

    public IReadOnlyList<Block> Outputs => Blocks("Outputs");

    /// <summary>Remarks about several parameters, then the optional sections, and the errors.</summary>
    public IReadOnlyList<Section> Notes =>
    [
        .. _remarks.Count > 0 ? [new Section(0, "Parameters", _remarks)] : Array.Empty<Section>(),
        .. _page.Sections.Where(section => !Known.Contains(section.Title)),
        .. _page.Find("Errors") is { } errors ? [errors] : Array.Empty<Section>(),
    ];

    /// <summary>The other cmdlets that the page mentions, in order.</summary>
    public IReadOnlyList<string> Related => [.. Mentioned().Matches(string.Join('\n', _page.Sections.SelectMany(section => section.Blocks).Select(Words)))
        .Select(match => match.Value).Where(name => name != Cmdlet.Name && CmdletDescription.All.Any(other => other.Name == name)).Distinct()];

    /// <summary>The texts about a parameter, including the parameters that PowerShell adds.</summary>
    public IReadOnlyList<string> TextOf(string parameter) => _rows.TryGetValue(parameter, out Row? row) ? row.Texts : [];

    /// <summary>Reads the pages of all cmdlets.</summary>
    /// <exception cref="PageException">All problems of the pages.</exception>
    public static IReadOnlyList<CmdletPage> ReadAll(string root)
    {
        List<PageProblem> problems = [];
        List<CmdletPage> pages = [];
        foreach (string gone in Directory.GetFiles(Path.Combine(root, Folder), "*.md").Select(file => Path.GetFileNameWithoutExtension(file)!).Except(CmdletDescription.All.Select(cmdlet => cmdlet.Name)).Order(StringComparer.Ordinal))
            problems.Add(new PageProblem($"{Folder}/{gone}.md", 1, CmdletMessages.NoCmdlet(gone).ToString()));
        foreach (CmdletDescription cmdlet in CmdletDescription.All)
        {
            string file = $"{Folder}/{cmdlet.Name}.md";
            try
            {
                if (!File.Exists(Path.Combine(root, file)))
                    throw new PageException(file, 1, CmdletMessages.NoPage(cmdlet.Name));
                pages.Add(Read(cmdlet, Page.Read(root, file)));
            }
            catch (PageException e)
            {
                problems.AddRange(e.Problems);
            }
        }

        return problems.Count > 0 ? throw new PageException(problems) : pages;
    }

    /// <summary>Reads the page of a cmdlet.</summary>
    /// <exception cref="PageException">The page does not match the cmdlet.</exception>
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
                    Wrong(table.Line, CmdletMessages.OtherHeader(string.Join(" | ", ParameterHead).TrimEnd()));
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
            Wrong(line, CmdletMessages.NotAParameter(cells[0]));
        else if (!_rows.TryAdd(name.Groups["name"].Value, new Row(line, cells[1], [cells[2]])))
            Wrong(line, CmdletMessages.DescribedTwice(cells[0]));
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
                Wrong(line, CmdletMessages.NotDescribed(parameter.Name, Aliases(parameter)));
                continue;
            }

            if (row.Texts.All(string.IsNullOrWhiteSpace))
                Wrong(row.Line, CmdletMessages.EmptyText(parameter.Name));
            if (row.Aliases != Aliases(parameter))
                Wrong(row.Line, CmdletMessages.OtherAliases(parameter.Name, Aliases(parameter), row.Aliases));
            int? position = parameter.Sets.Values.Select(use => use.Position).FirstOrDefault(at => at is not null);
            string? said = Position().Match(row.Texts[0]) is { Success: true } match ? match.Groups["at"].Value : null;
            if (position?.ToString(System.Globalization.CultureInfo.InvariantCulture) != said)
                Wrong(row.Line, position is null ? CmdletMessages.NoPosition(parameter.Name) : CmdletMessages.PositionMissing(parameter.Name, position));
        }

        string[] own = Cmdlet.SupportsShouldProcess ? ["WhatIf", "Confirm"] : [];
        foreach ((string name, Row row) in _rows.Where(row => !own.Contains(row.Key) && Cmdlet.Parameters.All(parameter => parameter.Name != row.Key)))
            Wrong(row.Line, CmdletMessages.UnknownParameter(name));
        string impact = CmdletMessages.Impact(Cmdlet.ConfirmImpact).ToString();
        if (own.Length > 0 && !own.All(name => TextOf(name).Any(text => text.EndsWith(impact, StringComparison.Ordinal))))
            Wrong(line, CmdletMessages.ImpactMissing(impact));
        if (Cmdlet.Parameters.Any(parameter => parameter.DeclaringType == typeof(SessionCmdlet)) && SessionTable.In(_page) is null)
            Wrong(line, PageMessages.NoSessionTable());
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
                Wrong(blocks[i].Line, CmdletMessages.BadExample());
        }

        if (examples.Count < FewestExamples)
            Wrong(LineOf("Examples"), CmdletMessages.TooFewExamples(examples.Count, FewestExamples));
        Examples = examples;
    }

    private IReadOnlyList<Block> Blocks(string section) => _page.Find(section)?.Blocks ?? [];

    private string Text(string section) => string.Join('\n', Blocks(section).Select(Words));

    private int LineOf(string section) => _page.Find(section)?.Line ?? 1;

    private void Wrong(int line, Message message) => _problems.Add(new PageProblem(_page.File, line, message.ToString()));

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
