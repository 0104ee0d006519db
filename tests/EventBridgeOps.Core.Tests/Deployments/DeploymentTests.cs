using System.Text.Json.Nodes;
using EventBridgeOps.Ci;
using EventBridgeOps.Core.Tests.Support;
using EventBridgeOps.Deployments;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Publishing;

namespace EventBridgeOps.Core.Tests.Deployments;

public sealed class DeploymentTests
{
    private static readonly Dictionary<string, string?> GitHub = new()
    {
        ["GITHUB_ACTIONS"] = "true", ["GITHUB_REPOSITORY"] = "o/r", ["GITHUB_RUN_ID"] = "7", ["GITHUB_SERVER_URL"] = "https://github.example", ["GITHUB_SHA"] = "abc", ["GITHUB_REF_NAME"] = "main", ["GITHUB_ACTOR"] = "me",
    };

    private static readonly Dictionary<string, string?> Azure = new()
    {
        ["TF_BUILD"] = "True", ["BUILD_SOURCEBRANCH"] = "refs/heads/feature/x", ["BUILD_SOURCEVERSION"] = "abc", ["SYSTEM_COLLECTIONURI"] = "https://dev.azure.com/o/", ["SYSTEM_TEAMPROJECT"] = "my project", ["BUILD_BUILDID"] = "12", ["BUILD_REQUESTEDFOR"] = "Me",
    };

    [Fact]
    public void GitHub_says_branch_commit_run_and_actor()
    {
        EventEntry entry = From(GitHub).ToEntry("bus");
        Assert.Equal(("github.actions", "Deployment Ready", "bus"), (entry.Source, entry.DetailType, entry.EventBusName));
        Same("""{"repository":"shop/api","tag":"1.2","branch":"main","commit":"abc","runUrl":"https://github.example/o/r/actions/runs/7","actor":"me"}""", entry.Detail);
    }

    [Fact]
    public void Azure_says_branch_commit_run_and_actor()
    {
        EventEntry entry = From(Azure).ToEntry(null);
        Assert.Equal("azure.pipelines", entry.Source);
        Same("""{"repository":"shop/api","tag":"1.2","branch":"feature/x","commit":"abc","runUrl":"https://dev.azure.com/o/my%20project/_build/results?buildId=12","actor":"Me"}""", entry.Detail);
    }

    [Fact]
    public void A_pull_request_is_of_its_own_branch() =>
        Assert.Equal("fix", From(new(GitHub) { ["GITHUB_HEAD_REF"] = "fix", ["GITHUB_REF_NAME"] = "12/merge" }).Branch);

    [Fact]
    public void Outside_CI_all_is_given()
    {
        OpsException error = Assert.Throws<OpsException>(() => From([]));
        Assert.Equal(ErrorIds.InvalidRequest, error.ErrorId);
        Assert.Contains("specify Source, Branch, Commit.", error.Message);
        Deployment deployment = Deployment.From("r", "t", "ci.own", "b", "c", null, null, CiEnvironment.Read(_ => null));
        Same("""{"repository":"r","tag":"t","branch":"b","commit":"c"}""", deployment.ToEntry(null).Detail);
    }

    [Theory]
    [InlineData("Shop/API", "1")]
    [InlineData("shop//api", "1")]
    [InlineData("shop", "-1")]
    [InlineData("shop", "a b")]
    public void Names_that_ECR_does_not_have_are_refused(string repository, string tag) =>
        Assert.Equal(ErrorIds.InvalidRequest, Assert.Throws<OpsException>(() => Deployment.From(repository, tag, "s", "b", "c", null, null, CiEnvironment.Read(_ => null))).ErrorId);

    [Fact]
    public void GitHub_is_told_in_its_words()
    {
        string line = Assert.Single(new DeploymentReport(Ci(GitHub)).Lines(From(GitHub), Result(EventStatus.Failed)));
        Assert.Equal("::error title=Deployment Ready::shop/api:1.2 was not published: 100%25 ::stop", line);
        Assert.StartsWith("::notice", Assert.Single(new DeploymentReport(Ci(GitHub)).Lines(From(GitHub), Result(EventStatus.Sent))));
        Assert.Empty(new DeploymentReport(Ci(GitHub)).Lines(From(GitHub), Result(EventStatus.WouldSend)));
    }

    [Fact]
    public void Azure_is_told_in_its_words()
    {
        Assert.Equal("##vso[task.logissue type=error]Deployment Ready: shop/api:1.2 was not published: 100%AZP25 ::stop", Assert.Single(new DeploymentReport(Ci(Azure)).Lines(From(Azure), Result(EventStatus.Failed))));
        Assert.Contains("##vso[task.setvariable variable=EB_EVENT_ID]e-1", new DeploymentReport(Ci(Azure)).Lines(From(Azure), Result(EventStatus.Sent)));
    }

    [Fact]
    public void Elsewhere_nothing_is_said() => Assert.Empty(new DeploymentReport(Ci([])).Lines(From(GitHub), Result(EventStatus.Sent)));

    [Fact]
    public void The_jobs_summary_gets_a_line_and_its_lack_is_no_failure()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("ebops-ci-").FullName, "summary.md");
        Sending observer = new();
        new DeploymentReport(Ci(new(GitHub) { ["GITHUB_STEP_SUMMARY"] = path })).Summarize(From(GitHub), Result(EventStatus.Sent), observer);
        Assert.Equal("- **Deployment Ready** `shop/api:1.2`: published to event bus `b`, event `e-1`\n", File.ReadAllText(path));
        new DeploymentReport(Ci(new(GitHub) { ["GITHUB_STEP_SUMMARY"] = "/nowhere/at/all" })).Summarize(From(GitHub), Result(EventStatus.Sent), observer);
        Assert.Single(observer.Warnings);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static CiEnvironment Ci(Dictionary<string, string?> variables) => CiEnvironment.Read(name => variables.GetValueOrDefault(name));

    private static Deployment From(Dictionary<string, string?> variables) => Deployment.From("shop/api", "1.2", null, null, null, null, null, Ci(variables));

    private static EventResult Result(EventStatus status) => new() { EventBusName = "b", Source = "s", DetailType = "t", EventId = "e-1", Status = status, Reason = "100%\n::stop" };

    private static void Same(string expected, string actual) => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), actual);
}
