using System.Globalization;

namespace EventBridgeOps.Sandbox.CloudWatch;

/// <summary>A math expression over the series of queries: numbers, IDs, + - * /, METRICS, SUM, AVG, MIN, MAX, and FILL with a number.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html</remarks>
internal sealed class MetricMath
{
    private const int LongestExpression = 2048;
    private const int DeepestNesting = 40;

    private readonly string _text;
    private readonly IReadOnlyDictionary<string, MetricSeries> _series;
    private readonly IReadOnlyList<DateTimeOffset> _periods;
    private int _at;
    private int _depth;

    private MetricMath(string text, IReadOnlyDictionary<string, MetricSeries> series, IReadOnlyList<DateTimeOffset> periods) => (_text, _series, _periods) = (text, series, periods);

    /// <summary>The points of an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="series">The series of the queries, by ID.</param>
    /// <param name="periods">The beginnings of the periods.</param>
    /// <exception cref="Wire.AwsError">It is not valid, or has a function that the sandbox does not support.</exception>
    public static MetricSeries Evaluate(string expression, IReadOnlyDictionary<string, MetricSeries> series, IReadOnlyList<DateTimeOffset> periods)
    {
        if (expression.Length is 0 or > LongestExpression)
            throw MetricErrors.Invalid($"Expression must have 1 to {LongestExpression} characters.");
        MetricMath math = new(expression, series, periods);
        IReadOnlyList<MetricSeries> value = math.Sum();
        if (math._at < expression.Length)
            throw math.Wrong();
        return value.Count == 1 ? value[0] : throw MetricErrors.Invalid($"The expression {expression} must return one time series.");
    }

    private IReadOnlyList<MetricSeries> Sum()
    {
        if (++_depth > DeepestNesting)
            throw Wrong();
        IReadOnlyList<MetricSeries> left = Product();
        while (Take('+') is { } || Peek('-'))
        {
            bool minus = Take('-') is not null;
            left = Combine(left, Product(), minus ? (a, b) => a - b : (a, b) => a + b);
        }

        _depth--;
        return left;
    }

    private IReadOnlyList<MetricSeries> Product()
    {
        IReadOnlyList<MetricSeries> left = Factor();
        while (Take('*') is { } || Peek('/'))
        {
            bool divided = Take('/') is not null;
            left = Combine(left, Factor(), divided ? (a, b) => a / b : (a, b) => a * b);
        }

        return left;
    }

    private IReadOnlyList<MetricSeries> Factor()
    {
        if (Take('(') is not null)
        {
            IReadOnlyList<MetricSeries> inner = Sum();
            Need(')');
            return inner;
        }

        string word = Word();
        if (double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
            return [MetricSeries.Constant(number)];
        if (Take('(') is null)
            return _series.TryGetValue(word, out MetricSeries? series) ? [series] : throw MetricErrors.Invalid($"The expression {_text} has the unknown ID {word}.");
        IReadOnlyList<MetricSeries> result = Call(word);
        Need(')');
        return result;
    }

    private IReadOnlyList<MetricSeries> Call(string name)
    {
        switch (name)
        {
            case "METRICS":
                string? part = Quoted();
                return [.. _series.Where(one => one.Value.IsMetric && (part is null || one.Key.Contains(part))).Select(one => one.Value)];
            case "SUM":
                return [MetricSeries.Fold(Sum(), values => values.Sum())];
            case "AVG":
                return [MetricSeries.Fold(Sum(), values => values.Average())];
            case "MIN":
                return [MetricSeries.Fold(Sum(), values => values.Min())];
            case "MAX":
                return [MetricSeries.Fold(Sum(), values => values.Max())];
            case "FILL":
                IReadOnlyList<MetricSeries> filled = Sum();
                Need(',');
                IReadOnlyList<MetricSeries> with = Sum();
                if (with.Count == 1 && with[0].Number is { } number)
                    return [.. filled.Select(series => series.Filled(number, _periods))];
                throw MetricErrors.NotSupported(CloudWatchMessages.NoFunction("FILL with anything but a number"));
            default:
                throw MetricErrors.NotSupported(CloudWatchMessages.NoFunction(name));
        }
    }

    private static IReadOnlyList<MetricSeries> Combine(IReadOnlyList<MetricSeries> left, IReadOnlyList<MetricSeries> right, Func<double, double, double> operate) =>
        [.. left.SelectMany(one => right, (one, other) => one.With(other, operate))];

    private string Word()
    {
        Skip();
        int start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '.'))
            _at++;
        return _at > start ? _text.Substring(start, _at - start) : throw Wrong();
    }

    private string? Quoted()
    {
        if (Take('"') is null)
            return null;
        int end = _text.IndexOf('"', _at);
        if (end < 0)
            throw Wrong();
        string text = _text.Substring(_at, end - _at);
        _at = end + 1;
        return text;
    }

    private bool Peek(char one)
    {
        Skip();
        return _at < _text.Length && _text[_at] == one;
    }

    private char? Take(char one)
    {
        if (!Peek(one))
            return null;
        _at++;
        return one;
    }

    private void Need(char one)
    {
        if (Take(one) is null)
            throw Wrong();
    }

    private void Skip()
    {
        while (_at < _text.Length && _text[_at] == ' ')
            _at++;
    }

    private Wire.AwsError Wrong() => MetricErrors.Invalid($"Error in expression '{_text}' at position {_at + 1}.");
}

/// <summary>The points of a metric or an expression, by the beginning of their period.</summary>
/// <param name="Points">The points.</param>
/// <param name="IsMetric">Whether METRICS names it.</param>
internal sealed record MetricSeries(IReadOnlyDictionary<DateTimeOffset, double> Points, bool IsMetric = false)
{
    private static readonly IReadOnlyDictionary<DateTimeOffset, double> None = new Dictionary<DateTimeOffset, double>();

    /// <summary>The number that it is in each period; null for a series.</summary>
    public double? Number { get; private init; }

    public static MetricSeries Constant(double number) => new(None) { Number = number };

    /// <summary>The value of several series in each period that has one; of a single series, a number.</summary>
    public static MetricSeries Fold(IReadOnlyList<MetricSeries> all, Func<IEnumerable<double>, double> fold)
    {
        if (all.Count == 1 && all[0].IsMetric)
            return all[0].Points.Count == 0 ? new(None) : Constant(fold(all[0].Points.Values));
        return new(all.SelectMany(series => series.Points).GroupBy(point => point.Key).ToDictionary(period => period.Key, period => fold(period.Select(point => point.Value))));
    }

    /// <summary>The series with a number in each period without a point. A series without any point stays so, because CloudWatch then knows no metric to fill.</summary>
    public MetricSeries Filled(double number, IReadOnlyList<DateTimeOffset> periods) =>
        Points.Count == 0 ? this with { IsMetric = false } : new(periods.Union(Points.Keys).ToDictionary(period => period, period => Points.TryGetValue(period, out double value) ? value : number));

    /// <summary>The series and another one, point by point. A period that one of them lacks is left out.</summary>
    public MetricSeries With(MetricSeries other, Func<double, double, double> operate) => (Number, other.Number) switch
    {
        ({ } left, { } right) => Constant(operate(left, right)),
        ({ } left, null) => new(other.Points.ToDictionary(point => point.Key, point => operate(left, point.Value))),
        (null, { } right) => new(Points.ToDictionary(point => point.Key, point => operate(point.Value, right))),
        _ => new(Points.Where(point => other.Points.ContainsKey(point.Key)).ToDictionary(point => point.Key, point => operate(point.Value, other.Points[point.Key]))),
    };
}
