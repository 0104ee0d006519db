using EventBridgeOps.Aws.Tests.Support;
using EventBridgeOps.Images;
using EventBridgeOps.Sandbox.Faults;

namespace EventBridgeOps.Aws.Tests.Integration;

/// <summary>Which job definitions run which image, and does it still exist.</summary>
public sealed class ImageScanTests(MotoFixture moto)
{
    private const string App = ImageAccount.Registry + "/team/app";

    [Theory]
    [InlineData("sandbox")]
    [InlineData("moto")]
    public async Task Each_container_is_shown_with_its_image_and_digest(string engine)
    {
        await using Account account = await Account.OnAsync(engine, moto);
        string repository = "scan/" + engine;
        await account.RepositoryAsync(repository);
        string digest = await account.PushAsync(repository, "v1");
        await account.DefineImageAsync("scan-a-" + engine, $"{ImageAccount.Registry}/{repository}:v1");
        await account.DefineImageAsync("scan-b-" + engine, $"{ImageAccount.Registry}/{repository}:gone");
        await account.DefineImageAsync("scan-c-" + engine, $"{ImageAccount.Registry}/{repository}@{digest}");
        await account.DefineImageAsync("scan-d-" + engine, $"{ImageAccount.Registry}/nowhere/{engine}:v1");
        await account.DefineImageAsync("scan-e-" + engine, "busybox");

        List<BatchImage> images = await ScanAsync(account, new ImageQuery { JobDefinition = [$"scan-?-{engine}"] });

        Assert.Empty(account.Failures);
        Assert.Equal([ImageState.Exists, ImageState.Missing, ImageState.Exists, ImageState.Missing, ImageState.NotChecked], images.Select(image => image.State));
        Assert.Equal([digest, null, digest, null, null], images.Select(image => image.ImageDigest));
        Assert.NotNull(images[0].PushedAt);
        Assert.Equal(["a", "b", "c"], (await ScanAsync(account, new ImageQuery { RepositoryName = [repository] })).Select(image => image.JobDefinitionName.Split('-')[1]));
    }

    [Fact]
    public async Task A_missing_image_among_many_costs_a_few_calls()
    {
        await using Account account = await ImageAccount.OnSandboxAsync();
        await account.RepositoryAsync("team/app");
        for (int i = 0; i < 32; i++)
        {
            if (i != 17)
                await account.PushAsync("team/app", "v" + i);
            await account.DefineImageAsync($"job-{i:00}", $"{App}:v{i}");
        }

        account.Sandbox!.ClearCalls();
        List<BatchImage> images = await ScanAsync(account, new ImageQuery());

        Assert.Equal("job-17", Assert.Single(images, image => image.State == ImageState.Missing).JobDefinitionName);
        Assert.Equal(31, images.Count(image => image.State == ImageState.Exists));
        Assert.InRange(account.Count("DescribeImages"), 2, 11);
    }

    [Fact]
    public async Task Without_permission_the_state_is_unresolved_and_says_why()
    {
        await using Account account = await UpdateTests.ReadyAsync();
        account.Sandbox!.Faults.Add("DescribeImages", Fault.Error(400, "AccessDeniedException", "User: x is not authorized to perform: ecr:DescribeImages"));

        BatchImage image = Assert.Single(await ScanAsync(account, new ImageQuery()));

        Assert.Equal(ImageState.Unresolved, image.State);
        Assert.Contains("ecr:DescribeImages", image.Reason, StringComparison.Ordinal);
    }

    private static Task<List<BatchImage>> ScanAsync(Account account, ImageQuery query) => account.Session.Get<ImageScanner>().ScanAsync(query, account, Given.Token).ListAsync();
}
