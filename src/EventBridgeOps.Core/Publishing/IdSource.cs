using System.Globalization;

namespace EventBridgeOps.Publishing;

/// <summary>Creates IDs that sort by time: <c>job_1734567890123_abc123def</c>, with Unix milliseconds and nine base-36 characters.</summary>
/// <param name="time">The clock.</param>
/// <param name="random">Gives numbers from 0 up to 1.</param>
public sealed class IdSource(TimeProvider time, Func<double> random)
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int Length = 9;

    /// <summary>Creates an ID.</summary>
    /// <param name="prefix">The prefix: <c>job</c>, <c>evt</c>.</param>
    public string Next(string prefix)
    {
        char[] letters = new char[Length];
        for (int i = 0; i < Length; i++)
            letters[i] = Digits[(int)(random() * Digits.Length)];
        return $"{prefix}_{time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}_{new string(letters)}";
    }
}
