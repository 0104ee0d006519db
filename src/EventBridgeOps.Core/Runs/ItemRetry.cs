using EventBridgeOps.Events.Messages;
using EventBridgeOps.Services;

namespace EventBridgeOps.Runs;

/// <summary>Retries an item after the retries of the SDK are used up, if the fault is transient.</summary>
/// <remarks>
/// The SDK retries each call; over hundreds of items under a storm of throttling a few calls still run out of tries, and one item
/// more or less must not be lost for that. Delays double from half a second up to eight, each times a random factor of 0.5 to 1.
/// </remarks>
/// <param name="time">The clock to wait by.</param>
/// <param name="random">Gives numbers from 0 up to 1.</param>
public sealed class ItemRetry(TimeProvider time, Func<double> random)
{
    /// <summary>The total number of attempts for an item that is throttled.</summary>
    public const int Attempts = 5;

    /// <summary>The number of attempts if the endpoint cannot be reached: the SDK has already tried for seconds, and a wrong address will not become right.</summary>
    public const int AttemptsWhenUnreachable = 2;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(8);

    /// <summary>Runs the body until it succeeds, fails permanently, or the attempts are used up; then its error is thrown.</summary>
    /// <param name="body">The item's work; safe to run again.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<T> RunAsync<T>(Func<Task<T>> body, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await body();
            }
            catch (ServiceCallException e) when (e.MayPass && attempt < (e.ErrorId == ErrorIds.Unreachable ? AttemptsWhenUnreachable : Attempts))
            {
                await DelayAsync(attempt, cancellationToken);
            }
        }
    }

    /// <summary>Waits before the next try.</summary>
    /// <param name="attempt">How many tries there were, from 1.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task DelayAsync(int attempt, CancellationToken cancellationToken)
    {
        double seconds = Math.Min(FirstDelay.TotalSeconds * Math.Pow(2, attempt - 1), LongestDelay.TotalSeconds);
        return time.Delay(TimeSpan.FromSeconds(seconds * (0.5 + (random() / 2))), cancellationToken);
    }
}
