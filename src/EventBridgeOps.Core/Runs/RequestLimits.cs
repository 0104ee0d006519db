using System.Globalization;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Runs;

/// <summary>Checks the limits that the description of a request says.</summary>
internal static class RequestLimits
{
    /// <summary>Checks all numbers of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="shape">Its description.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a number is out of range.</exception>
    public static void Check<T>(T request, RequestShape<T> shape)
        where T : notnull, new()
    {
        foreach (OptionShape option in shape.Options.Where(option => option.Min is not null))
        {
            if (option.Read(request) is not { } given)
                continue;
            double value = Convert.ToDouble(given, CultureInfo.InvariantCulture), min = option.Min!.Value;
            if (value > (option.Max ?? double.MaxValue) || (value < min && option.Max is not null))
                throw new OpsException(ErrorIds.InvalidArgument, RunMessages.OutOfRange(option.Name, value, min, option.Max!.Value));
            if (value < min)
                throw new OpsException(ErrorIds.InvalidArgument, RunMessages.TooLow(option.Name, value, min));
        }
    }
}
