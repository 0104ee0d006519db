using System.Management.Automation;
using EventBridgeOps.Help;
using EventBridgeOps.Help.Cmdlets;
using EventBridgeOps.Help.Pages;
using EventBridgeOps.Help.Topics;
using EventBridgeOps.PowerShell.Targets;

namespace EventBridgeOps.PowerShell.Tests;

/// <summary>The pages under docs, the cmdlets and the shell's help are in step, and what is not in step is told with its place.</summary>
public sealed class HelpTests
{
    private const string Name = "Get-EbTargetRevision";
    private static readonly string Text = File.ReadAllText(Repository.PathOf("docs", "cmdlets", Name + ".md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_help_of_the_build_is_what_the_pages_give()
    {
        Assert.All(HelpFiles.Make(Repository.Root), file => Assert.Equal(file.Value, File.ReadAllText(Repository.PathOf(file.Key)).ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task What_the_pages_take_from_the_commands_is_what_the_commands_say()
    {
        foreach ((string file, string text) in await DerivedText.MakeAsync(Repository.Root))
        {
            if (OperatingSystem.IsWindows() && file == CommandLinePage.File)
                continue; // Its examples are those of a Unix shell.
            Assert.True(File.Exists(Repository.PathOf(file)) && File.ReadAllText(Repository.PathOf(file)).ReplaceLineEndings("\n") == text, $"{file} is out of date. './build.ps1 -Task Help' brings it up to date; look at what it changed.");
        }
    }

    [Fact]
    public void Every_cmdlet_has_its_page() => Assert.Equal(CmdletDescription.All, CmdletPage.ReadAll(Repository.Root).Select(page => page.Cmdlet));

    [Fact]
    public void A_cmdlet_without_a_page_and_a_page_without_a_cmdlet_are_told()
    {
        string root = Directory.CreateTempSubdirectory("ebops-help-").FullName;
        string folder = Path.Combine(root, CmdletPage.Folder);
        Directory.CreateDirectory(folder);
        foreach (string page in Directory.GetFiles(Repository.PathOf(CmdletPage.Folder)))
            File.Copy(page, Path.Combine(folder, Path.GetFileName(page)));
        File.Move(Path.Combine(folder, Name + ".md"), Path.Combine(folder, "Get-EbNothing.md"));

        PageException told = Assert.Throws<PageException>(() => CmdletPage.ReadAll(root));

        Directory.Delete(root, recursive: true);
        Assert.Equal(["The cmdlet Get-EbNothing does not exist.", $"The cmdlet {Name} has no page."], told.Problems.Select(problem => problem.Message));
    }

    [Theory]
    [InlineData("| `-TargetId` | `Id` | The target IDs. Wildcards are supported. Default: all. Position 2. |\n", "", "The parameter -TargetId is not described: add the row '| `-TargetId` | `Id` | ... |'.")]
    [InlineData("| `-TargetId` | `Id` |", "| `-TargetId` |  |", "-TargetId has the aliases '`Id`', not ''.")]
    [InlineData("Default: all. Position 2. |", "Default: all. Position 1. |", "-TargetId has 'Position 2', but its row does not mention it.")]
    [InlineData("| `-Thorough` |  | List", "| `-Thorough` |  | Position 3. List", "-Thorough has no position.")]
    [InlineData("| `-Thorough` |", "| `-Gone` |  | Was here. |\n| `-Thorough` |", "The cmdlet has no parameter -Gone.")]
    [InlineData("| `-Thorough` |", "| `-TargetId` | `Id` | Twice. |\n| `-Thorough` |", "`-TargetId` is described twice.")]
    [InlineData("| `-Thorough` |", "| -Thorough |", "'-Thorough' is not a valid parameter. Write it as `-Name`.")]
    [InlineData("| parameter | aliases | |", "| parameter | alias | |", "A parameter table has the header '| parameter | aliases | |'.")]
    [InlineData("## Outputs", "## Output", "The section '## Outputs' is missing.")]
    [InlineData("`EventBridgeOps.Targets.TargetRevision` (", "Objects (", "The cmdlet writes `EventBridgeOps.Targets.TargetRevision`, but the section 'Outputs' does not mention it.")]
    [InlineData("# Get-EbTargetRevision", "# Get-EbTargets", "The title is 'Get-EbTargets', but the name of the cmdlet is Get-EbTargetRevision.")]
    [InlineData("Show the state of all targets:", "Show the state of all targets.", "An example is a line that describes it and ends with a colon or a question mark, followed by its commands in a ```powershell block.")]
    [InlineData("Lists the AWS Batch targets", "Lists.\n\nThe AWS Batch targets", "There must be exactly one paragraph, the synopsis, between the title and '## Syntax'.")]
    [InlineData("| `-RetryTimeout` |", "| `-More` |", "The table of the session parameters is missing.")]
    public void A_page_that_is_not_in_step_with_its_cmdlet_is_told(string there, string instead, string message)
    {
        Assert.Contains(there, Text, StringComparison.Ordinal);

        PageException told = Assert.Throws<PageException>(() => Read(Text.Replace(there, instead, StringComparison.Ordinal)));

        Assert.Contains(message, told.Problems.Select(problem => problem.Message));
        Assert.All(told.Problems, problem => Assert.Equal("page.md", problem.File));
    }

    [Fact]
    public void Three_examples_are_wanted()
    {
        int second = Text.IndexOf("Find targets whose deliveries fail now:", StringComparison.Ordinal);

        PageException told = Assert.Throws<PageException>(() => Read(Text[..second] + Text[Text.IndexOf("## Outputs", StringComparison.Ordinal)..]));

        Assert.Contains("The page has 1 example, but needs at least 3.", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_can_be_asked_what_if_says_how_much_harm_it_does()
    {
        CmdletDescription sync = CmdletDescription.All.Single(cmdlet => cmdlet.Name == "Sync-EbBatchTarget");
        string text = File.ReadAllText(Repository.PathOf("docs", "cmdlets", sync.Name + ".md"));

        Assert.Equal(ConfirmImpact.Medium, sync.ConfirmImpact);
        PageException told = Assert.Throws<PageException>(() => CmdletPage.Read(sync, Page.Parse("page.md", text.Replace("The impact is Medium.", "The impact is Low.", StringComparison.Ordinal))));
        Assert.Contains("The impact is Medium.", told.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No title", 1, "A page begins with '# ' and its title.")]
    [InlineData("# T\n\n### Deeper", 3, "'#' at the start of a line")]
    [InlineData("# T\n\n- item", 3, "'-' at the start of a line")]
    [InlineData("# T\n\n1. item", 3, "'1.' at the start of a line")]
    [InlineData("# T\n\n> quote", 3, "'>' at the start of a line")]
    [InlineData("# T\n\n* item\nflush", 4, "In a list, a line begins with '* '")]
    [InlineData("# T\n\n```powershell\nGet-EbRule", 3, "This code block is not closed")]
    [InlineData("# T\n\n| a | b |\n| --- | --- |\n| 1 |", 5, "has as many cells as the other rows")]
    [InlineData("# T\n\n| a |\n| 1 |\n| 2 |", 3, "A table has a header")]
    [InlineData("# T\n\nAn `open mark", 3, "'`' in 'An `open mark' is not supported")]
    [InlineData("# T\n\nSome <b>HTML</b>", 3, "'<' in ")]
    [InlineData("# T\n\n| a |\n| --- |\n| mvp-* |", 5, "'*' in 'mvp-*'")]
    public void What_a_page_may_not_hold_is_refused_with_its_line(string text, int line, string message)
    {
        PageProblem told = Assert.Single(Assert.Throws<PageException>(() => Page.Parse("page.md", text)).Problems);

        Assert.Equal(line, told.Line);
        Assert.Contains(message, told.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("`*` is every bus", "* is every bus")]
    [InlineData("**Undo.** An *entry* of `aws.*`", "Undo. An entry of aws.*")]
    [InlineData("See [errors](../errors.md).", "See about_EventBridgeOps_Errors.")]
    [InlineData("[the forms](Get-EbRoute.md#files-of-rules) that", "the forms (Get-Help Get-EbRoute) that")]
    [InlineData("([event patterns](../patterns.md#x))", "(event patterns (docs/patterns.md in the source repository))")]
    [InlineData("that [`Get-EbRoute`](Get-EbRoute.md#files-of-rules) reads", "that Get-EbRoute reads")]
    [InlineData("[moto](https://docs.getmoto.org)", "moto (https://docs.getmoto.org)")]
    public void Words_lose_their_marks_and_keep_their_sense(string words, string plain) => Assert.Equal(plain, PlainText.Of(words));

    [Fact]
    public void A_topic_fits_in_80_columns()
    {
        const string Long = "A sentence that is certainly much longer than what fits on one line of a terminal that has eighty columns, with https://example.org.";
        string topic = AboutTopic.Of(Page.Parse("page.md", $"# about_T\n\nShort.\n\n{Long}\n\n* {Long}\n\n## More\n\n| a | b |\n| --- | --- |\n| `x` | {Long} |\n\n```powershell\nGet-EbRule\n```\n"));

        Assert.StartsWith("TOPIC\n    about_T\n\nSHORT DESCRIPTION\n    Short.\n\nLONG DESCRIPTION\n    A sentence", topic, StringComparison.Ordinal);
        Assert.Contains("\n\nMORE\n    x\n        A sentence", topic, StringComparison.Ordinal);
        Assert.Contains("\n\n        Get-EbRule\n", topic, StringComparison.Ordinal);
        Assert.Contains("\n    * A sentence", topic, StringComparison.Ordinal);
        Assert.All(topic.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.Throws<PageException>(() => AboutTopic.Of(Page.Parse("page.md", $"# about_T\n\n{Long}")));
        Assert.Throws<PageException>(() => AboutTopic.Of(Page.Parse("page.md", $"# about_T\n\nShort.\n\n```powershell\n{Long}\n```")));
    }

    private static CmdletPage Read(string text) => CmdletPage.Read(CmdletDescription.All.Single(cmdlet => cmdlet.Type == typeof(GetEbTargetRevisionCommand)), Page.Parse("page.md", text));
}
