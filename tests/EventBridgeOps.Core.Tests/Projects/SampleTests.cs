using EventBridgeOps.Projects;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Projects.Making;
using EventBridgeOps.Projects.Testing;

namespace EventBridgeOps.Core.Tests.Projects;

/// <summary>The samples are projects in which nothing is wrong.</summary>
public sealed class SampleTests
{
    public static TheoryData<string> Samples => [.. ProjectSamples.Names];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_passes(string sample)
    {
        using ProjectSpace space = ProjectSpace.Of(sample);

        ProjectTest test = space.Test();

        Assert.Empty(space.Found());
        Assert.True(test.Passed);
        Assert.True(sample == ProjectSamples.Empty || test is { Schemas: > 0, Examples: > 1, Rules: > 0, RuleTests: > 1 });
    }

    [Fact]
    public void The_orchestrator_has_five_types_of_events()
    {
        using ProjectSpace space = ProjectSpace.Of("orchestrator");

        Project project = Project.Read(space.Root);

        Assert.Equal(["AudioUploaded", "DocumentUploaded", "TranscriptionCompleted", "UserRegistered", "VideoUploaded"], project.Schemas.Select(schema => schema.DetailType));
        Assert.All(project.Schemas, schema => Assert.Contains(project.Examples, example => example.Schema == schema && example.IsInvalid));
        Assert.Contains(project.Resources, resource => resource.Key == "DeadLetterProcessor");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Editors_find_the_schemas_that_files_name(string sample)
    {
        using ProjectSpace space = ProjectSpace.Of(sample);
        foreach (string file in Directory.EnumerateFiles(space.Root, "*.yaml", SearchOption.AllDirectories).Where(file => !file.Contains("resources", StringComparison.Ordinal)))
        {
            string line = File.ReadLines(file).First();
            Assert.StartsWith("# yaml-language-server: $schema=", line, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(file)!, line["# yaml-language-server: $schema=".Length..])), $"{file}: {line}");
        }

        Assert.All(EditorSchema.All, schema => Assert.Equal(File.ReadAllText(Path.Combine(space.Root, ProjectMaker.EditorFolder, schema.FileName)), schema.Text));
    }

    [Fact]
    public void Who_takes_which_version_is_listed()
    {
        using ProjectSpace space = ProjectSpace.Of("orchestrator");
        space.Replace("ebproject.yaml", "schemas:\n", "consumers:\n  analytics: {account: 444455556666, events: [audio-uploaded.v1]}\nschemas:\n");

        ProjectFinding listed = space.Test().Findings.Single(finding => finding is { Check: ProjectCheck.Version, Item: "audio-uploaded.v1" });

        Assert.Equal("audio-uploaded.v1: Rules: log-events, transcribe-uploads. Consumers: analytics.", listed.ToText());
    }
}
