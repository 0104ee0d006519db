using EventBridgeOps.Projects.Testing;

namespace EventBridgeOps.Core.Tests.Projects;

/// <summary>What CloudFormation or EventBridge would refuse is found before.</summary>
public sealed class ReferenceTests : IDisposable
{
    private const string Queues = "resources/queues.yaml";
    private const string Transcribe = "rules/transcribe-uploads.yaml";
    private const string Requests = "rules/mvp-requests.yaml";
    private ProjectSpace _space = ProjectSpace.Of("orchestrator");

    public void Dispose() => _space.Dispose();

    [Theory]
    [InlineData("orchestrator", Queues, "Queues: [!Ref TranscriptionQueue,", "Queues: [!Ref TranscriptionQeue,", Queues + ":14:16: error: TranscriptionQeue is neither a resource nor a parameter. Did you mean TranscriptionQueue?")]
    [InlineData("orchestrator", Queues, "IndexQueue.Arn, ", "IndexQueue.Foo, ", "error: IndexQueue (AWS::SQS::Queue) has no attribute Foo.")]
    [InlineData("orchestrator", Queues, "${EventBusName}-index", "${EventBusNam}-index", "error: EventBusNam is neither a resource nor a parameter. Did you mean EventBusName?")]
    [InlineData("orchestrator", Queues, "  WelcomeQueue:\n", "  EventBus:\n    Type: AWS::SNS::Topic\n  WelcomeQueue:\n", Queues + ":8:3: error: EventBus is the name of a resource that each project has.")]
    [InlineData("orchestrator", Transcribe, "!GetAtt TranscriptionQueue.Arn", "!GetAtt TranscriptionQueue.Foo", Transcribe + ":8:10: error: TranscriptionQueue (AWS::SQS::Queue) has no attribute Foo.")]
    [InlineData("orchestrator", Transcribe, "!GetAtt TranscriptionQueue.Arn", "!Ref TranscriptionQueue", Transcribe + ":8:10: error: !Ref TranscriptionQueue is not an ARN. Write !GetAtt TranscriptionQueue.Arn.")]
    [InlineData("orchestrator", Transcribe, "!GetAtt TranscriptionQueue.Arn", "!GetAtt TranscriptionQueue.QueueName", "error: !GetAtt TranscriptionQueue.QueueName is not an ARN. Write !GetAtt TranscriptionQueue.Arn.")]
    [InlineData("orchestrator", Transcribe, "!GetAtt TranscriptionQueue.Arn", "arn:aws:sqs:eu-west-1:111122223333:orders.fifo", Transcribe + ":7:3: error: The target is a FIFO queue, but has no sqsParameters with a messageGroupId.")]
    [InlineData("orchestrator", Queues, "{QueueName: !Sub \"${EventBusName}-transcription\"}", "{FifoQueue: true}", Transcribe + ":7:3: error: The target is a FIFO queue, but has no sqsParameters with a messageGroupId.")]
    [InlineData("mvp", Requests, "arn: !Ref JobQueue", "arn: !Ref JobTable", Requests + ":8:10: error: JobTable is of type AWS::DynamoDB::Table, to which a rule cannot send events.")]
    [InlineData("mvp", "ebproject.yaml", "      SubnetId: subnet-0123456789abcdef0\n", "", "resources/batch.yaml:9:19: error: SubnetId is neither a resource nor a parameter.")]
    [InlineData("mvp", "ebproject.yaml", "defaults:\n", "  production:\n    account: \"444455556666\"\n    region: eu-west-1\n    parameters: {Image: a, SecurityGroupId: sg-1}\ndefaults:\n", "resources/batch.yaml:9:19: error: Environment production has no value for parameter SubnetId, which other environments have.")]
    [InlineData("orchestrator", "schemas/video-uploaded.v1.json", "\"VideoUploaded\"", "\"AudioUploaded\"", "schemas/video-uploaded.v1.json:1:1: error: Schema audio-uploaded.v1 describes the same events: AudioUploaded from com.example.orchestrator.")]
    [InlineData("orchestrator", "schemas/video-uploaded.v1.json", "\"VideoUploaded\"", "\"\"", "error: x-amazon-events-detail-type is empty or not a string.")]
    [InlineData("orchestrator", "schemas/audio-uploaded.v1.json", "\"minLength\": 1", "\"minLenght\": 1", "warning: 'minLenght' is not a keyword of JSON Schema, so it has no effect. Did you mean 'minLength'?")]
    [InlineData("orchestrator", Transcribe, "$.detail.fileId", "$.detail.fileID", "warning: For examples/audio-uploaded.v1/entry.json: ")]
    [InlineData("orchestrator", "rules/index-text.yaml", "0.8", "8", "rules/index-text.yaml:7:7: error: This alternative never matches, because no event that follows transcription-completed.v1 matches it. [/pattern/$or/1]")]
    [InlineData("orchestrator", "rules/index-text.yaml", "[DocumentUploaded]", "[DocumentUploadd]", "warning: No schema describes the event DocumentUploadd from com.example.orchestrator.")]
    [InlineData("orchestrator", Transcribe, "[AudioUploaded, VideoUploaded]", "[AudioUploadd, VideoUploaded]", Transcribe + ":5:17: warning: No schema describes the event AudioUploadd from com.example.orchestrator.")]
    [InlineData("orchestrator", "ebproject.yaml", "schemas:\n", "consumers: {analytics: {account: \"111122223333\"}}\nschemas:\n", "error: 111122223333 is the account of the project itself.")]
    public void A_fault_is_found(string sample, string file, string from, string to, string expected)
    {
        _space.Dispose();
        _space = ProjectSpace.Of(sample);
        Assert.Empty(_space.Found());

        _space.Replace(file, from, to);

        Assert.Contains(_space.Found(), found => found.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_field_of_an_alternative_that_never_matches_is_not_reported_as_well()
    {
        _space.Replace("rules/index-text.yaml", "0.8", "8");

        Assert.Equal(["Pattern"], _space.Test().Findings.Where(finding => finding.Check == ProjectCheck.Pattern && finding.State != FindingState.Passed).Select(finding => finding.Check.ToString()));
        Assert.DoesNotContain(_space.Found(), found => found.Contains("The field confidence", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_settings_that_are_not_valid_nothing_else_is_concluded()
    {
        _space.Replace("ebproject.yaml", "archive:", "archives:");

        ProjectTest test = _space.Test();

        Assert.Equal(["ebproject.yaml:10:1: error: 'archives' is not a known key. Did you mean 'archive'? [/archives]"], test.Findings.Select(finding => finding.ToText()));
        Assert.EndsWith(": 1 error in ebproject.yaml. Nothing else was checked.", test.Summary.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  development:", "  Prod:", "ebproject.yaml:5:3: error: The name 'Prod' is not valid. Use at most 32 small letters, digits and hyphens, with a letter first.")]
    [InlineData("\"111122223333\"", "\"1111\"", "error: /environments/development/account is \"1111\". The ID of an account has 12 digits.")]
    [InlineData("\"111122223333\"", "1111", "error: /environments/development/account is 1111. The ID of an account has 12 digits.")]
    [InlineData("region: eu-west-1", "region: Ireland", "error: /environments/development/region is \"Ireland\". Write the code of a Region, such as eu-west-1.")]
    [InlineData("retentionDays: 30\ndefaults", "retentionDays: 31\ndefaults", "2922, 3288, 3653.")]
    public void A_setting_that_is_not_valid_says_what_is(string from, string to, string expected)
    {
        _space.Replace("ebproject.yaml", from, to);

        Assert.Contains(expected, Assert.Single(_space.Found()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_called_empty_and_a_misspelled_key_comes_first()
    {
        _space.Replace(Transcribe, "pattern:\n", "patern:\n");
        Assert.Contains("'patern' is not a known key. Did you mean 'pattern'?", _space.Found().First(found => found.Contains(Transcribe, StringComparison.Ordinal)), StringComparison.Ordinal);
        _space.Write("ebproject.yaml", "");
        Assert.Equal(["ebproject.yaml:1:1: error: The file is empty."], _space.Found());
    }

    [Fact]
    public void Notes_can_be_anywhere_and_other_files_are_reported()
    {
        foreach (string folder in (string[])["schemas", "examples", "rules", "resources"])
        {
            _space.Write(folder + "/readme.md", "#");
            _space.Write(folder + "/notes.txt", "x");
        }

        Assert.Empty(_space.Found());
        _space.Write("rules/rule.toml", "x");
        Assert.Equal(["rules/rule.toml:1:1: error: The file is not read, because its name ends neither with .yaml nor with .yml."], _space.Found());
    }

    [Fact]
    public void A_rule_that_takes_all_events_does_not_hold_back_a_version()
    {
        File.Delete(Path.Combine(_space.Root, "rules/welcome-users.yaml"));
        _space.Replace("ebproject.yaml", "  policy: lenient", "  policy: lenient\n  retired: [user-registered.v1]");

        Assert.Empty(_space.Found());
        Assert.Equal("Retired. Rules: log-events.", Assert.Single(_space.Test().Findings, finding => finding.Check == ProjectCheck.Version && finding.Item == "user-registered.v1").Message);
    }

    [Fact]
    public void What_failed_comes_first_and_is_in_the_error()
    {
        _space.Replace(Transcribe, "TranscriptionQueue.Arn", "TranscriptionQeue.Arn");

        ProjectTest test = _space.Test();

        Assert.Equal(test.Findings.OrderBy(finding => finding.State), test.Findings);
        Assert.All(test.Findings, finding => Assert.Equal("orchestrator", finding.Project));
        Assert.StartsWith("Project orchestrator has 1 error: " + Transcribe + ":8:10: error: TranscriptionQeue", test.ToError().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_that_passed_has_its_place() =>
        Assert.Contains(_space.Test().Findings, finding => finding is { Check: ProjectCheck.RuleTest, State: FindingState.Passed, Line: > 1 });

    [Fact]
    public void The_settings_file_stands_for_the_project() =>
        Assert.Equal(_space.Root, EventBridgeOps.Projects.Project.Read(Path.Combine(_space.Root, "ebproject.yaml")).Folder.Root);
}
