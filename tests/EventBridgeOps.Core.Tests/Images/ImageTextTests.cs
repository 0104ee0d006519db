using EventBridgeOps.Images;

namespace EventBridgeOps.Core.Tests.Images;

public sealed class ImageTextTests
{
    [Theory]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:v41", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:v42", "app:v41 -> :v42")]
    [InlineData("busybox", "busybox:1", "busybox:latest -> :1")]
    [InlineData("a:1", "a:1", "a:1")]
    [InlineData("a:1", null, "a:1")]
    public void A_step_is_said_in_few_words(string from, string? to, string step) => Assert.Equal(step, ImageText.Step(from, to));
}
