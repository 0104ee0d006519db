using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Projects.Files;
using EventBridgeOps.Schemas.Documents;

namespace EventBridgeOps.Projects;

/// <summary>Reads the schemas of a project. Those in a folder below (<c>schemas/common/address.json</c>) are not events: others refer to them.</summary>
internal sealed class SchemaFiles(ProjectFolder folder, ProjectSettings? settings, ICollection<ProjectFault> faults)
{
    private readonly Dictionary<string, ProjectText> _texts = new(StringComparer.Ordinal);

    public IReadOnlyList<ProjectSchema> Read()
    {
        foreach (string path in folder.List(Project.SchemaFolder, faults))
        {
            if (ProjectFolder.IsNote(path))
                continue;
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
        List<ProjectFault> all = [];
        IReadOnlyList<ProjectSchema> read = InParallel.Each(found, (each, own) => Read(each.Name, each.Family, each.Version, each.File, _texts[each.File], each.Others, own), all);
        // A file to which several refer is said once; those to which none refers are only looked at as JSON.
        HashSet<string> referred = [.. found.SelectMany(each => each.Others.Keys)];
        foreach (ProjectFault fault in all.GroupBy(fault => (fault.File, fault.Place, fault.Pointer, fault.Reason.ToString())).Select(same => same.First()))
            faults.Add(fault);
        foreach (ProjectText alone in _texts.Where(each => each.Key.Contains('/') && !referred.Contains(each.Key)).Select(each => each.Value))
        {
            if (alone.Text.Trim() is not ("true" or "false") && alone.Read(out ProjectFault? fault) is null)
                faults.Add(fault!);
        }

        return [.. read.OrderBy(schema => schema.Family, StringComparer.Ordinal).ThenBy(schema => schema.Version)];
    }

    private ProjectSchema Read(string name, string family, int version, string file, ProjectText text, Dictionary<string, string> others, ICollection<ProjectFault> own)
    {
        SchemaReading reading = EventSchema.Read(text.Text, file, others);
        foreach (SchemaFault fault in reading.Faults)
            own.Add(Fault(fault.File is null ? text : _texts[fault.File], fault));
        return new ProjectSchema
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
    }

    private static ProjectFault Fault(ProjectText text, SchemaFault fault) => fault.Place is { } place ? text.FaultAt(place, fault.Reason) : text.Fault(fault.Pointer ?? "", fault.Reason);

    /// <summary>The files to which a file refers, directly or not.</summary>
    private Dictionary<string, string> Closure(string file) => SchemaReferences.Closure(file, _texts[file].Text, path => _texts.TryGetValue(path, out ProjectText? text) ? text.Text : null);

    // Of a schema alone, it is what 'sha256sum' says of its file without a byte order mark.
    private static string Digest(string text, Dictionary<string, string> others)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        foreach (KeyValuePair<string, string> other in others.OrderBy(other => other.Key, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"\0{other.Key}\0{other.Value.Length}\0{other.Value}")));
        return "sha256:" + string.Concat(hash.GetHashAndReset().Select(each => each.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
