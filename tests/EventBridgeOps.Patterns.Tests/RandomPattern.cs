using System.Text.Encodings.Web;
using System.Text.Json;

namespace EventBridgeOps.Patterns.Tests;

/// <summary>Patterns and events of all kinds out of few words, so that they meet; the same for the same seed.</summary>
internal sealed class RandomPattern(int seed)
{
    private static readonly string[] Keys = ["a", "b", "c", "d", "a.b", "é", "longer-than-eight"];

    private static readonly string[] Texts =
        ["", "a", "A", "ab", "AB", "abc", "aB", "b", "ba", "ß", "SS", "ss", "É", "é", "K", "k", "\u212A", "10.0.0.1", "10.0.0.5", "010.0.0.01", "::1", "0:0:0:0:0:0:0:1", "::ffff:a00:1", "*", "a*b", "\\", "300", "true", "null", "ǆ", "ǅ", "😀", "a😀", "ı", "I", "i", "İ", "x\"y", "aaab", "abab"];

    private static readonly string[] Numbers =
        ["0", "-0", "0.0", "1", "1.0", "10e-1", "300", "3.0e2", "-1", "-1.5", "2.5", "1e3", "9007199254740993", "9007199254740992", "123456789012345678", "0.1", "0.10", "1e-3", "5e-324", "4.9e-324", "-122.41600944012424", "0.30000000000000004", "1E2", "3", "5"];

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

#pragma warning disable RS0030 // Seeded.
    private readonly Random _random = new(seed);
#pragma warning restore RS0030

    public int Below(int limit) => _random.Next(limit);

    public string Pattern() => PatternObject(0, insideOr: false);

    public string Event() => EventObject(0);

    private T Any<T>(params ReadOnlySpan<T> of) => of[_random.Next(of.Length)];

    private string Quote(string text) => _random.Next(3) == 0 ? JsonSerializer.Serialize(text) : JsonSerializer.Serialize(text, Relaxed);

    private string Text() => Quote(Any<string>(Texts));

    private string Literal() => _random.Next(10) switch
    {
        < 6 => Text(),
        < 9 => Any<string>(Numbers),
        _ => Any("true", "false", "null"),
    };

    private string List(Func<string> item) => _random.Next(2) == 0 ? item() : $"[{item()},{item()}]";

    private string Comparable() => Any<string>(Numbers.Where(n => n is not ("9007199254740993" or "123456789012345678" or "5e-324")).ToArray());

    private string Wildcard()
    {
        string wildcard = string.Concat(Enumerable.Range(0, _random.Next(6)).Select(_ => Any("a", "b", "*", "é", "\\\\", "\\*", "c", "*")));
        while (wildcard.Contains("**", StringComparison.Ordinal))
            wildcard = wildcard.Replace("**", "*", StringComparison.Ordinal);
        return Quote(wildcard);
    }

    private string Alternative()
    {
        switch (_random.Next(20))
        {
            case 0:
                return $"{{\"prefix\":{Text()}}}";
            case 1:
                return $"{{\"suffix\":{Text()}}}";
            case 2:
                return $"{{\"prefix\":{{\"equals-ignore-case\":{Text()}}}}}";
            case 3:
                return $"{{\"suffix\":{{\"equals-ignore-case\":{Text()}}}}}";
            case 4:
                return $"{{\"equals-ignore-case\":{Text()}}}";
            case 5 or 6:
                return $"{{\"wildcard\":{Wildcard()}}}";
            case 7:
                return $"{{\"anything-but\":{(_random.Next(2) == 0 ? List(Text) : List(Comparable))}}}";
            case 8:
                string op = Any("prefix", "suffix", "equals-ignore-case", "wildcard");
                return $"{{\"anything-but\":{{\"{op}\":{List(() => op == "wildcard" ? Wildcard() : Quote(Any<string>(Texts.Skip(1).ToArray())))}}}}}";
            case 9 or 10:
                return $"{{\"numeric\":[\"{Any("=", "<", "<=", ">", ">=")}\",{Comparable()}]}}";
            case 11:
                return $"{{\"numeric\":[\"{Any(">", ">=")}\",{Any("-1", "0", "0.1")},\"{Any("<", "<=")}\",{Any("1", "300", "3.5e2")}]}}";
            case 12:
                return $"{{\"cidr\":\"{Any("10.0.0.0/24", "10.0.0.4/30", "::/120", "0.0.0.0/0", "::1/127", "10.0.0.1/31", "::/0")}\"}}";
            case 13:
                return "{\"exists\":true}";
            case 14:
                return "{\"exists\":false}";
            case 15:
                return $"{{\"exactly\":{Text()}}}";
            default:
                return Literal();
        }
    }

    private string PatternObject(int depth, bool insideOr)
    {
        List<string> members = [];
        for (int count = Any(1, 1, 2, 2, 3); count > 0; count--)
        {
            int kind = _random.Next(10);
            if (kind == 0 && depth < 3)
                members.Add($"\"$or\":[{string.Join(',', Enumerable.Range(0, Any(2, 2, 3)).Select(_ => PatternObject(depth + 1, insideOr: true)))}]");
            else if (kind < 4 && depth < 3)
                members.Add($"{Quote(Any<string>(Keys))}:{PatternObject(depth + 1, insideOr)}");
            else
                members.Add($"{Quote(Any<string>(Keys))}:[{string.Join(',', Enumerable.Range(0, Any(1, 1, 1, 2, 3)).Select(_ => Alternative()))}]");
        }

        return "{" + string.Join(',', members) + "}";
    }

    private string Space() => _random.Next(6) switch { 0 => " ", 1 => "\n\t", _ => "" };

    private string EventValue(int depth) => _random.Next(depth < 4 ? 8 : 4) switch
    {
        < 4 => Literal(),
        < 6 => EventObject(depth + 1),
        _ => "[" + string.Join(",", Enumerable.Range(0, Any(0, 1, 2, 2, 3)).Select(_ => Space() + EventValue(depth + 1) + Space())) + "]",
    };

    private string EventObject(int depth) =>
        "{" + Space() + string.Join(",", Enumerable.Range(0, Any(0, 1, 2, 3, 4)).Select(_ => $"{Space()}{Quote(Any<string>(Keys))}{Space()}:{Space()}{EventValue(depth)}{Space()}")) + "}";
}
