using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Jobs;

/// <summary>Makes requests that test the delivery path, with users and products that do not exist.</summary>
public static class MvpTestRequests
{
    /// <summary>How many are sent if no number is specified.</summary>
    public const int DefaultCount = 5;

    /// <summary>How many can be sent.</summary>
    public const int MaxCount = 100;

    private const string Mark = "test";

    /// <summary>Makes test requests. Their <c>metadata</c> has <c>"test": true</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="common">The values of all of them.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: the number is not from 1 to <see cref="MaxCount"/>, or the values have the ID of one job.</exception>
    public static IReadOnlyList<MvpRequest> Of(int count, MvpRequest common)
    {
        if (count is < 1 or > MaxCount)
            throw new OpsException(ErrorIds.InvalidArgument, JobMessages.TestCountOutOfRange(count, MaxCount));
        if (common.JobId is not null)
            throw new OpsException(ErrorIds.InvalidArgument, JobMessages.JobIdForSeveral());
        return [.. Enumerable.Range(1, count).Select(number => Number(number, common))];
    }

    private static MvpRequest Number(int number, MvpRequest common)
    {
        JsonObject metadata = (JsonObject?)common.Metadata?.DeepClone() ?? [];
        metadata[Mark] = true;
        return common with
        {
            UserId = string.IsNullOrEmpty(common.UserId) ? $"ebops-test-user-{number}" : common.UserId,
            ProductId = string.IsNullOrEmpty(common.ProductId) ? $"ebops-test-product-{number}" : common.ProductId,
            BusinessName = common.BusinessName ?? (metadata.ContainsKey(MvpEvent.BusinessNameField) ? null : $"Test business {number}"),
            Metadata = metadata,
        };
    }
}
