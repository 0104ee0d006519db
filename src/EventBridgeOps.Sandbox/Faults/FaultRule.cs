using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Faults;

/// <summary>Selects the calls that a fault applies to.</summary>
public sealed record FaultRule
{
    /// <summary>The service of the deliveries of EventBridge to targets, which no call makes: the operation is the service of the target.</summary>
    public const string Delivery = "delivery";

    /// <summary>The service: events, batch, ecr, sqs or sts; <c>*</c> for any; <c>delivery</c> for what EventBridge delivers to targets.</summary>
    public string Service { get; init; } = "*";

    /// <summary>The operation, where <c>*</c> matches any text: PutTargets, Describe*.</summary>
    public string Operation { get; init; } = "*";

    /// <summary>Only calls whose body contains this text.</summary>
    public string? BodyContains { get; init; }

    /// <summary>Only the matching call with this number, counted from 1.</summary>
    public int? Nth { get; init; }

    /// <summary>The number of matching calls to skip first.</summary>
    public int After { get; init; }

    /// <summary>The maximum number of calls that the fault applies to; null for no limit.</summary>
    public int? Times { get; init; }

    /// <summary>The probability that the fault applies to a matching call.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>The fault.</summary>
    public required Fault Fault { get; init; }

    internal bool IsAbout(AwsCall call) =>
        (call.Service == Delivery ? Service == Delivery : IsLike(call.Service, Service)) && IsLike(call.Operation, Operation) && (BodyContains is null || call.Body.Contains(BodyContains));

    private static bool IsLike(string text, string pattern) =>
        Regex.IsMatch(text, $@"\A{Regex.Escape(pattern).Replace("\\*", ".*")}\z", RegexOptions.CultureInvariant);
}
