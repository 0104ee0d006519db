using System.IO.Compression;
using System.Security.Cryptography;
using EventBridgeOps.Sandbox.S3;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Lambda;

/// <summary>The code of a function: a zip, as it was uploaded.</summary>
internal static class FunctionCode
{
    /// <summary>https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 250 MB unzipped.</summary>
    private const long MostBytes = 262_144_000;

#if !NETSTANDARD2_0
    private const int SymbolicLink = 0xA000, FileType = 0xF000;
#endif

    private static readonly string[] s_elsewhere = ["ImageUri", "SourceKMSKeyArn"];

    private static readonly string[] s_stored = ["S3Bucket", "S3Key", "S3ObjectVersion"];

    /// <summary>The zip of an input: of <c>Code</c>, or of UpdateFunctionCode itself.</summary>
    public static byte[] Read(Operation operation, RawDocument code)
    {
        foreach (string other in s_elsewhere.Where(other => code[other] is not null))
            throw LambdaErrors.NotSupported("code from " + other);
        byte[] zip = code["ZipFile"] is null ? Stored(operation, code) : Given(code);
        Check(zip);
        return zip;
    }

    private static byte[] Given(RawDocument code)
    {
        if (s_stored.Any(other => code[other] is not null))
            throw LambdaErrors.Invalid("Please do not provide other FunctionCode parameters when providing a ZipFile.");
        try
        {
            return Convert.FromBase64String(code.Text("ZipFile") ?? "");
        }
        catch (FormatException)
        {
            throw new AwsError(400, "SerializationException", "The blob is not valid base64.");
        }
    }

    /// <summary>The zip in a bucket, which must be in the Region of the function.</summary>
    private static byte[] Stored(Operation operation, RawDocument code)
    {
        if (code.Text("S3Bucket") is not { Length: > 0 } bucket || code.Text("S3Key") is not { Length: > 0 } key)
            throw LambdaErrors.Invalid("Please provide a source for function code.");
        try
        {
            return ObjectReads.Read(operation, bucket, key, code.Text("S3ObjectVersion"));
        }
        catch (AwsError e)
        {
            throw LambdaErrors.Invalid($"Error occurred while GetObject. S3 Error Code: {e.Code}. S3 Error Message: {e.Message}");
        }
    }

    public static string Digest(byte[] zip)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(zip);
        return Convert.ToBase64String(hash.GetHashAndReset());
    }

    /// <summary>Unpacks a zip that was checked.</summary>
    public static void Unpack(byte[] zip, string folder)
    {
        using ZipArchive archive = new(new MemoryStream(zip), ZipArchiveMode.Read);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            string path = PathIn(folder, entry.FullName) ?? throw new InvalidDataException(entry.FullName);
            if (entry.FullName.EndsWith("/", StringComparison.Ordinal))
            {
                Directory.CreateDirectory(path);
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (Stream unpacked = entry.Open())
            using (FileStream file = new(path, FileMode.Create))
                unpacked.CopyTo(file);
#if !NETSTANDARD2_0
            // Lambda keeps the modes in the zip; one that was made without modes can be read, and not run.
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, (UnixFileMode)((entry.ExternalAttributes >> 16) & 0x1ED) | UnixFileMode.UserRead | UnixFileMode.UserWrite);
#endif
        }
    }

    private static void Check(byte[] zip)
    {
        if (zip.Length == 0)
            throw LambdaErrors.Invalid("Uploaded file must be a non-empty zip");
        try
        {
            using ZipArchive archive = new(new MemoryStream(zip), ZipArchiveMode.Read);
            if (archive.Entries.Count == 0)
                throw LambdaErrors.Invalid("Uploaded file must be a non-empty zip");
            long bytes = 0;
            byte[] buffer = new byte[81_920];
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                if (PathIn(Path.GetTempPath(), entry.FullName) is null)
                    throw Unreadable();
#if !NETSTANDARD2_0
                if (((entry.ExternalAttributes >> 16) & FileType) == SymbolicLink)
                    throw LambdaErrors.NotSupported("symbolic links in the code");
#endif
                using Stream unpacked = entry.Open();
                int read;
                while ((read = unpacked.Read(buffer, 0, buffer.Length)) > 0)
                {
                    if ((bytes += read) >= MostBytes)
                        throw LambdaErrors.Invalid($"Unzipped size must be smaller than {MostBytes} bytes");
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
        {
            throw Unreadable();
        }
    }

    private static AwsError Unreadable() => LambdaErrors.Invalid("Could not unzip uploaded file. Please check your file, then try to upload again.");

    /// <summary>Where a file of the zip goes; null if that is outside of the folder.</summary>
    private static string? PathIn(string folder, string name)
    {
        string[] parts = name.TrimEnd('/').Split('/');
        return name.IndexOfAny(['\\', ':', '\0']) >= 0 || parts.Any(part => part.Length == 0 || part is "." or "..") ? null : Path.Combine([folder, .. parts]);
    }
}
