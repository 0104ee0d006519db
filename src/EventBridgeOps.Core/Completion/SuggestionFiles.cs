using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Files;

namespace EventBridgeOps.Completion;

/// <summary>Keeps answers for one minute in private files, for front ends that run as one process per question. Damaged, expired and foreign files are ignored.</summary>
/// <param name="folder">The folder, which is created with the first answer. A folder that others can write to is not used.</param>
/// <param name="time">The clock.</param>
public sealed class SuggestionFiles(string folder, TimeProvider time)
{
    private const string Suffix = ".names";

    /// <summary>
    /// The cache of the user: <c>$XDG_CACHE_HOME/ebops/completion</c>, else <c>~/.cache/ebops/completion</c>; on Windows <c>%LOCALAPPDATA%\EventBridgeOps\completion</c>. Null if none of these variables is set.
    /// </summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="time">The clock.</param>
    public static SuggestionFiles? OfUser(Func<string, string?> environment, TimeProvider time)
    {
        string? folder =
            Path.DirectorySeparatorChar == '\\' && environment("LOCALAPPDATA") is { Length: > 0 } local ? Path.Combine(local, "EventBridgeOps")
            : environment("XDG_CACHE_HOME") is { Length: > 0 } cache ? Path.Combine(cache, "ebops")
            : environment("HOME") is { Length: > 0 } home ? Path.Combine(home, ".cache", "ebops")
            : null;
        return folder is null ? null : new SuggestionFiles(Path.Combine(folder, "completion"), time);
    }

    /// <summary>A valid answer; null if there is none.</summary>
    internal IReadOnlyList<Suggestion>? Find(string key)
    {
        try
        {
            string path = PathOf(key);
            if (!File.Exists(path) || PrivateFiles.Fault(folder) is not null)
                return null;
            JsonObject kept = Document.Parse(File.ReadAllBytes(path));
            TimeSpan age = time.GetUtcNow() - DateTimeOffset.Parse(kept.String("time")!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
            return age >= TimeSpan.Zero && age < SuggestionCache.Lasting
                ? [.. ((JsonObject)kept["names"]!).Select(name => new Suggestion(name.Key, (string)name.Value!))]
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException or InvalidOperationException or InvalidCastException or ArgumentException or NullReferenceException)
        {
            return null;
        }
    }

    /// <summary>Stores an answer if possible.</summary>
    internal void Keep(string key, IReadOnlyList<Suggestion> found)
    {
        JsonObject names = [];
        foreach (Suggestion suggestion in found)
            names[suggestion.Name] = suggestion.Description;
        JsonObject kept = new() { ["time"] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), ["names"] = names };
        try
        {
            PrivateFiles.CreateFolder(folder);
            if (PrivateFiles.Fault(folder) is not null)
                return;
            foreach (string old in Directory.GetFiles(folder).Where(IsOld))
                File.Delete(old);
            PrivateFiles.Write(PathOf(key), Document.WriteUtf8(kept));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the next one asks again.
        }
    }

    /// <summary>Clears all answers.</summary>
    public void Clear()
    {
        try
        {
            if (Directory.Exists(folder))
            {
                foreach (string path in Directory.GetFiles(folder))
                    File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // They last for a minute at most.
        }
    }

    private bool IsOld(string path) => time.GetUtcNow() - File.GetLastWriteTimeUtc(path) > SuggestionCache.Lasting;

    private string PathOf(string key)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(key);
#if NET8_0_OR_GREATER
        string hash = Convert.ToHexString(SHA256.HashData(bytes));
#else
        using SHA256 sha = SHA256.Create();
        string hash = BitConverter.ToString(sha.ComputeHash(bytes)).Replace("-", "");
#endif
        return Path.Combine(folder, hash + Suffix);
    }
}
