namespace EventBridgeOps.Sandbox.Tests.CloudFormation;

/// <summary>Large templates, of which the resources are made at once or one after another.</summary>
public sealed class LargeTests : StackTest
{
    [Theory]
    [InlineData(500, false)]
    [InlineData(120, true)]
    public async Task ManyResourcesAreDeployedAndDeleted(int count, bool isChain)
    {
        string template = "Resources:\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"  N{i}: {{ Type: AWS::SNS::Topic{(isChain && i > 0 ? $", DependsOn: N{i - 1}" : "")} }}\n"));
        Assert.Equal("CREATE_COMPLETE", await Created(template));
        Assert.Equal((count * 3) + 2, (await Events()).Count);
        Assert.Equal("DELETE_COMPLETE", await Deleted());
        Assert.Empty(await Everything());
    }
}
