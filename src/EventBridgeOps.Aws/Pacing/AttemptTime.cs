using Amazon.Runtime;

namespace EventBridgeOps.Aws.Pacing;

/// <summary>How long a call waits for its answers: in each attempt, and in all that had none in time. Waiting for a turn, and between attempts, does not count.</summary>
internal static class AttemptTime
{
    /// <summary>The limit of one attempt. No control-plane call takes as long.</summary>
    public static readonly TimeSpan Each = TimeSpan.FromSeconds(25);

    /// <summary>The limit of all attempts of a call that had no answer in time.</summary>
    public static readonly TimeSpan All = TimeSpan.FromSeconds(50);

    private const string Own = "EventBridgeOps.Own";
    private const string Spent = "EventBridgeOps.Spent";

    /// <summary>The time that the next attempt of a call has; zero or less if there is none.</summary>
    public static TimeSpan Left(IRequestContext context)
    {
        TimeSpan? own = context.ContextAttributes.TryGetValue(Own, out object? given) ? (TimeSpan)given : null;
        TimeSpan left = (own ?? All) - SpentOf(context), each = own ?? Each;
        return left < each ? left : each;
    }

    /// <summary>Gives a call a limit of its own, for an attempt and for all.</summary>
    public static void Allow(IRequestContext context, TimeSpan limit) => context.ContextAttributes[Own] = limit;

    /// <summary>Counts an attempt that had no answer in time.</summary>
    public static void Add(IRequestContext context, TimeSpan elapsed) => context.ContextAttributes[Spent] = SpentOf(context) + elapsed;

    private static TimeSpan SpentOf(IRequestContext context) => context.ContextAttributes.TryGetValue(Spent, out object? spent) ? (TimeSpan)spent : TimeSpan.Zero;
}
