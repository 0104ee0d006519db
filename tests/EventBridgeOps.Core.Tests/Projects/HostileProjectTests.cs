using System.Text;
using EventBridgeOps.Projects.Files;

namespace EventBridgeOps.Core.Tests.Projects;

/// <summary>A project can come from anybody: whatever is in it is a fault at most.</summary>
public sealed class HostileProjectTests : IDisposable
{
    private readonly ProjectSpace _space = ProjectSpace.Of("orchestrator");

    public void Dispose() => _space.Dispose();

    public static TheoryData<string, string> Files
    {
        get
        {
            string deep = string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000);
            string bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 9).Select(i => $"{(char)('a' + i)}: &{(char)('a' + i)} [{string.Join(", ", Enumerable.Repeat("*" + (char)('a' + i - 1), 10))}]\n"));
            TheoryData<string, string> data = [];
            foreach (string file in new[] { "ebproject.yaml", "schemas/user-registered.v1.json", "examples/user-registered.v1/ann.json", "rules/welcome-users.yaml", "resources/queues.yaml", "ebproject.lock.json" })
            {
                foreach (string text in new[] { "", "\0\0\0", "[]", "null", "- a\n- b\n", "{", deep, bomb, new string('[', 100_000), "\ud800\ud800", "x: !!python/object:os.system [ls]", "? {a: b}\n: c\n", new string('x', ProjectFolder.MostBytes + 1) })
                    data.Add(file, text);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Any_text_in_any_file_is_a_fault_of_that_file(string file, string text)
    {
        _space.Write(file, text);

        Assert.Contains(_space.Found(), found => found.StartsWith(file + ":", StringComparison.Ordinal));
    }

    [Fact]
    public void Bytes_that_are_not_text_are_a_fault()
    {
        File.WriteAllBytes(Path.Combine(_space.Root, "rules", "log-events.yaml"), [0xFF, 0xFE, 0x80, 0x00]);

        Assert.Contains("rules/log-events.yaml:1:1: error: The file is not text in UTF-8.", _space.Found());
    }

    [Fact]
    public void Bytes_that_are_not_text_are_found_where_they_are()
    {
        byte[] text = File.ReadAllBytes(Path.Combine(_space.Root, "rules", "log-events.yaml"));
        File.WriteAllBytes(Path.Combine(_space.Root, "rules", "log-events.yaml"), [.. text, .. "# ü"u8, 0xFC, (byte)'\n']);

        Assert.Contains($"rules/log-events.yaml:{text.Count(each => each == (byte)'\n') + 1}:4: error: The file is not text in UTF-8.", _space.Found());
    }

    [Theory]
    [InlineData("schemas/x.v1.json")]
    [InlineData("schemas/common/x.json")]
    [InlineData("examples/audio-uploaded.v1/x.json")]
    [InlineData("rules/x.yaml")]
    [InlineData("rules/x.tests.YML")]
    [InlineData("resources/x.yml")]
    public void Folders_with_names_of_files_are_not_overlooked(string path)
    {
        _space.Write(path + "/a.json", "{}");

        Assert.Equal([$"{path}:1:1: error: {path} is a folder, although its name is that of a file. Nothing in it was read. Rename the folder, or replace it with the file."], _space.Found());
    }

    [Theory]
    [InlineData("schemas")]
    [InlineData("examples")]
    [InlineData("rules")]
    [InlineData("resources")]
    public void Files_in_the_place_of_folders_are_not_overlooked(string path)
    {
        Directory.Delete(Path.Combine(_space.Root, path), recursive: true);
        _space.Write(path, "{}");

        Assert.Contains($"{path}:1:1: error: {path} is a file, but must be a folder. Its content was not read.", _space.Found());
    }

    [Fact]
    public void Links_are_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SKIPPED: links need a privilege on Windows.");
        string secret = Path.Combine(_space.Root, "secret.txt");
        File.WriteAllText(secret, "pattern: {source: [secret]}\n");
        File.CreateSymbolicLink(Path.Combine(_space.Root, "rules", "linked.yaml"), secret);
        Directory.CreateSymbolicLink(Path.Combine(_space.Root, "examples", "user-registered.v2"), "/etc");

        string[] found = _space.Found();

        Assert.Equal(["examples/user-registered.v2:1:1: error: examples/user-registered.v2 is a symbolic link, which could lead out of the project folder. Replace it with a file or a folder.", "rules/linked.yaml:1:1: error: rules/linked.yaml is a symbolic link, which could lead out of the project folder. Replace it with a file or a folder."], found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("../secret.yaml")]
    [InlineData("/etc/passwd")]
    [InlineData("rules/../../secret.yaml")]
    [InlineData("C:\\secret.yaml")]
    [InlineData("")]
    [InlineData("rules//a.yaml")]
    public void Paths_stay_in_the_folder(string path)
    {
        Assert.Null(new ProjectFolder(_space.Root).Read(path, out ProjectFault? fault));
        Assert.Contains("is not the path of a file in the project folder", fault!.Reason.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_of_a_test_is_an_example_and_no_other_file()
    {
        _space.Replace("rules/welcome-users.yaml", "examples/user-registered.v1/ann.json", "../../../etc/passwd");

        Assert.Contains(_space.Found(), found => found.Contains("error: ../../../etc/passwd is not an example that can be read.", StringComparison.Ordinal));
    }

    [Fact]
    public void Messages_have_no_control_characters()
    {
        _space.Write("rules/evil.yaml", "pattern: {source: [a]}\ntargets: {q: {arn: \"\\x1b[31mred\"}}\n");

        Assert.All(_space.Found(), found => Assert.DoesNotContain('\x1b', found));
        Assert.Contains(_space.Found(), found => found.Contains("is not an ARN", StringComparison.Ordinal));
    }

    [Fact]
    public void Deep_folders_are_not_walked()
    {
        _space.Write("schemas/a/b/c/d/e/f.json", "{}");

        Assert.Contains(_space.Found(), found => found.Contains("nested more than 4 levels deep", StringComparison.Ordinal));
        Assert.Equal(4, Encoding.UTF8.GetByteCount("\U0001F600")); // Columns count UTF-16 units, and not bytes.
    }
}
