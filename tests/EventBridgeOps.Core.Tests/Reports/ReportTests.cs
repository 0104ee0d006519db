using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.Ci;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Runs;
using EventBridgeOps.Images;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.Patterns.Syntax;
using EventBridgeOps.Reports;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.Core.Tests.Reports;

public sealed class ReportTests
{
    private const string HostileName = "a|b`c*_[x](y)<script>&\n# h\u0001\ud800]]> @you";

    /// <summary>What Jenkins, Azure Pipelines and the actions for GitHub agree on.</summary>
    private const string Schema =
        """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
          <xs:attributeGroup name="counts">
            <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
            <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/><xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
            <xs:attribute name="skipped" type="xs:nonNegativeInteger"/><xs:attribute name="time" type="xs:decimal"/>
          </xs:attributeGroup>
          <xs:element name="testsuites"><xs:complexType><xs:sequence><xs:element ref="testsuite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence><xs:attributeGroup ref="counts"/></xs:complexType></xs:element>
          <xs:element name="testsuite"><xs:complexType><xs:sequence><xs:element ref="testcase" maxOccurs="unbounded"/></xs:sequence><xs:attributeGroup ref="counts"/><xs:attribute name="timestamp" type="xs:dateTime"/></xs:complexType></xs:element>
          <xs:element name="testcase"><xs:complexType><xs:choice minOccurs="0">
            <xs:element name="failure"><xs:complexType mixed="true"><xs:attribute name="message" use="required"/><xs:attribute name="type" use="required"/></xs:complexType></xs:element>
            <xs:element name="skipped"><xs:complexType><xs:attribute name="message"/></xs:complexType></xs:element>
            <xs:element name="system-out" type="xs:string"/>
          </xs:choice><xs:attribute name="classname" use="required"/><xs:attribute name="name" use="required"/><xs:attribute name="time" type="xs:decimal"/></xs:complexType></xs:element>
        </xs:schema>
        """;

    private static readonly CiEnvironment GitHub = CiEnvironment.Read(name => name == "GITHUB_ACTIONS" ? "true" : null);
    private static readonly CiEnvironment Azure = CiEnvironment.Read(name => name == "TF_BUILD" ? "True" : null);

    [Fact]
    public void JUnit_is_valid_whatever_the_names_are()
    {
        Report report = Of(Target(HostileName, RevisionState.Inactive), Target("u", RevisionState.Unresolved), Target("c", RevisionState.Current), Synced(SyncStatus.Failed), Synced(SyncStatus.WouldUpdate), Synced(SyncStatus.Updated));
        XDocument document = XDocument.Parse(Text(report, ReportFormat.JUnit));
        XmlSchemaSet schemas = new();
        schemas.Add("", XmlReader.Create(new StringReader(Schema)));
        document.Validate(schemas, (_, e) => Assert.Fail(e.Message));

        Assert.Equal(["Batch targets", "Target repairs"], document.Root!.Elements().Select(suite => (string?)suite.Attribute("name")));
        Assert.Equal(("6", "2", "2"), ((string?)document.Root.Attribute("tests"), (string?)document.Root.Attribute("failures"), (string?)document.Root.Attribute("skipped")));
        XElement first = document.Descendants("testcase").First();
        Assert.Contains("a|b`c*_[x](y)<script>&", (string?)first.Attribute("name"), StringComparison.Ordinal);
        Assert.Contains("\uFFFD\uFFFD]]>", (string?)first.Attribute("name"), StringComparison.Ordinal);
        Assert.Equal("Inactive", (string?)first.Element("failure")!.Attribute("type"));
        Assert.Equal("1970-01-01T00:00:00", (string?)document.Root.Element("testsuite")!.Attribute("timestamp"));
    }

    [Fact]
    public void Markdown_has_what_is_wrong_first_and_no_name_breaks_its_table()
    {
        string[] lines = Text(Of(Target("c", RevisionState.Current), Target("b", RevisionState.Behind), Target(HostileName, RevisionState.Inactive)), ReportFormat.Markdown).Split('\n');

        Assert.Equal("### Batch targets", lines[0]);
        Assert.Equal("**3** in total: 1 Inactive, 1 Behind, 1 Current.", lines[2]);
        Assert.Equal(["Inactive", "Behind", "Current"], lines.Skip(6).Take(3).Select(line => line.Split('|')[2].Trim()));
        Assert.All(lines.Skip(4).Take(5), line => Assert.Equal(6, line.Count(letter => letter == '|')));
        Assert.Contains(@"a&#124;b\`c\*\_\[x\](y)&lt;script&gt;&amp; \# h", lines[6], StringComparison.Ordinal);
        Assert.DoesNotContain("@", lines[6], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://owned.example/x")]
    [InlineData("HTTP://owned.example")]
    [InlineData("www.owned.example")]
    [InlineData("[l](ftp://owned.example)")]
    public void No_name_becomes_a_link_in_Markdown(string name) =>
        Assert.DoesNotMatch(@"://|www\.", Text(Of(Target(name, RevisionState.Inactive)), ReportFormat.Markdown));

    [Theory]
    [InlineData(CiSummary.MostBytes)]
    [InlineData(5000)]
    [InlineData(100)]
    public void Markdown_keeps_to_its_room_and_says_what_it_left_out(int room)
    {
        Report report = Of([.. Enumerable.Range(0, 20_000).Select(number => Target($"ä{number}", number == 19_999 ? RevisionState.Missing : RevisionState.Behind))]);
        string text = MarkdownReport.Write(report, room);

        Assert.True(Encoding.UTF8.GetByteCount(text) <= room);
        if (room < 1000)
            return;
        Assert.Contains("Missing", text.Split('\n')[6], StringComparison.Ordinal);
        int rows = text.Split('\n').Count(line => line.StartsWith("| ❌", StringComparison.Ordinal));
        Assert.EndsWith($"\n{20_000 - rows} of 20000 items are omitted, because the page has reached its size limit.\n", text, StringComparison.Ordinal);
        Assert.True(rows > (room / 300));
    }

    [Fact]
    public void Json_and_csv_have_a_row_for_each_item()
    {
        Report report = Of(Target("x,\"y\"", RevisionState.Behind));
        Assert.Equal("Behind", (string?)JsonNode.Parse(Text(report, ReportFormat.Json))![0]!["State"]);
        string csv = Text(report, ReportFormat.Csv);
        Assert.StartsWith("Suite,Group,Name,State,Outcome,Detail,Message\r\nBatch targets,bus,\"x,\"\"y\"\"/id\",Behind,Failed,\"d:1, latest 3\",", csv, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_is_told_with_those_above_it()
    {
        Report report = Of(Check("bus", 0), Check("rule", 1), Check("queue", 2), Check("other rule", 1), Check("store", 0));
        Assert.Equal(["bus", "bus / rule", "bus / rule / queue", "bus / other rule", "store"], report.Items.Select(item => item.Name));
    }

    [Fact]
    public void A_case_and_the_problems_of_a_pattern_are_told_with_their_reasons()
    {
        Report report = Of(
            new PatternCaseResult { Name = "n", Result = PatternOutcome.NoMatch, Expect = PatternOutcome.Match, Origin = "f:1" },
            new PatternCheck { Pattern = "p", IsValid = false, Problems = [new(PatternProblemSeverity.Error, "Bad", 1, 2, "/a", "Try this"), new(PatternProblemSeverity.Warning, "Hm", 1, 3, "", null)], Length = 1, Combinations = 0, WildcardScore = 0 },
            new BatchImage { JobDefinitionName = "j", ContainerName = "default", Image = "i", State = ImageState.Missing });
        Assert.Equal([ReportOutcome.Failed, ReportOutcome.Failed, ReportOutcome.Passed, ReportOutcome.Failed], report.Items.Select(item => item.Outcome));
        Assert.Equal("The result is nomatch, but match was expected.", report.Items[0].Message);
        Assert.Equal(("1:2 /a", "Bad. Try this"), (report.Items[1].Detail, report.Items[1].Message));
        Assert.Equal(CiLevel.Warning, report.Items[2].Level);
    }

    [Fact]
    public void What_failed_by_itself_is_told_and_a_record_that_failed_only_once()
    {
        Report report = new(NeutralVoice.Instance);
        TargetSyncResult failed = Synced(SyncStatus.Failed);
        Assert.True(report.Add(failed));
        report.Add(new OpsException(ErrorIds.WriteFailed, Message.Verbatim("no")), failed);
        report.Add(new OpsException(ErrorIds.EventBusNotFound, Message.Verbatim("gone")), "some-bus");
        Assert.False(report.Add("something else"));

        Assert.Equal(["bus/r/id: Failed", "some-bus: EventBusNotFound"], report.Items.Select(item => item.ToString()));
    }

    [Fact]
    public void Annotations_are_as_many_as_are_shown_and_the_last_counts_the_rest()
    {
        Report report = Of([.. Enumerable.Range(0, 25).Select(number => Target($"r{number}", RevisionState.Inactive)), Target("b", RevisionState.Behind)]);
        IReadOnlyList<string> lines = new CiReport(GitHub).Show(report, true, SilentObserver.Instance);
        Assert.Equal(CiReport.MostOfLevel, lines.Count(line => line.StartsWith("::error ", StringComparison.Ordinal)));
        Assert.Contains("16 more", lines[CiReport.MostOfLevel - 1], StringComparison.Ordinal);
        Assert.StartsWith("::warning ", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, RevisionState.Behind, true)]
    [InlineData(false, RevisionState.Behind, false)]
    [InlineData(true, RevisionState.Current, false)]
    public void Azure_is_told_of_issues_where_the_step_ends_well_all_the_same(bool ends, RevisionState state, bool told) =>
        Assert.Equal(told, new CiReport(Azure).Show(Of(Target("b", state)), ends, SilentObserver.Instance).Contains(CiCommands.AzureSucceededWithIssues));

    [Fact]
    public void Summaries_of_a_step_share_the_room_that_there_is()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("ebops-ci-").FullName, "summary.md");
        CiEnvironment ci = CiEnvironment.Read(name => name switch { "GITHUB_ACTIONS" => "true", "GITHUB_STEP_SUMMARY" => path, _ => null });
        File.WriteAllText(path, new string('x', CiSummary.MostBytes - 1000));
        new CiReport(ci).Show(Of([.. Enumerable.Range(0, 100).Select(number => Target($"r{number}", RevisionState.Behind))]), true, SilentObserver.Instance);
        Assert.InRange(new FileInfo(path).Length, CiSummary.MostBytes - 999, CiSummary.MostBytes);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Azure_takes_each_summary_from_a_file_of_its_own()
    {
        string folder = Directory.CreateTempSubdirectory("ebops-ci-").FullName;
        CiEnvironment ci = CiEnvironment.Read(name => name switch { "TF_BUILD" => "True", "AGENT_TEMPDIRECTORY" => folder, _ => null });
        for (int number = 0; number < 2; number++)
            Assert.Contains(new CiReport(ci).Show(Of(Target("c", RevisionState.Current)), true, SilentObserver.Instance), line => line.StartsWith("##vso[task.uploadsummary]" + folder, StringComparison.Ordinal));
        Assert.Equal(["EventBridgeOps-2.md", "EventBridgeOps.md"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_file_is_replaced_as_a_whole()
    {
        string folder = Directory.CreateTempSubdirectory("ebops-ci-").FullName, path = Path.Combine(folder, "sub", "r.md");
        ReportFile.Write(path, "one");
        ReportFile.Write(path, "two");
        Assert.Equal("two", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
        Assert.Equal(ErrorIds.ReportNotWritten, Assert.Throws<OpsException>(() => ReportFile.Write(Path.Combine(path, "x.md"), "")).ErrorId);
        Assert.Equal(ErrorIds.ReportNotWritten, Assert.Throws<OpsException>(() => ReportFile.Write(Path.Combine(folder, "sub"), "")).ErrorId);
        Assert.Empty(Directory.GetFiles(folder)); // no part of it is left beside the folder of that name
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Drift_is_counted_by_place_and_state()
    {
        DriftCount drift = new();
        drift.Add(Target("c", RevisionState.Current));
        Assert.False(drift.Found);
        drift.Add(Target("b", RevisionState.Behind));
        drift.Add(Target("i", RevisionState.Inactive));
        OpsException error = drift.ToError();
        Assert.Equal(ErrorIds.DriftFound, error.ErrorId);
        Assert.StartsWith("Drift was found in 2 of 3 items: 1 Behind and 1 Inactive on bus. To repair targets, run target sync. To replace an image that is missing, run image update.", error.Message, StringComparison.Ordinal);
    }

    private static Report Of(params object[] records)
    {
        Report report = new(NeutralVoice.Instance);
        Assert.All(records, record => Assert.True(report.Add(record)));
        return report;
    }

    private static string Text(Report report, ReportFormat format) => ReportFile.Text(report, format, new ManualTimeProvider());

    private static TargetRevision Target(string rule, RevisionState state) =>
        new() { EventBusName = "bus", RuleName = rule, TargetId = "id", JobDefinition = "d:1", Revision = 1, LatestRevision = 3, State = state, Document = "{}" };

    private static TargetSyncResult Synced(SyncStatus status) => new() { EventBusName = "bus", RuleName = "r", TargetId = "id", From = "d:1", To = "d:2", Status = status, Reason = "why" };

    private static CheckResult Check(string name, int depth) => new() { Check = name, Depth = depth, Status = CheckStatus.OK, Result = "fine" };
}
