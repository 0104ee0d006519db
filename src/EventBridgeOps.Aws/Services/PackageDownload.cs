using EventBridgeOps.Events.Messages;
using EventBridgeOps.Installation;

namespace EventBridgeOps.Aws.Services;

/// <summary>Downloads a package over HTTPS. Its caller checks what it got.</summary>
internal sealed class PackageDownload : IPackageDownload
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromMinutes(5), MaxResponseContentBufferSize = PackageReader.MostBytes };

    public async Task<byte[]> DownloadAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await Client.GetAsync(address, cancellationToken);
            if (!answer.IsSuccessStatusCode)
                throw new OpsException(ErrorIds.InvalidPackage, ServicesMessages.DownloadRefused(address.ToString(), (int)answer.StatusCode));
#if NET8_0_OR_GREATER
            return await answer.Content.ReadAsByteArrayAsync(cancellationToken);
#else
            return await answer.Content.ReadAsByteArrayAsync();
#endif
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new OpsException(ErrorIds.InvalidPackage, ServicesMessages.NotDownloaded(address.ToString(), e.Message), e);
        }
    }
}
