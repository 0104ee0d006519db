using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Projects;

/// <summary>Reads the schemas of a project. Those in a folder below (<c>schemas/common/address.json</c>) are not events: others refer to them.</summary>
internal sealed class SchemaFiles(ProjectFolder folder, ProjectSettings? settings, ICollection<ProjectFault> faults)
{
    private static readonly Regex Reference = new("\"\\$ref\"\\s*:\\s*\"([^\"#]+)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

    private readonly Dictionary<string, ProjectText> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _references = new(StringComparer.Ordinal);

    public IReadOnlyList<ProjectSchema> Read()
    {
        foreach (string path in folder.List(Project.SchemaFolder, faults))
        {
            if (!path.EndsWith(".json", StringComparison.Ordinal))
                faults.Add(new ProjectFault(path, TextPlace.Start, "", ProjectMessages.NotJsonFile()));
            else if (folder.Read(path, out ProjectFault? fault) is { } text)
                _texts.Add(path.Substring(Project.SchemaFolder.Length + 1), text);
            else
                faults.Add(fault!);
        }

        List<(string Name, string Family, int Version, string File, Dictionary<string, string> Others)> found = [];
        foreach (KeyValuePair<string, ProjectText> each in _texts.Where(each => each.Key.IndexOf('/') < 0))
        {
            string name = each.Key.Substring(0, each.Key.Length - ".json".Length);
            if (ProjectSchema.TryParseName(name, out string family, out int version))
                found.Add((name, family, version, each.Key, Closure(each.Key)));
            else
                faults.Add(each.Value.Fault("", ProjectMessages.SchemaName(each.Key)));
        }

        // The schema of schemas takes most of the time of a project.
        (ProjectSchema Schema, IReadOnlyList<ProjectFault> Faults)[] read = [.. found.AsParallel().AsOrdered().Select(each => Read(each.Name, each.Family, each.Version, each.File, _texts[each.File], each.Others))];
        foreach (ProjectFault fault in read.SelectMany(each => each.Faults))
            faults.Add(fault);
        return [.. read.Select(each => each.Schema).OrderBy(schema => schema.Family, StringComparer.Ordinal).ThenBy(schema => schema.Version)];
    }

    private (ProjectSchema Schema, IReadOnlyList<ProjectFault> Faults) Read(string name, string family, int version, string file, ProjectText text, Dictionary<string, string> others)
    {
        SchemaReading reading = EventSchema.Read(text.Text, file, others);
        ProjectSchema schema = new()
        {
            Name = name,
            Family = family,
            Version = version,
            File = text,
            Schema = reading.Schema,
            Source = reading.Schema?.Source ?? settings?.Source,
            DetailType = reading.Schema?.DetailType ?? EventSchema.TypeName(name),
            Digest = Digest(text.Text, others),
            IsRetired = settings?.Retired.Contains(name, StringComparer.Ordinal) == true,
        };
        return (schema, [.. reading.Faults.Select(fault => fault.Pointer is { } pointer ? text.Fault(pointer, fault.Reason) : text.FaultAt(fault.Line ?? 1, fault.Reason))]);
    }

    /// <summary>The files to which a file refers, directly or not.</summary>
    private Dictionary<string, string> Closure(string file)
    {
        Dictionary<string, string> found = new(StringComparer.Ordinal);
        Queue<string> open = new([file]);
        while (open.Count > 0)
        {
            string from = open.Dequeue();
            foreach (string reference in References(from).Where(reference => reference != file && !found.ContainsKey(reference)))
            {
                found.Add(reference, _texts[reference].Text);
                open.Enqueue(reference);
            }
        }

        return found;
    }

    private IReadOnlyList<string> References(string file)
    {
        if (!_references.TryGetValue(file, out IReadOnlyList<string>? known))
            _references.Add(file, known = [.. Reference.Matches(_texts[file].Text).Cast<Match>().Select(match => Resolve(file, match.Groups[1].Value)).Where(_texts.ContainsKey).Distinct(StringComparer.Ordinal)]);
        return known;
    }

    private static string Resolve(string from, string reference) =>
        Uri.TryCreate(new Uri("https://schemas.invalid/" + from), reference, out Uri? uri) && uri.Host == "schemas.invalid" ? Uri.UnescapeDataString(uri.AbsolutePath.Substring(1)) : "";

    // Of a schema alone, it is what 'sha256sum' says of its file.
    private static string Digest(string text, Dictionary<string, string> others)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        foreach (KeyValuePair<string, string> other in others.OrderBy(other => other.Key, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"\0{other.Key}\0{other.Value.Length}\0{other.Value}")));
        return "sha256:" + string.Concat(hash.GetHashAndReset().Select(each => each.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
