using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using EventBridgeOps.Events.Files;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Installation;

/// <summary>A package of the function: its bytes, and what they say of themselves.</summary>
/// <param name="Content">The ZIP file.</param>
/// <param name="Sha256">Its SHA-256 in lower case.</param>
/// <param name="Architecture"><c>x86_64</c> or <c>arm64</c>; null if its <c>bootstrap</c> is not a program for one of these.</param>
public sealed record AutomationPackage(byte[] Content, string Sha256, string? Architecture)
{
    /// <summary>The key in the bucket. Another package has another one, so that CloudFormation sees that the code is new.</summary>
    public string Key => $"ebops-{Sha256}.zip";

    /// <summary>The first digits of its SHA-256.</summary>
    public string Version => Sha256.Substring(0, 12);
}

/// <summary>A package that was released: where it is, and what it must be.</summary>
/// <param name="Address">The URL.</param>
/// <param name="Sha256">The SHA-256 in lower case.</param>
public sealed record ReleasedPackage(Uri Address, string Sha256)
{
    /// <summary>The package of this version, by architecture. It is the one place where its URL and SHA-256 are. Empty: this version has none.</summary>
    public static IReadOnlyDictionary<string, ReleasedPackage> All { get; } = new Dictionary<string, ReleasedPackage>(StringComparer.Ordinal);
}

/// <summary>Reads packages from files, or downloads that of the release.</summary>
/// <param name="download">Downloads.</param>
/// <param name="released">The packages of the release, by architecture.</param>
public sealed class PackageReader(IPackageDownload download, IReadOnlyDictionary<string, ReleasedPackage> released)
{
    private const string Program = "bootstrap";

    /// <summary>The architecture by default.</summary>
    private const string X64 = "x86_64";

    /// <summary>https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: a package that is uploaded is at most 50 MB zipped.</summary>
    public const long MostBytes = 50 * 1024 * 1024;

    /// <summary>Reads the package.</summary>
    /// <param name="path">The file; null for the package of the release.</param>
    /// <param name="architecture">The architecture of the function; null for that by default.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidPackage"/>: there is no package, or it is not the one that is expected.</exception>
    public async Task<AutomationPackage> ReadAsync(string? path, string? architecture, CancellationToken cancellationToken)
    {
        if (path is not null)
            return Check(ReadFile(path), path, architecture);
        if (!released.TryGetValue(architecture ?? X64, out ReleasedPackage? package))
            throw new OpsException(ErrorIds.InvalidPackage, InstallationMessages.NoRelease());
        byte[] content = await download.DownloadAsync(package.Address, cancellationToken);
        return ContentDigest.Sha256(content) == package.Sha256 ? Check(content, package.Address.ToString(), architecture) : throw new OpsException(ErrorIds.InvalidPackage, InstallationMessages.OtherDigest(package.Address.ToString(), package.Sha256, ContentDigest.Sha256(content)));
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            MemoryStream content = new();
            byte[] part = new byte[81_920];
            int count;
            while ((count = file.Read(part, 0, part.Length)) > 0)
            {
                // What a device or a pipe holds is not known before it is read.
                if (content.Length + count > MostBytes)
                    throw new OpsException(ErrorIds.InvalidPackage, InstallationMessages.PackageTooLarge(path, MostBytes / 1024 / 1024));
                content.Write(part, 0, count);
            }

            return content.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw InputFile.NotReadable(path, e);
        }
    }

    private static AutomationPackage Check(byte[] content, string origin, string? architecture)
    {
        try
        {
            using ZipArchive zip = new(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            ZipArchiveEntry program = zip.GetEntry(Program) ?? throw new OpsException(ErrorIds.InvalidPackage, InstallationMessages.NoProgram(origin, Program));
            using Stream stream = program.Open();
            string? compiled = Processor(stream);
            if (compiled is not null && architecture is not null && compiled != architecture)
                throw new OpsException(ErrorIds.InvalidPackage, InstallationMessages.OtherArchitecture(origin, compiled, architecture));
            return new AutomationPackage(content, ContentDigest.Sha256(content), compiled);
        }
        catch (InvalidDataException e)
        {
            throw new OpsException(ErrorIds.InvalidPackage, InstallationMessages.NotAZip(origin), e);
        }
    }

    /// <summary>The processor in the header of an ELF file: https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html.</summary>
    private static string? Processor(Stream program)
    {
        byte[] header = new byte[20];
        int read = 0, count;
        while (read < header.Length && (count = program.Read(header, read, header.Length - read)) > 0)
            read += count;
        return read < header.Length || header[0] != 0x7F || header[1] != 'E' || header[2] != 'L' || header[3] != 'F' ? null : (header[18] | (header[19] << 8)) switch
        {
            0x3E => X64,
            0xB7 => "arm64",
            _ => null,
        };
    }
}

/// <summary>The SHA-256 of a content.</summary>
public static class ContentDigest
{
    /// <summary>The SHA-256 in lower case, as S3, ECR and releases write it.</summary>
    /// <param name="content">The content.</param>
    public static string Sha256(byte[] content)
    {
#if NET8_0_OR_GREATER
        byte[] hash = SHA256.HashData(content);
#else
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(content);
#endif
        return string.Concat(hash.Select(one => one.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
