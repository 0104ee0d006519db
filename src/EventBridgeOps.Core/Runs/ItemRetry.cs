using EventBridgeOps.Events.Messages;
using EventBridgeOps.Services;

namespace EventBridgeOps.Runs;

/// <summary>Retries an item after the retries of the SDK are used up, if the fault is transient: by time, not by count.</summary>
/// <remarks>
/// The SDK retries each call; over hundreds of items under a storm of throttling a few calls still run out of tries, and one item
/// more or less must not be lost for that. Delays double from half a second up to eight, each times a random factor of 0.5 to 1.
/// </remarks>
/// <param name="time">The clock to wait by.</param>
/// <param name="random">Gives numbers from 0 up to 1.</param>
/// <param name="timeout">How long an item is retried; null for <see cref="DefaultTimeout"/>.</param>
public sealed class ItemRetry(TimeProvider time, Func<double> random, TimeSpan? timeout = null)
{
    /// <summary>The number of attempts if the endpoint cannot be reached or its answer cannot be read: the SDK has already tried for seconds, and a wrong address will not become right.</summary>
    public const int AttemptsWhenUnreachable = 2;

    /// <summary>How long an item is retried by default.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(8);

    /// <summary>How long an item is retried.</summary>
    public TimeSpan Timeout { get; } = timeout ?? DefaultTimeout;

    /// <summary>Runs the body until it succeeds, fails permanently, or the time is used up; then its error is thrown.</summary>
    /// <param name="body">The item's work; safe to run again.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task<T> RunAsync<T>(Func<Task<T>> body, CancellationToken cancellationToken) => RunAsync(body, Start(), cancellationToken);

    /// <summary>The same, within the time of an item that began earlier.</summary>
    internal static async Task<T> RunAsync<T>(Func<Task<T>> body, RetryBudget budget, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await body();
            }
            catch (ServiceCallException e) when (e.MayPass)
            {
                if (!await budget.WaitAsync(e, cancellationToken))
                    throw;
            }
        }
    }

    /// <summary>Starts the time of one item.</summary>
    internal RetryBudget Start() => new(this, time);

    /// <summary>The delay before the next try.</summary>
    /// <param name="attempt">How many tries there were, from 1.</param>
    internal TimeSpan Delay(int attempt)
    {
        double seconds = Math.Min(FirstDelay.TotalSeconds * Math.Pow(2, attempt - 1), LongestDelay.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (0.5 + (random() / 2)));
    }
}

/// <summary>The time in which one item may be retried.</summary>
internal sealed class RetryBudget(ItemRetry retry, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private long _tried = time.GetTimestamp();
    private int _attempts;
    private int _unreadable;

    /// <summary>Waits before the next try.</summary>
    /// <param name="error">Why the last try failed.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False if there is no next try: the error is permanent, or the time is used up.</returns>
    public async Task<bool> WaitAsync(OpsException error, CancellationToken cancellationToken)
    {
        if (error is ServiceCallException { MayPass: false })
            return false;
        _unreadable = error.ErrorId is ErrorIds.Unreachable or ErrorIds.MalformedAnswer ? _unreadable + 1 : 0;
        // An endpoint that has let a try wait for long would do so again, and the time would be exceeded.
        bool isSlow = _unreadable > 0 && time.GetElapsedTime(_start) + time.GetElapsedTime(_tried) > retry.Timeout;
        return !isSlow && _unreadable < ItemRetry.AttemptsWhenUnreachable && await WaitAsync(cancellationToken);
    }

    /// <summary>Waits before the next try, after an answer that refused a part of what was sent.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>False if the time is used up.</returns>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan delay = retry.Delay(++_attempts);
        if (time.GetElapsedTime(_start) + delay > retry.Timeout)
            return false;
        await time.Delay(delay, cancellationToken);
        _tried = time.GetTimestamp();
        return true;
    }
}
