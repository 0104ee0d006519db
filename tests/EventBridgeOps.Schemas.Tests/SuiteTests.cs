using System.IO.Compression;
using System.Text.Json;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Schemas.Tests;

/// <summary>The official test suite of JSON Schema, without its optional tests: https://github.com/json-schema-org/JSON-Schema-Test-Suite, commit 44401e0c0467, MIT license (in the file).</summary>
public sealed class SuiteTests
{
    private const string Remotes = "remotes/";

    // Schemas in custom dialects, which are refused, and formats, which are checked here.
    private static readonly string[] s_elsewhere = ["format.json", "vocabulary.json"];

    [Theory]
    [InlineData("draft7", 0)]
    [InlineData("draft2019-09", 0)]
    [InlineData("draft2020-12", 0)]
    public void The_validator_passes_the_suite(string dialect, int failures)
    {
        using ZipArchive suite = ZipFile.OpenRead(Path.Combine(AppContext.BaseDirectory, "Cases", "json-schema-test-suite.zip"));
        Dictionary<string, string> remotes = suite.Entries.Where(entry => entry.FullName.StartsWith(Remotes, StringComparison.Ordinal) && entry.Name.EndsWith(".json", StringComparison.Ordinal))
            .Where(entry => !entry.FullName.StartsWith(Remotes + "draft", StringComparison.Ordinal) || entry.FullName.StartsWith(Remotes + dialect + "/", StringComparison.Ordinal))
            .ToDictionary(entry => "http://localhost:1234/" + entry.FullName[Remotes.Length..], Text);
        List<string> failed = [];
        int count = 0;
        foreach (ZipArchiveEntry file in suite.Entries.Where(entry => entry.FullName.StartsWith($"tests/{dialect}/", StringComparison.Ordinal) && !s_elsewhere.Contains(entry.Name)))
        {
            using JsonDocument groups = JsonDocument.Parse(Text(file));
            foreach (JsonElement group in groups.RootElement.EnumerateArray())
            {
                string schema = group.GetProperty("schema").GetRawText();
                if (dialect == "draft7" && schema[0] == '{' && !schema.Contains("\"$schema\"", StringComparison.Ordinal))
                    schema = "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"" + (schema.Trim('{', '}', ' ', '\n').Length > 0 ? "," : "") + schema[1..];
                // Not all of the other files are schemas of a supported dialect.
                EventSchema? read = null;
                string why = "";
                try
                {
                    read = EventSchema.Parse(schema, "suite.json", schema.Contains("localhost:1234", StringComparison.Ordinal) ? remotes : null);
                }
                catch (OpsException e)
                {
                    why = e.Message;
                }

                foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
                {
                    count++;
                    JsonElement data = test.GetProperty("data");
                    bool isValid = test.GetProperty("valid").GetBoolean();
                    if (read?.IsValid(data) != isValid || read.Validate(data).Count == 0 != isValid)
                        failed.Add($"{file.Name}: {group.GetProperty("description")}: {test.GetProperty("description")}{why}");
                }
            }
        }

        Assert.True(failed.Count == failures, $"{failed.Count} of {count} failed:\n{string.Join("\n", failed)}");
        Assert.True(count > 800);
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using StreamReader reader = new(entry.Open());
        return reader.ReadToEnd();
    }
}
