using EventBridgeOps.Deployments;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Entries;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Reading;
using EventBridgeOps.Tests;

namespace EventBridgeOps.Core.Tests;

public sealed class DeploymentReadyTests
{
    private static readonly ServiceMap Map = new(new Dictionary<string, IReadOnlyList<ServicePlace>> { ["team/app"] = [new("prod", "web"), new("test", "web")] });

    private readonly RecordingObserver _observer = new();

    [Fact]
    public void What_is_announced_is_understood()
    {
        Deployment announced = new() { Repository = "team/app", Tag = "v2", Source = "github.actions", Branch = "main", Commit = "abc", RunUrl = "https://ci/1", Actor = "eva" };
        EventEntry entry = announced.ToEntry(null);

        DeploymentReady read = Read(entry.Detail!)!;

        Assert.Equal(("team/app", "v2", "team/app:v2", "main", "abc", "https://ci/1", "eva"), (read.Repository, read.Tag, read.Image, read.Branch, read.Commit, read.RunUrl, read.Actor));
        Assert.Equal(["prod/web", "test/web"], read.Services.Select(place => place.ToString()));
    }

    [Theory]
    [InlineData("""{"repository":"team/app","tag":"v2","cluster":"c","service":"s"}""", "c/s")]
    [InlineData("""{"repository":"team/app","tag":"v2","cluster":"test"}""", "test/web")]
    [InlineData("""{"repository":"team/app","tag":"v2","service":"api"}""", "prod/api test/api")]
    public void The_event_may_name_the_service(string detail, string services) => Assert.Equal(services, string.Join(' ', Read(detail)!.Services));

    [Fact]
    public void One_service_may_run_all_repositories()
    {
        ServiceMap map = Map with { Otherwise = new ServicePlace("main", "all") };
        Assert.Equal("main/all", string.Join(' ', Read("""{"repository":"x","tag":"1","image":"123456789012.dkr.ecr.eu-west-1.amazonaws.com/x:1"}""", map)!.Services));
    }

    [Theory]
    [InlineData("""{"tag":"v2"}""", "detail.repository is missing")]
    [InlineData("""{"repository":7,"tag":"v2"}""", "detail.repository is not a string")]
    [InlineData("""{"repository":"Team App","tag":""}""", "detail.repository 'Team App' is not valid, detail.tag is missing")]
    [InlineData("""{"repository":"team/app","tag":"v2","cluster":"a/b","service":["s"]}""", "detail.cluster 'a/b' is not valid, detail.service is not a string")]
    [InlineData("""{"repository":"team/app","tag":"v2","image":"other/app:v2"}""", "detail.image 'other/app:v2' is not valid")]
    [InlineData("""{"repository":"unknown","tag":"v2"}""", "no service is configured for repository unknown")]
    public void Each_field_that_is_not_valid_is_named(string detail, string fault)
    {
        Assert.Null(Read(detail));
        OpsException error = Assert.Single(_observer.Failures).Error;
        Assert.Equal(ErrorIds.InvalidEvent, error.ErrorId);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_sources_are_skipped_unless_they_are_configured()
    {
        const string Detail = """{"repository":"team/app","tag":"v2"}""";
        Assert.Null(Read(Detail, source: "azure.pipelines"));
        Assert.Contains("'azure.pipelines'", Assert.Single(_observer.Warnings), StringComparison.Ordinal);
        Assert.NotNull(Read(Detail, source: "azure.pipelines", sources: ["azure.pipelines"]));
    }

    private DeploymentReady? Read(string detail, ServiceMap? map = null, string source = "github.actions", string[]? sources = null) => DeploymentReady.Read(
        EventDocument.Parse($$"""{"id":"e","source":"{{source}}","detail-type":"Deployment Ready","detail":{{Document.Write(Document.Parse(detail))}}}""", "line 1"), sources ?? [], map ?? Map, _observer);
}
