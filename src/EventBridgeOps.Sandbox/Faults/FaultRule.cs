using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Faults;

/// <summary>Which calls a fault strikes.</summary>
public sealed record FaultRule
{
    /// <summary>The service, <c>*</c> for any: events, batch, ecr, sts.</summary>
    public string Service { get; init; } = "*";

    /// <summary>The operation, with <c>*</c> for any text: PutTargets, Describe*.</summary>
    public string Operation { get; init; } = "*";

    /// <summary>Only calls whose body contains this.</summary>
    public string? BodyContains { get; init; }

    /// <summary>Only that one of the matching calls, counted from 1.</summary>
    public int? Nth { get; init; }

    /// <summary>Spares that many matching calls first.</summary>
    public int After { get; init; }

    /// <summary>Strikes at most that often; null for ever.</summary>
    public int? Times { get; init; }

    /// <summary>How probable it is that a matching call is struck.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>What goes wrong.</summary>
    public required Fault Fault { get; init; }

    internal bool IsAbout(AwsCall call) =>
        IsLike(call.Service, Service) && IsLike(call.Operation, Operation) && (BodyContains is null || call.Body.Contains(BodyContains));

    private static bool IsLike(string text, string pattern) =>
        Regex.IsMatch(text, $@"\A{Regex.Escape(pattern).Replace("\\*", ".*")}\z", RegexOptions.CultureInvariant);
}
