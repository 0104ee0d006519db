using System.Text;
using EventBridgeOps.Events.Privacy;
using EventBridgeOps.Services;

namespace EventBridgeOps.Core.Tests;

public sealed class BodyTextTests
{
    [Theory]
    [InlineData("""{"environment":[{"name":"DSN","value":"planted"}]}""")]
    [InlineData("""{"ContainerOverrides":{"Environment":[{"Name":"X","Value":"planted"}]}}""")]
    [InlineData("""{"environment":{"DSN":"planted"}}""")]
    [InlineData("""{"Input":"{\"environment\":[{\"name\":\"DSN\",\"value\":\"planted\"}]}"}""")]
    [InlineData("""{"InputTemplate":"{\"Environment\":[{\"Name\":\"DSN\",\"Value\":\"planted\"}],\"At\":<time>}"}""")]
    [InlineData("""{"command":["--password","planted"]}""")]
    [InlineData("""{"Entries":[{"Detail":"{\"databaseUrl\":\"postgres://u:planted@h/d\"}"}]}""")]
    [InlineData("""{"Item":{"databaseUrl":{"S":"planted"}}}""")]
    [InlineData("<Credentials><SecretAccessKey>planted</SecretAccessKey></Credentials>")]
    [InlineData("Action=AssumeRole&SecretKey=planted")]
    public void Shows_no_secret(string body)
    {
        string shown = BodyText.Show(Encoding.UTF8.GetBytes(body));
        Assert.DoesNotContain("planted", shown);
        Assert.Contains(SecretRedactor.Mark, shown);
    }

    [Fact]
    public void Shows_what_is_no_secret_as_it_is()
    {
        const string Body = """{"Rule":"a","Targets":[{"Id":"1","BatchParameters":{"JobDefinition":"j:2"}}]}""";
        Assert.Equal(Body, BodyText.Show(Encoding.UTF8.GetBytes(Body)));
    }

    [Fact]
    public void Cuts_what_is_too_long_after_the_secrets_are_out()
    {
        string body = $$"""{"note":"{{new string('x', BodyText.Longest - 30)}}","environment":[{"name":"DSN","value":"planted"}],"more":"{{new string('y', 99)}}"}""";
        string shown = BodyText.Show(Encoding.UTF8.GetBytes(body));
        Assert.InRange(shown.Length, BodyText.Longest, BodyText.Longest + 30);
        Assert.EndsWith(" characters)", shown);
        Assert.DoesNotContain("planted", shown);
    }
}
