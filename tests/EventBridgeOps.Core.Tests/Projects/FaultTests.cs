using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects;
using EventBridgeOps.Projects.Testing;

namespace EventBridgeOps.Core.Tests.Projects;

/// <summary>Each kind of fault, put into a sample, is found at its file, line and column.</summary>
public sealed class FaultTests : IDisposable
{
    private const string Audio = "schemas/audio-uploaded.v1.json";
    private const string Transcribe = "rules/transcribe-uploads.yaml";
    private const string TranscribeTests = "rules/transcribe-uploads.tests.yaml";
    private readonly ProjectSpace _space = ProjectSpace.Of("orchestrator");

    public void Dispose() => _space.Dispose();

    [Theory]
    [InlineData("ebproject.yaml", "logging:", "loging:", "ebproject.yaml:12:1: error: 'loging' is not a known key. Did you mean 'logging'? [/loging]")]
    [InlineData("ebproject.yaml", "level: ERROR", "level: LOUD", "ebproject.yaml:13:10: error: /logging/level is \"LOUD\", but must be one of")]
    [InlineData("ebproject.yaml", "retentionDays: 30\nlogging", "retentionDays: soon\nlogging", "ebproject.yaml:11:18: error: /archive/retentionDays is a string, but must be an integer.")]
    [InlineData("ebproject.yaml", "name: orchestrator\n", "name: orchestrator\nname: twice\n", "ebproject.yaml:3:1: error: The key 'name' occurs twice.")]
    [InlineData("ebproject.yaml", "archive:", "archive: [", "ebproject.yaml:10:10: error: The file is not valid YAML: This bracket or brace is not closed, or what is in it is not indented.")]
    [InlineData("ebproject.yaml", "archive:\n  ", "archive: {", "ebproject.yaml:10:10: error: The file is not valid YAML: This bracket or brace is not closed")]
    [InlineData("ebproject.yaml", "archive:", "? [a]\n: b\narchive:", "ebproject.yaml:10:3: error: A key is not a string.")]
    [InlineData("ebproject.yaml", "archive:\n  ", "archive:\n\t", "ebproject.yaml:11:1: error: The file is not valid YAML: ")]
    [InlineData("ebproject.yaml", "archive:", "---\narchive:", "ebproject.yaml:10:1: error: A second YAML document begins here.")]
    [InlineData(Transcribe, "[AudioUploaded, VideoUploaded]", "[\"AudioUploaded\" \"VideoUploaded\"]", Transcribe + ":5:33: error: The file is not valid YAML: ")]
    [InlineData(Transcribe, "[AudioUploaded, VideoUploaded]", "[AudioUploaded, VideoUploaded]]", Transcribe + ":5:46: error: The file is not valid YAML: ")]
    [InlineData(Transcribe, "[transcription-completed.v1]", "[transcription-completed.v1", Transcribe + ":15:12: error: The file is not valid YAML: This bracket or brace is not closed")]
    [InlineData(Transcribe, "[transcription-completed.v1]", "*none", Transcribe + ":15:12: error: Alias *none is not preceded by its anchor.")]
    [InlineData(Transcribe, "[transcription-completed.v1]", "[user: transcription-completed.v1]", Transcribe + ":15:13: error: ")]
    [InlineData(Transcribe, "[transcription-completed.v1]\n", "[transcription-completed.v1]\n---\npattern: {}\n", Transcribe + ":16:1: error: A second YAML document begins here. A file has one document; remove the line, or put the rest into another file.")]
    [InlineData("resources/queues.yaml", "Resources:", "Resources: [", "resources/queues.yaml:3:9: error: The file is not valid YAML: ")]
    [InlineData("ebproject.yaml", "archive:", "archive: 'a", "ebproject.yaml:10:10: error: The file is not valid YAML: ")]
    [InlineData("ebproject.yaml", "  policy: lenient", "  policy: lenient\n  retired: [audio-uploaded.v7]", "ebproject.yaml:26:13: error: Schema audio-uploaded.v7 does not exist. Did you mean audio-uploaded.v1? [/schemas/retired/0]")]
    [InlineData(Audio, "\"type\": \"object\",\n  \"required\"", "\"type\": \"objekt\",\n  \"required\"", Audio + ":5:11: error: ")]
    [InlineData(Audio, "\"type\": \"object\",\n  \"required\"", "\"type\": \"object\"\n  \"required\"", Audio + ":6:3: error: The schema is not valid JSON: ")]
    [InlineData(Audio, "\"type\": \"object\",\n  \"required\"", "\"type\": \"object\",\n  \"type\": \"object\",\n  \"required\"", Audio + ":6:3: error: The key 'type' occurs twice.")]
    [InlineData(Audio, "A user uploaded", "\\ud800", Audio + ":3:12: error: The schema is not valid JSON: ")]
    [InlineData("examples/audio-uploaded.v1/interview.json", "\"user-1\"", "\"user-1\", \"userId\": \"user-2\"", "examples/audio-uploaded.v1/interview.json:2:23: error: The key 'userId' occurs twice.")]
    [InlineData("examples/audio-uploaded.v1/interview.json", "\"user-1\"", "\"ü😀\", x", "examples/audio-uploaded.v1/interview.json:2:20: error: The file is not valid JSON: ")]
    [InlineData("examples/audio-uploaded.v1/interview.json", "\"userId\": \"user-1\"", "\"userId\": 1", "examples/audio-uploaded.v1/interview.json:2:13: error: /userId is the number 1, but must be a string (audio-uploaded.v1#/properties/userId/type). [/userId]")]
    [InlineData("examples/audio-uploaded.v1/entry.json", "\"fileId\": \"file-2\"", "\"file\": \"file-2\"", "examples/audio-uploaded.v1/entry.json:4:13: error: The detail has no \"fileId\", which is required")]
    [InlineData("examples/audio-uploaded.v1/entry.json", "AudioUploaded", "AudioUploded", "examples/audio-uploaded.v1/entry.json:3:17: error: The detail type is AudioUploded, but that of schema audio-uploaded.v1 is AudioUploaded. [/DetailType]")]
    [InlineData("examples/audio-uploaded.v1/upload-time.invalid.json", "yesterday", "2026-11-28T09:30:00Z", "examples/audio-uploaded.v1/upload-time.invalid.json:1:1: error: The example is named as not valid, but schema audio-uploaded.v1 accepts it.")]
    [InlineData(Transcribe, "detail-type: [AudioUploaded, VideoUploaded]", "detail-type: AudioUploaded", Transcribe + ":5:16: error: ")]
    [InlineData(Transcribe, "[AudioUploaded, VideoUploaded]", "[AudioUploded]", Transcribe + ":3:1: warning: No schema describes the event AudioUploded from com.example.orchestrator.")]
    [InlineData(Transcribe, "VideoUploaded]\n", "VideoUploaded]\n  detail: {metadata: {formt: [mp3]}}\n", Transcribe + ":6:23: warning: The field metadata.formt is not in audio-uploaded.v1, video-uploaded.v1. [/pattern/detail/metadata/formt]")]
    [InlineData(Transcribe, "VideoUploaded]\n", "VideoUploaded]\n  detail: {userId: [{numeric: [\">\", 5]}]}\n", Transcribe + ":6:3: error: The rule never matches, because no event that follows audio-uploaded.v1, video-uploaded.v1 matches the pattern. [/pattern/detail]")]
    [InlineData(Transcribe, "TranscriptionQueue.Arn", "TranscriptionQeue.Arn", Transcribe + ":8:10: error: TranscriptionQeue is neither a resource nor a parameter. Did you mean TranscriptionQueue? [/targets/transcription/arn]")]
    [InlineData(Transcribe, "!GetAtt TranscriptionQueue.Arn", "the-queue", Transcribe + ":8:10: error: 'the-queue' is not an ARN.")]
    [InlineData(Transcribe, "{\"fileId\": <file>", "{\"fileId\": <fil>", Transcribe + ":9:5: error: For examples/audio-uploaded.v1/entry.json: ")]
    [InlineData(Transcribe, "bucket: $.detail.s3Location.bucket", "bucket: detail.bucket", Transcribe + ":9:5: error: For examples/audio-uploaded.v1/entry.json: ")]
    [InlineData(Transcribe, "[transcription-completed.v1]", "[transcription-complete.v1]", Transcribe + ":15:13: error: Schema transcription-complete.v1 does not exist. Did you mean transcription-completed.v1?")]
    [InlineData(Transcribe, "targets:\n", "targets:\n  a: &q {arn: !GetAtt IndexQueue.Arn}\n  b: *q\n  c: *q\n  d: *q\n  e: *q\n", Transcribe + ":6:1: error: The rule has 6 targets, but EventBridge allows at most 5.")]
    [InlineData(TranscribeTests, "event: examples/document-uploaded.v1/contract.json", "event: examples/audio-uploaded.v1/interview.json", TranscribeTests + ":13:5: error: The rule matches the event, but must not. [/tests/2/matches]")]
    [InlineData(TranscribeTests, "examples/video-uploaded.v1/talk.json", "examples/document-uploaded.v1/contract.json", TranscribeTests + ":8:5: error: The rule does not match the event. detail-type is \"DocumentUploaded\", but must be \"AudioUploaded\" or \"VideoUploaded\".")]
    [InlineData(TranscribeTests, "examples/video-uploaded.v1/talk.json", "examples/video-uploaded.v1/talks.json", TranscribeTests + ":8:12: error: examples/video-uploaded.v1/talks.json does not exist. Did you mean examples/video-uploaded.v1/talk.json?")]
    [InlineData(TranscribeTests, "user-1/talk.mp4", "user-1/other.mp4", TranscribeTests + ":10:7: error: The target receives {\"fileId\": \"file-1\", \"media\": \"s3://orchestrator-uploads/user-1/talk.mp4\"}, but must receive ")]
    [InlineData(TranscribeTests, "transcription: {fileId: file-1, media: \"s3://orchestrator-uploads/user-1/talk.mp4\"}", "log: {}", TranscribeTests + ":10:7: error: The rule has no target log. Targets: transcription.")]
    [InlineData("rules/log-events.yaml", "!GetAtt EventLog.Arn", "!GetAtt EventBus.Arn", "rules/log-events.yaml:6:3: error: The target sends AudioUploaded to its own rule again, so each event is delivered endlessly.", "audio-uploaded.v1")]
    public void A_fault_is_found_where_it_is(string file, string from, string to, string expected, string kind = "AudioUploaded")
    {
        _space.Replace(file, from, to);

        Assert.Contains(_space.Found(), found => found.Contains(expected.Replace("AudioUploaded to its", kind + " to its", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\n  \"type\": \"object\",\n  \"type\": \"object\"\n}", "schemas/common/address.json:3:3: error: The key 'type' occurs twice.")]
    [InlineData("{\n  \"type\": objekt\n}", "schemas/common/address.json:2:11: error: The schema is not valid JSON: ")]
    [InlineData("{\n  \"type\": \"objekt\"\n}", "schemas/common/address.json:2:11: error: ")]
    [InlineData("{\n  \"$schema\": \"http://json-schema.org/draft-03/schema#\"\n}", "schemas/common/address.json:2:14: error: The $schema http://json-schema.org/draft-03/schema# is not supported.")]
    [InlineData("{\n  \"$ref\": \"#/$defs/none\"\n}", "schemas/common/address.json:2:11: error: The schema that $ref names was not found: #/$defs/none.")]
    public void A_fault_of_a_file_to_which_schemas_refer_is_found_in_that_file_and_once(string text, string expected)
    {
        foreach (string schema in new[] { Audio, "schemas/video-uploaded.v1.json" })
            _space.Replace(schema, "\"type\": \"object\",\n  \"required\"", "\"type\": \"object\",\n  \"$ref\": \"common/address.json\",\n  \"required\"");
        _space.Write("schemas/common/address.json", text);

        Assert.StartsWith(expected, Assert.Single(_space.Found(), found => found.StartsWith("schemas/", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"type\": \"objekt\"", ":7:9: error: ")]
    [InlineData("\"$ref\": \"#/components/schemas/None\"", ":7:9: error: The schema that $ref names was not found")]
    public void A_fault_of_an_OpenAPI_document_is_found_where_it_is(string fault, string expected)
    {
        _space.Write("schemas/order-placed.v1.json", "{\n\"openapi\": \"3.0.0\",\n\"info\": {\"title\": \"x\", \"version\": \"1\"},\n\"paths\": {},\n\"components\": {\"schemas\": {\n\"OrderPlaced\": {\n" + fault + "\n}}}}\n");

        Assert.Contains(_space.Found(), found => found.StartsWith("schemas/order-placed.v1.json" + expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_to_which_no_schema_refers_is_looked_at_too()
    {
        _space.Write("schemas/common/unused.json", "{\n  \"a\": }");

        Assert.StartsWith("schemas/common/unused.json:2:8: error: The file is not valid JSON: ", Assert.Single(_space.Found()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_published_schema_that_was_edited_by_one_byte_is_refused()
    {
        Project project = Project.Read(_space.Root);
        ProjectLock published = project.Schemas.Aggregate(project.Lock, (before, schema) => before.WithPublished(schema, new DateTimeOffset(2026, 11, 28, 9, 30, 0, TimeSpan.Zero), "development"));
        _space.Write(ProjectLock.FileName, published.ToText());
        Assert.Empty(_space.Found());

        _space.Write(Audio, _space.Read(Audio) + " ");

        Assert.Equal([Audio + ":1:1: error: Schema audio-uploaded.v1 was published, and has been edited since. Restore the file, and make the change in a new version: audio-uploaded.v2."], _space.Found());
        File.Delete(Path.Combine(_space.Root, Audio));
        Assert.Contains(_space.Found(), found => found.StartsWith(Audio + ":1:1: error: Schema audio-uploaded.v1 was published, but its file does not exist.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_byte_order_mark_is_not_part_of_a_file()
    {
        Project project = Project.Read(_space.Root);
        ProjectLock published = project.Schemas.Aggregate(project.Lock, (before, schema) => before.WithPublished(schema, new DateTimeOffset(2026, 11, 28, 9, 30, 0, TimeSpan.Zero), "development"));
        _space.Write(ProjectLock.FileName, published.ToText());
        _space.Write("schemas/common/name.json", "{\"type\": \"string\"}");

        foreach (string file in Directory.GetFiles(_space.Root, "*", SearchOption.AllDirectories))
            File.WriteAllText(file, File.ReadAllText(file), new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.Empty(_space.Found());
        Assert.Equal(project.Schemas.Select(schema => schema.Digest), Project.Read(_space.Root).Schemas.Select(schema => schema.Digest));
    }

    [Fact]
    public void A_new_version_that_breaks_is_refused_with_an_event_that_shows_it()
    {
        _space.Write("schemas/audio-uploaded.v2.json", _space.Read(Audio).Replace("\"s3Location\"\n  ]", "\"s3Location\",\n    \"metadata\"\n  ]", StringComparison.Ordinal));
        _space.Write("examples/audio-uploaded.v2/interview.json", _space.Read("examples/audio-uploaded.v1/interview.json"));

        ProjectFinding found = Assert.Single(_space.Test().Findings, finding => finding.State == FindingState.Failed);

        Assert.Equal((ProjectCheck.Compatibility, "schemas/audio-uploaded.v2.json", 6), (found.Check, found.File, found.Line!.Value));
        Assert.StartsWith("Events of audio-uploaded.v1 are refused, for example {", found.Message, StringComparison.Ordinal);
        _space.Replace("ebproject.yaml", "compatibility: backward", "compatibility: forward");
        Assert.True(_space.Test().Passed);
    }

    [Theory]
    [InlineData("", "error: The target sends audio-uploaded.v1 to its own rule again")]
    [InlineData("  detail:\n    metadata:\n      format: [mp3]\n", "warning: The target can send audio-uploaded.v1 to its own rule again")]
    public void A_circle_is_certain_only_if_the_pattern_looks_at_nothing_else(string detail, string expected)
    {
        _space.Replace(Transcribe, "[transcription-completed.v1]", "[audio-uploaded.v1]");
        _space.Replace(Transcribe, "[AudioUploaded, VideoUploaded]\n", "[AudioUploaded, VideoUploaded]\n" + detail);

        Assert.Contains(expected, Assert.Single(_space.Test().Findings, finding => finding.Check == ProjectCheck.Loop && finding.State != FindingState.Passed).ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Checks_side_by_side_can_ask_the_same_schema()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(_space.Root, "rules")))
            File.Delete(file);
        foreach (string name in (string[])["one", "two"])
            _space.Write($"rules/{name}.yaml", "pattern:\n  source: [com.example.orchestrator]\n  detail-type: [AudioUploaded]\n  detail:\n    userId: [u1]\n    metadata:\n      format: [mp3]\ntargets:\n  transcription:\n    arn: !GetAtt TranscriptionQueue.Arn\n");
        for (int round = 0; round < 20; round++)
            Assert.DoesNotContain(_space.Test().Findings, finding => finding.Check == ProjectCheck.Pattern && finding.State == FindingState.Failed);
    }

    [Fact]
    public void A_circle_over_several_rules_is_found()
    {
        _space.Replace(Transcribe, "[transcription-completed.v1]", "[document-uploaded.v1]");
        _space.Replace("rules/index-text.yaml", "    inputPath: $.detail\n", "    inputPath: $.detail\n    emits: [audio-uploaded.v1]\n");

        string loop = Assert.Single(_space.Found());

        Assert.Contains("error: The target sends document-uploaded.v1 round in a circle: rules index-text, transcribe-uploads.", loop, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("archive:", "archive:", null)]
    [InlineData("${EventBusName}-dead-letters", "shop-dead-letters", "AWS::SQS::Queue shop-dead-letters")]
    [InlineData("${EnvironmentName}-application-events", "application-events", "AWS::Events::EventBus application-events")]
    [InlineData("${EnvironmentName}-application-events", "default", "AWS::Events::Rule welcome-users")]
    public void Environments_of_one_account_have_names_of_their_own(string from, string to, string? name)
    {
        _space.Replace("ebproject.yaml", "archive:", "  staging: {account: \"111122223333\", region: eu-west-1}\n  other: {account: \"111122223333\", region: eu-west-2}\narchive:");
        _space.Replace("ebproject.yaml", "bus:\n  name: ${EnvironmentName}-application-events\n", "");
        _space.Replace("ebproject.yaml", "environments:", "bus: {name: \"${EnvironmentName}-application-events\"}\nenvironments:");
        _space.Replace("ebproject.yaml", from, to);

        string[] found = _space.Found();

        if (name is null)
            Assert.Empty(found);
        else
            Assert.Contains($"ebproject.yaml:9:3: error: The {name} of this environment is also that of the environment 'development', in the same account and Region. Use ${{EnvironmentName}} in its name. [/environments/staging]", found);
        Assert.DoesNotContain(found, each => each.Contains("'other'", StringComparison.Ordinal) || each.EndsWith("/other]", StringComparison.Ordinal));
    }

    [Fact]
    public void Quotas_are_checked()
    {
        for (int i = 0; i < 301; i++)
            _space.Write($"rules/r{i}.yaml", "pattern: {source: [com.example.orchestrator]}\ntargets: {q: {arn: !GetAtt IndexQueue.Arn}}\ntests: [{event: examples/user-registered.v1/ann.json}]\n");
        string consumers = string.Concat(Enumerable.Range(0, 30).Select(i => $"  c{i}: {{account: 4444555566{i:00}}}\n"));
        _space.Replace("ebproject.yaml", "schemas:\n", "consumers:\n" + consumers + "schemas:\n");
        string names = string.Join(", ", Enumerable.Range(0, 300).Select(i => $"\"detail-type-{i}\""));
        _space.Write("rules/long.yaml", $"pattern: {{source: [com.example.orchestrator], detail-type: [AudioUploaded, {names}]}}\ntargets: {{q: {{arn: !GetAtt IndexQueue.Arn}}}}\ntests: [{{event: examples/audio-uploaded.v1/interview.json}}]\n");

        string[] found = _space.Found();

        Assert.Contains(found, each => each.Contains("warning: Event bus development-application-events has 306 rules. The default quota is 300", StringComparison.Ordinal));
        Assert.Contains(found, each => each.Contains("error: The policy of the event bus in environment development has ", StringComparison.Ordinal));
        Assert.Contains(found, each => each.StartsWith("rules/long.yaml:1:1: error: The pattern has ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_retired_version_that_a_rule_still_wants_is_refused()
    {
        _space.Replace("ebproject.yaml", "  policy: lenient", "  policy: lenient\n  retired: [user-registered.v1]");

        Assert.Equal(["ebproject.yaml:26:12: error: Schema user-registered.v1 is retired, but is still wanted by welcome-users. [/schemas/retired]"], _space.Found());
    }

    [Fact]
    public void A_folder_without_settings_is_no_project()
    {
        File.Delete(Path.Combine(_space.Root, "ebproject.yaml"));

        Assert.Equal(ErrorIds.InvalidProject, Assert.Throws<OpsException>(_space.Test).ErrorId);
    }
}
