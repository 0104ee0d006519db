using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Projects.Making;
using EventBridgeOps.Projects.Testing;

namespace EventBridgeOps.Core.Tests.Projects;

/// <summary>Projects are made and changed; what the user wrote stays.</summary>
public sealed class MakingTests : IDisposable
{
    private readonly ProjectSpace _space = ProjectSpace.Of("empty");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _space.Dispose();

    [Fact]
    public void Files_are_not_overwritten()
    {
        _space.Write("ebproject.yaml", "mine");

        OpsException error = Assert.Throws<OpsException>(() => ProjectMaker.Make(_space.Root, new NewProjectRequest { Sample = "mvp" }));

        Assert.Equal(ErrorIds.InvalidProject, error.ErrorId);
        Assert.Equal("mine", _space.Read("ebproject.yaml"));
        Assert.False(Directory.Exists(Path.Combine(_space.Root, "rules")));
    }

    [Fact]
    public void A_project_has_the_name_of_its_folder_or_the_one_that_is_specified()
    {
        string folder = Path.Combine(_space.Root, "My shop_1");
        ProjectMaker.Make(folder, new NewProjectRequest());
        Assert.Equal("My-shop-1", Project.Read(folder).Settings!.Name);
        ProjectMaker.Make(folder + "b", new NewProjectRequest { Sample = "mvp", Name = "agents" });
        Assert.Equal("agents", Project.Read(folder + "b").Settings!.Name);
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<OpsException>(() => ProjectMaker.Make(folder + "c", new NewProjectRequest { Name = "a b" })).ErrorId);
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<OpsException>(() => ProjectMaker.Make(folder + "c", new NewProjectRequest { Sample = "x" })).ErrorId);
    }

    [Fact]
    public async Task Questions_are_asked_until_the_answer_is_valid()
    {
        Queue<string?> answers = new(["shop", "mvp", "a b", ""]);
        List<string> asked = [];

        NewProjectRequest request = await ProjectQuestions.AskAsync(new NewProjectRequest(), _space.Root, (question, _) => Asked(question), Token);

        Assert.Equal(("mvp", "mvp"), (request.Sample, request.Name));
        Assert.Equal(4, asked.Count);
        Assert.Equal(new NewProjectRequest(), await ProjectQuestions.AskAsync(new NewProjectRequest(), _space.Root, null, Token));

        Task<string?> Asked(Message question)
        {
            asked.Add(question.ToString());
            return Task.FromResult(answers.Dequeue());
        }
    }

    [Fact]
    public void What_is_added_passes()
    {
        ProjectAdder.AddSchema(_space.Root, new AddToProjectRequest { Name = "order-placed" });
        ProjectAdder.AddSchema(_space.Root, new AddToProjectRequest { Name = "order-placed" });
        ProjectAdder.AddRule(_space.Root, new AddToProjectRequest { Name = "take-orders", Schema = ["order-placed.v2"] });
        ProjectAdder.AddConsumer(_space.Root, new AddToProjectRequest { Name = "analytics", AccountId = "444455556666", Schema = ["order-placed.v2"] });
        ProjectAdder.AddConsumer(_space.Root, new AddToProjectRequest { Name = "billing", AccountId = "444455557777", BusArn = "arn:aws:events:eu-west-1:444455557777:event-bus/default" });

        Assert.Empty(_space.Found());
        Project project = Project.Read(_space.Root);
        Assert.Equal(["order-placed.v1", "order-placed.v2"], project.Schemas.Select(schema => schema.Name));
        Assert.Equal(["analytics", "billing"], project.Settings!.Consumers.Select(consumer => consumer.Name).Order(StringComparer.Ordinal));
        Assert.Throws<OpsException>(() => ProjectAdder.AddRule(_space.Root, new AddToProjectRequest { Name = "take-orders" }));
        Assert.Throws<OpsException>(() => ProjectAdder.AddConsumer(_space.Root, new AddToProjectRequest { Name = "billing", AccountId = "444455557777" }));
        Assert.Throws<OpsException>(() => ProjectAdder.AddSchema(_space.Root, new AddToProjectRequest { Name = "../evil" }));
        Assert.Throws<OpsException>(() => ProjectAdder.AddRule(_space.Root, new AddToProjectRequest { Name = "../evil" }));
    }

    [Fact]
    public async Task Settings_are_changed_and_comments_stay()
    {
        _space.Replace("ebproject.yaml", "    account: \"111122223333\"\n", "    account: '111122223333' # the shared one\n");

        IReadOnlyList<ProjectFile> files = await ConfigureAsync(new ConfigureProjectRequest { AccountId = "123456789012", Region = "us-east-1", EventBusName = "shop", Parameter = new Dictionary<string, string> { ["TableName"] = "it's: #1", ["Other"] = "x" } });

        Assert.Equal(["ebproject.yaml: Changed", ".env: Created"], files.Select(file => file.ToString()));
        Assert.Contains("    account: \"123456789012\" # the shared one\n", _space.Read("ebproject.yaml"), StringComparison.Ordinal);
        Assert.Equal("PROJECT_NAME=" + Project.Read(_space.Root).Settings!.Name + "\nAWS_DEFAULT_REGION=us-east-1\nEVENTBRIDGE_BUS_NAME=shop\nDYNAMODB_TABLE_NAME='it'\\''s: #1'\n", _space.Read(".env"));
        _space.Write(".env", "# mine\nAWS_PROFILE=team\nexport AWS_DEFAULT_REGION=old\n");
        files = await ConfigureAsync(new ConfigureProjectRequest());
        Assert.Equal(["ebproject.yaml: Unchanged", ".env: Changed"], files.Select(file => file.ToString()));
        Assert.StartsWith("# mine\nAWS_PROFILE=team\nAWS_DEFAULT_REGION=us-east-1\nPROJECT_NAME=", _space.Read(".env"), StringComparison.Ordinal);
        files = await ConfigureAsync(new ConfigureProjectRequest { EnvironmentName = "production", AccountId = "999999999999" });
        Assert.Equal(["development", "production"], Project.Read(_space.Root).Settings!.Environments.Select(environment => environment.Name));
        string before = _space.Read("ebproject.yaml");
        await Assert.ThrowsAsync<OpsException>(() => ConfigureAsync(new ConfigureProjectRequest { Region = "nowhere" }));
        Assert.Equal(before, _space.Read("ebproject.yaml"));
    }

    [Fact]
    public async Task Variables_of_another_environment_are_removed()
    {
        await ConfigureAsync(new ConfigureProjectRequest { AccountId = "123456789012", Region = "us-east-1", Parameter = new Dictionary<string, string> { ["TableName"] = "jobs", ["JobQueueArn"] = "arn:aws:batch:us-east-1:123456789012:job-queue/a" } });
        Assert.Contains("JOB_QUEUE_ARN=", _space.Read(".env"), StringComparison.Ordinal);
        _space.Write(".env", "# mine\nSERVICE_NAME=mine\nexport JOB_QUEUE_ARN=old\n" + _space.Read(".env"));

        await ConfigureAsync(new ConfigureProjectRequest { EnvironmentName = "production", AccountId = "999999999999", Parameter = new Dictionary<string, string> { ["TableName"] = "other" } });

        string variables = _space.Read(".env");
        Assert.StartsWith("# mine\nSERVICE_NAME=mine\nPROJECT_NAME=", variables, StringComparison.Ordinal);
        Assert.DoesNotContain("JOB_QUEUE_ARN", variables, StringComparison.Ordinal);
        Assert.Contains("DYNAMODB_TABLE_NAME=other\n", variables, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_new_comes_last_so_that_the_first_environment_stays_the_first()
    {
        await ConfigureAsync(new ConfigureProjectRequest { EnvironmentName = "staging", AccountId = "222222222222", Parameter = new Dictionary<string, string> { ["B"] = "1", ["A"] = "2" } });
        await ConfigureAsync(new ConfigureProjectRequest { EnvironmentName = "production", AccountId = "333333333333" });
        await ConfigureAsync(new ConfigureProjectRequest { Parameter = new Dictionary<string, string> { ["Image"] = "x:2" } });
        ProjectAdder.AddConsumer(_space.Root, new AddToProjectRequest { Name = "zebra", AccountId = "444455556666" });
        ProjectAdder.AddConsumer(_space.Root, new AddToProjectRequest { Name = "ant", AccountId = "444455556666" });

        ProjectSettings settings = Project.Read(_space.Root).Settings!;

        Assert.Equal(["development", "staging", "production"], settings.Environments.Select(environment => environment.Name));
        Assert.Equal("x:2", settings.Environments[0].Parameters["Image"]);
        Assert.Equal(["B", "A"], settings.Environments[1].Parameters.Keys);
        Assert.Equal(["zebra", "ant"], settings.Consumers.Select(consumer => consumer.Name));
    }

    [Fact]
    public async Task What_is_new_in_braces_comes_last_too()
    {
        _space.Replace("ebproject.yaml", "  development:\n    account: \"111122223333\"\n    region: eu-west-1\n", "  development: {account: \"111122223333\", region: 'eu-west-1'}\n");

        await ConfigureAsync(new ConfigureProjectRequest { EventBusName = "shop" });

        Assert.Contains("  development: {account: \"111122223333\", region: 'eu-west-1', bus: shop}\n", _space.Read("ebproject.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_environment_does_not_take_the_account_of_another()
    {
        OpsException error = await Assert.ThrowsAsync<OpsException>(() => ConfigureAsync(new ConfigureProjectRequest { EnvironmentName = "production" }));
        Assert.StartsWith("Environment production does not exist. To create it, specify its account", error.Message, StringComparison.Ordinal);

        Queue<string?> answers = new(["production", "", "12", "333333333333", "", "", ""]);
        List<string> asked = [];
        await ProjectConfigurer.ConfigureAsync(_space.Root, new ConfigureProjectRequest(), (question, _) => Answer(question), Token);

        Assert.Equal("333333333333", Project.Read(_space.Root).Settings!.Environments[1].AccountId);
        Assert.Equal("Account: ", asked[1]);
        Assert.StartsWith("'12' is not the ID of an account.", asked[3], StringComparison.Ordinal);

        Task<string?> Answer(Message question)
        {
            asked.Add(question.ToString());
            return Task.FromResult(answers.Dequeue());
        }
    }

    [Fact]
    public void What_is_added_must_fit()
    {
        ProjectAdder.AddSchema(_space.Root, new AddToProjectRequest { Name = "order-placed" });
        ProjectAdder.AddSchema(_space.Root, new AddToProjectRequest { Name = "order-paid" });

        Assert.Contains("The argument <name> is required.", Refused(() => ProjectAdder.AddSchema(_space.Root, new AddToProjectRequest())), StringComparison.Ordinal);
        Assert.Contains("The argument <name> is required.", Refused(() => ProjectAdder.AddConsumer(_space.Root, new AddToProjectRequest())), StringComparison.Ordinal);
        Assert.Contains("The argument <name> is required.", Refused(() => SchemaRetirer.Retire(_space.Root, new RetireSchemaRequest())), StringComparison.Ordinal);
        Assert.Contains("The project has several schemas.", Refused(() => ProjectAdder.AddRule(_space.Root, new AddToProjectRequest { Name = "take" })), StringComparison.Ordinal);
        Assert.Contains("is the account of the project itself", Refused(() => ProjectAdder.AddConsumer(_space.Root, new AddToProjectRequest { Name = "own", AccountId = "111122223333" })), StringComparison.Ordinal);
        Assert.Contains("is not an event bus in account 444455556666", Refused(() => ProjectAdder.AddConsumer(_space.Root, new AddToProjectRequest { Name = "other", AccountId = "444455556666", BusArn = "arn:aws:events:eu-west-1:777777777777:event-bus/default" })), StringComparison.Ordinal);
        SchemaRetirer.Retire(_space.Root, new RetireSchemaRequest { Name = "order-paid.v1" });
        Assert.Contains("order-paid.v1 is retired", Refused(() => ProjectAdder.AddRule(_space.Root, new AddToProjectRequest { Name = "take", Schema = ["order-paid.v1"] })), StringComparison.Ordinal);
        ProjectAdder.AddRule(_space.Root, new AddToProjectRequest { Name = "take" });
        Assert.Contains(" # Replace it with the target that is meant.", _space.Read("rules/take.yaml"), StringComparison.Ordinal);

        static string Refused(Func<object> work) => Assert.Throws<OpsException>(work).Message;
    }

    [Fact]
    public void A_version_is_retired_only_when_nobody_wants_it()
    {
        ProjectAdder.AddSchema(_space.Root, new AddToProjectRequest { Name = "order-placed" });
        ProjectAdder.AddRule(_space.Root, new AddToProjectRequest { Name = "take-orders" });
        RetireSchemaRequest request = new() { Name = "order-placed.v1" };

        OpsException error = Assert.Throws<OpsException>(() => SchemaRetirer.Retire(_space.Root, request));
        Assert.Contains("still wanted by take-orders", error.Message, StringComparison.Ordinal);

        ProjectAdder.AddSchema(_space.Root, new AddToProjectRequest { Name = "order-placed" });
        Assert.Equal(ProjectFileState.Changed, Assert.Single(SchemaRetirer.Retire(_space.Root, request)).State);
        Assert.Equal(["order-placed.v1"], Project.Read(_space.Root).Settings!.Retired);
        Assert.Equal(ProjectFileState.Unchanged, Assert.Single(SchemaRetirer.Retire(_space.Root, request)).State);
        Assert.Empty(_space.Found());
        Assert.Throws<OpsException>(() => SchemaRetirer.Retire(_space.Root, new RetireSchemaRequest { Name = "order-placed.v2" }));
    }

    [Theory]
    [InlineData("", "  retired: [order-placed.v1]\n")]
    [InlineData("  retired: []\n", "  retired: [order-placed.v1]\n")]
    [InlineData("  retired: [ ] # none\n", "  retired: [ order-placed.v1] # none\n")]
    [InlineData("  retired: [a.v1] # gone\n# end\n", "  retired: [a.v1, order-placed.v1] # gone\n# end\n")]
    [InlineData("  retired: [a.v1,]\n", "  retired: [a.v1, order-placed.v1,]\n")]
    [InlineData("  retired: [ # gone\n    a.v1, # first\n    'b.v1' # second\n  ]\n", "  retired: [ # gone\n    a.v1, # first\n    'b.v1', order-placed.v1 # second\n  ]\n")]
    [InlineData("  retired:\n    - a.v1 # first\n    # second:\n    - \"b.v1\"\n# end\n", "  retired:\n    - a.v1 # first\n    # second:\n    - \"b.v1\"\n    - order-placed.v1\n# end\n")]
    [InlineData("  retired:\n  - a.v1 # gone", "  retired:\n  - a.v1 # gone\n  - order-placed.v1\n")]
    [InlineData("  retired: # gone\n    -   a.v1\ntags: {a: b}\n", "  retired: # gone\n    -   a.v1\n    -   order-placed.v1\ntags: {a: b}\n")]
    public void A_retired_version_is_added_to_the_list_as_it_is_written(string before, string after)
    {
        foreach (string lineEnd in new[] { "\n", "\r\n" })
        {
            using ProjectSpace space = ProjectSpace.Of("empty");
            ProjectAdder.AddSchema(space.Root, new AddToProjectRequest { Name = "order-placed" });
            string settings = space.Read("ebproject.yaml");
            space.Write("ebproject.yaml", (settings + before).ReplaceLineEndings(lineEnd));

            SchemaRetirer.Retire(space.Root, new RetireSchemaRequest { Name = "order-placed.v1" });

            Assert.Equal((settings + after).ReplaceLineEndings(lineEnd), space.Read("ebproject.yaml"));
        }
    }

    [Theory]
    [InlineData("schemas:\n  compatibility: backward\n  policy: lenient\n", "", "schemas:\n  retired: [order-placed.v1]\n")]
    [InlineData("schemas:\n  compatibility: backward\n  policy: lenient\n", "schemas: {} # later\n", "schemas: {retired: [order-placed.v1]} # later\n")]
    [InlineData("schemas:\n  compatibility: backward\n  policy: lenient\n", "schemas: {policy: lenient, # why\n}\n", "schemas: {policy: lenient, retired: [order-placed.v1], # why\n}\n")]
    public void A_retired_version_is_added_to_settings_without_a_list(string sample, string before, string after)
    {
        ProjectAdder.AddSchema(_space.Root, new AddToProjectRequest { Name = "order-placed" });
        _space.Replace("ebproject.yaml", sample, before);

        SchemaRetirer.Retire(_space.Root, new RetireSchemaRequest { Name = "order-placed.v1" });

        Assert.EndsWith(after, _space.Read("ebproject.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Line_ends_and_byte_order_marks_stay_as_they_are()
    {
        System.Text.UTF8Encoding marked = new(encoderShouldEmitUTF8Identifier: true);
        string settings = Path.Combine(_space.Root, "ebproject.yaml"), variables = Path.Combine(_space.Root, ".env");
        File.WriteAllText(settings, _space.Read("ebproject.yaml").ReplaceLineEndings("\r\n"), marked);
        File.WriteAllText(variables, "# mine\r\nAWS_DEFAULT_REGION=old\r\n", marked);

        await ConfigureAsync(new ConfigureProjectRequest { EnvironmentName = "production", AccountId = "999988887777", Parameter = new Dictionary<string, string> { ["TableName"] = "t" } });
        ProjectAdder.AddConsumer(_space.Root, new AddToProjectRequest { Name = "analytics", AccountId = "444455556666" });

        foreach (string file in new[] { settings, variables })
        {
            Assert.Equal(marked.GetPreamble(), File.ReadAllBytes(file).Take(3));
            Assert.DoesNotMatch("(?<!\r)\n", File.ReadAllText(file));
            Assert.DoesNotContain("\r\r", File.ReadAllText(file), StringComparison.Ordinal);
        }

        Assert.StartsWith("# mine\r\nAWS_DEFAULT_REGION=eu-west-1\r\nPROJECT_NAME=", File.ReadAllText(variables), StringComparison.Ordinal);
        Assert.Equal("t", Project.Read(_space.Root).Settings!.Environments[1].Parameters["TableName"]);
    }

    [Fact]
    public void The_lock_keeps_its_line_ends()
    {
        ProjectWriter writer = new(new ProjectFolder(_space.Root));
        Assert.Equal(ProjectFileState.Created, writer.Write(ProjectLock.FileName, "{\n}\n").State);
        _space.Write(ProjectLock.FileName, "{\r\n}\r\n");

        Assert.Equal(ProjectFileState.Unchanged, writer.Write(ProjectLock.FileName, "{\n}\n").State);
        Assert.Equal(ProjectFileState.Changed, writer.Write(ProjectLock.FileName, "{\n\n}\n").State);
        Assert.Equal("{\r\n\r\n}\r\n", _space.Read(ProjectLock.FileName));
    }

    private Task<IReadOnlyList<ProjectFile>> ConfigureAsync(ConfigureProjectRequest request) => ProjectConfigurer.ConfigureAsync(_space.Root, request, null, Token);
}
