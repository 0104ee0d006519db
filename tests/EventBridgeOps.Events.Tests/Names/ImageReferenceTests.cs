using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Events.Tests;

public sealed class ImageReferenceTests
{
    private static readonly string Digest = "sha256:" + new string('a', 64);

    public static TheoryData<string, string?, string, string?, bool> References => new()
    {
        { "busybox", null, "busybox", null, false },
        { "library/busybox:1.36", null, "library/busybox", "1.36", false },
        { "localhost/app", "localhost", "app", null, false },
        { "localhost:5000/app:v1", "localhost:5000", "app", "v1", false },
        { "registry:5000/app", "registry:5000", "app", null, false },
        { "ghcr.io/Org/app", null, "", null, false },
        { "ghcr.io/org/team/app:v1.2_3-rc.1", "ghcr.io", "org/team/app", "v1.2_3-rc.1", false },
        { "public.ecr.aws/xray/aws-xray-daemon:3.x", "public.ecr.aws", "xray/aws-xray-daemon", "3.x", false },
        { "123456789012.dkr.ecr.eu-west-1.amazonaws.com/newsarchive-backend:v42", "123456789012.dkr.ecr.eu-west-1.amazonaws.com", "newsarchive-backend", "v42", false },
        { "123456789012.dkr.ecr.eu-west-1.amazonaws.com/a/b/c:v42", "123456789012.dkr.ecr.eu-west-1.amazonaws.com", "a/b/c", "v42", true },
    };

    [Theory]
    [MemberData(nameof(References))]
    public void A_reference_is_read_in_its_parts_and_written_back_as_it_was(string text, string? registry, string repository, string? tag, bool withDigest)
    {
        if (repository.Length == 0)
        {
            Assert.False(ImageReference.TryParse(text, out _));
            return;
        }

        text += withDigest ? "@" + Digest : "";
        ImageReference image = ImageReference.Parse(text);
        Assert.Equal((registry, repository, tag, withDigest ? Digest : null), (image.Registry?.Host, image.RepositoryName, image.Tag, image.Digest));
        Assert.Equal(text, image.ToString());
    }

    [Theory]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com", "eu-west-1")]
    [InlineData("123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1")]
    [InlineData("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", "cn-north-1")]
    [InlineData("123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov", "us-iso-east-1")]
    [InlineData("123456789012.dkr.ecr.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1")]
    [InlineData("123456789012.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk", "eu-isoe-west-1")]
    [InlineData("123456789012.dkr.ecr.us-isof-south-1.csp.hci.ic.gov", "us-isof-south-1")]
    [InlineData("123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1")]
    [InlineData("123456789012.dkr-ecr.eu-west-1.on.aws", "eu-west-1")]
    public void Private_registries_of_ECR_tell_their_account_and_region(string host, string region)
    {
        ImageRegistry registry = ImageReference.Parse(host + "/app").Registry!;
        Assert.Equal((ImageRegistryKind.EcrPrivate, "123456789012", region), (registry.Kind, registry.RegistryId, registry.Region));
    }

    [Theory]
    [InlineData("public.ecr.aws/a/b", ImageRegistryKind.EcrPublic)]
    [InlineData("docker.io/library/busybox", ImageRegistryKind.Other)]
    [InlineData("123456789012.dkr.ecr.eu-west-1.example.com/app", ImageRegistryKind.Other)]
    [InlineData("1234.dkr.ecr.eu-west-1.amazonaws.com/app", ImageRegistryKind.Other)]
    public void Other_registries_are_known_for_what_they_are(string image, ImageRegistryKind kind) => Assert.Equal(kind, ImageReference.Parse(image).Registry!.Kind);

    [Fact]
    public void One_registry_has_several_hosts()
    {
        ImageRegistry registry = ImageReference.Parse("123456789012.dkr.ecr.eu-west-1.amazonaws.com/app").Registry!;
        Assert.True(registry.IsSame(ImageReference.Parse("123456789012.dkr-ecr.eu-west-1.on.aws/app").Registry));
        Assert.False(registry.IsSame(ImageReference.Parse("123456789012.dkr.ecr.eu-west-2.amazonaws.com/app").Registry));
        Assert.False(registry.IsSame(null));
    }

    [Theory]
    [InlineData("docker.io/library/python:latest", "python", "python:latest", "library/python", "docker.io/python", "docker.io/library/python", "index.docker.io/python", "index.docker.io/library/python:latest", "registry-1.docker.io/library/python", "Docker.IO/library/python", "docker.io:443/library/python")]
    [InlineData("docker.io/team/app:v1", "team/app:v1", "docker.io/team/app:v1", "index.docker.io/team/app:v1")]
    [InlineData("ghcr.io/org/app:v1", "ghcr.io/org/app:v1", "GHCR.io/org/app:v1", "ghcr.io:443/org/app:v1")]
    [InlineData("registry.example.com/app:latest", "registry.example.com/app", "registry.example.com:443/app:latest")]
    [InlineData("registry.example.com:5000/app:latest", "registry.example.com:5000/app")]
    [InlineData("localhost/app:latest", "localhost/app")]
    [InlineData("public.ecr.aws/a/b:1", "public.ecr.aws/a/b:1", "ecr-public.aws.com/a/b:1")]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:v1", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:v1", "123456789012.dkr.ecr-fips.eu-west-1.amazonaws.com/app:v1", "123456789012.dkr-ecr.eu-west-1.on.aws/app:v1", "123456789012.DKR.ECR.EU-WEST-1.amazonaws.com:443/app:v1")]
    public void References_to_one_image_are_one(string identity, params string[] references) =>
        Assert.All(references, text => Assert.Equal((identity, text), (ImageReference.Parse(text).Identity, ImageReference.Parse(text).ToString())));

    [Theory]
    [InlineData("python", "team/python")]
    [InlineData("python", "registry.example.com/library/python")]
    [InlineData("python:3.12", "python:3.13")]
    [InlineData("registry.example.com/app", "registry.example.com:5000/app")]
    [InlineData("registry-1.docker.io/python", "python")] // only the name of the registry has short forms
    [InlineData("public.ecr.aws/docker/library/python", "python")] // a copy
    public void References_to_two_images_are_two(string one, string other) => Assert.False(ImageReference.Parse(one).IsSame(ImageReference.Parse(other)));

    [Fact]
    public void A_digest_decides_whatever_the_tag_beside_it()
    {
        Assert.True(ImageReference.Parse("app:v1@" + Digest).IsSame(ImageReference.Parse("docker.io/library/app@" + Digest)));
        Assert.False(ImageReference.Parse("app:v1").IsSame(ImageReference.Parse("app:v1@" + Digest)));
    }

    [Theory]
    [InlineData("MyRegistry/app:v1", "MyRegistry", "app")]
    [InlineData("[::1]:5000/team/app", "[::1]:5000", "team/app")]
    public void A_registry_is_told_from_a_part_of_the_repository(string text, string registry, string repository)
    {
        ImageReference image = ImageReference.Parse(text);
        Assert.Equal((registry, repository, text), (image.Registry?.Host, image.RepositoryName, image.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("App")]
    [InlineData("app:")]
    [InlineData("app@sha256:abc")]
    [InlineData("app:v1:v2")]
    [InlineData("app v1")]
    [InlineData("https://ghcr.io/app")]
    [InlineData("a//b")]
    [InlineData("app:v1\n")]
    public void What_is_no_reference_is_refused_with_an_example(string text)
    {
        OpsException error = Assert.Throws<OpsException>(() => ImageReference.Parse(text));
        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
        Assert.Contains("team/app:v42", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_read_is_written_back()
    {
        RandomDocument random = new(7);
        string[] registries = ["", "localhost:5000/", "ghcr.io/", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/", "public.ecr.aws/", random.Text()];
        string[] repositories = ["app", "a/b-c/d__e", "a.b", "x", random.Text()];
        string[] tags = ["", ":v1", ":" + new string('t', 128), ":_", random.Text()];
        string[] digests = ["", "@" + Digest, "@sha512+b64u:" + new string('F', 40), random.Text()];
        int read = 0;
        foreach (string text in registries.SelectMany(r => repositories.SelectMany(p => tags.SelectMany(t => digests.Select(d => r + p + t + d)))))
        {
            if (!ImageReference.TryParse(text, out ImageReference? image))
                continue;
            read++;
            Assert.Equal(text, image.ToString());
        }

        Assert.InRange(read, 200, int.MaxValue);
    }
}
