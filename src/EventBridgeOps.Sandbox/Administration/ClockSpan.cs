using System.Text.RegularExpressions;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Schedules;

namespace EventBridgeOps.Sandbox.Administration;

/// <summary>How far the clock of a sandbox is advanced, as people write it.</summary>
public static class ClockSpan
{
    // A duration by its form, whose numbers are longer than those that are read.
    private static readonly Regex Long = new(@"\A([0-9]+|(?=.)([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?)\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Reads a span such as <c>90s</c>, <c>2h</c>, <c>1d12h</c> or <c>02:00:00</c>; a number without a unit is in seconds.</summary>
    /// <param name="text">The span.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: it is not a duration, negative, or longer than <see cref="SandboxAdmin.LongestAdvance"/>.</exception>
    public static TimeSpan Read(string text)
    {
        if (text.StartsWith("-", StringComparison.Ordinal) && DurationText.Read(text.Substring(1)) is not null)
            throw new OpsException(ErrorIds.InvalidArgument, AdministrationMessages.NotBackwards(text));
        if (DurationText.Read(text) is { } seconds)
            return seconds <= SandboxAdmin.LongestAdvance.TotalSeconds ? TimeSpan.FromSeconds(seconds) : throw TooFar();
        throw Long.IsMatch(text) ? TooFar() : new OpsException(ErrorIds.InvalidArgument, AdministrationMessages.NotADuration(text));

        OpsException TooFar() => new(ErrorIds.InvalidArgument, AdministrationMessages.TooFar(text, (int)SandboxAdmin.LongestAdvance.TotalDays));
    }
}
