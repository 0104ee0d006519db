using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace EventBridgeOps.Patterns.Tests;

/// <summary>
/// What a pattern means, written to be obviously right and with no thought of speed: the event is flattened, every choice of
/// values is tried. Shares no code with the product. Knows the case forms of the letters that <see cref="RandomPattern"/> uses.
/// </summary>
internal static class NaiveMatcher
{
    private sealed record Leaf(string Path, JsonElement Value, (int Array, int Index)[] Memberships);

    /// <summary>Whether a pattern matches an event.</summary>
    /// <exception cref="TimeoutException">There are more choices than that many.</exception>
    public static bool Matches(string pattern, string text, int choices = int.MaxValue)
    {
        List<Leaf> leaves = [];
        int arrays = 0;
        using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 });
        Flatten(document.RootElement, [], [], leaves, ref arrays);
        using JsonDocument parsed = JsonDocument.Parse(pattern);
        List<Dictionary<string, JsonElement>> rules = [];
        Expand(parsed.RootElement, "", rules);
        return rules.Exists(rule => Try([.. rule.OrderBy(f => f.Key, StringComparer.Ordinal)], 0, leaves, [], ref choices));
    }

    private static void Flatten(JsonElement value, string[] path, (int, int)[] memberships, List<Leaf> leaves, ref int arrays)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in value.EnumerateObject())
                    Flatten(property.Value, [.. path, property.Name], memberships, leaves, ref arrays);
                break;
            case JsonValueKind.Array:
                int array = arrays++;
                int index = 0;
                foreach (JsonElement item in value.EnumerateArray())
                {
                    bool isMember = item.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
                    Flatten(item, path, isMember ? [.. memberships, (array, index)] : memberships, leaves, ref arrays);
                    index++;
                }

                break;
            default:
                leaves.Add(new Leaf(string.Join('.', path), value, memberships));
                break;
        }
    }

    private static void Expand(JsonElement node, string path, List<Dictionary<string, JsonElement>> rules)
    {
        foreach (JsonProperty property in node.EnumerateObject())
        {
            string name = path.Length == 0 ? property.Name : path + "." + property.Name;
            if (property.Name == "$or")
            {
                List<Dictionary<string, JsonElement>> before = [.. rules];
                rules.Clear();
                foreach (JsonElement branch in property.Value.EnumerateArray())
                {
                    List<Dictionary<string, JsonElement>> copies = [.. before.Select(rule => new Dictionary<string, JsonElement>(rule))];
                    Expand(branch, path, copies);
                    rules.AddRange(copies);
                }
            }
            else if (property.Value.ValueKind == JsonValueKind.Object)
            {
                Expand(property.Value, name, rules);
            }
            else
            {
                if (rules.Count == 0)
                    rules.Add([]);
                rules.ForEach(rule => rule[name] = property.Value);
            }
        }
    }

    private static bool Try(KeyValuePair<string, JsonElement>[] fields, int at, List<Leaf> leaves, Dictionary<int, int> bound, ref int choices)
    {
        if (at == fields.Length)
            return true;
        if (choices-- <= 0)
            throw new TimeoutException();
        List<Leaf> consistent = [.. leaves.Where(leaf => leaf.Path == fields[at].Key && leaf.Memberships.All(m => !bound.TryGetValue(m.Array, out int index) || index == m.Index))];
        foreach (JsonElement alternative in fields[at].Value.EnumerateArray())
        {
            if (IsAbsent(alternative))
            {
                if (consistent.Count == 0 && Try(fields, at + 1, leaves, bound, ref choices))
                    return true;
                continue;
            }

            foreach (Leaf leaf in consistent)
            {
                if (!Passes(alternative, leaf.Value))
                    continue;
                Dictionary<int, int> more = new(bound);
                foreach ((int array, int index) in leaf.Memberships)
                    more[array] = index;
                if (Try(fields, at + 1, leaves, more, ref choices))
                    return true;
            }
        }

        return false;
    }

    private static bool IsAbsent(JsonElement alternative) =>
        alternative.ValueKind == JsonValueKind.Object && alternative.TryGetProperty("exists", out JsonElement exists) && !exists.GetBoolean();

    private static bool Passes(JsonElement alternative, JsonElement value)
    {
        if (alternative.ValueKind != JsonValueKind.Object)
            return Equal(alternative, value, addresses: true);
        JsonProperty op = alternative.EnumerateObject().Single();
        string? text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        switch (op.Name)
        {
            case "exists":
                return true;
            case "exactly":
                return text == op.Value.GetString();
            case "anything-but":
                return !Excluded(op.Value, value);
            case "numeric":
                return value.ValueKind == JsonValueKind.Number && InRange(op.Value, value.GetRawText());
            case "cidr":
                return text != null && InBlock(op.Value.GetString()!, text);
        }

        return text != null && op.Name switch
        {
            "prefix" when op.Value.ValueKind == JsonValueKind.Object => Ends(op.Value.GetProperty("equals-ignore-case").GetString()!, text, [0]).Count > 0,
            "suffix" when op.Value.ValueKind == JsonValueKind.Object => Ends(op.Value.GetProperty("equals-ignore-case").GetString()!, text, Enumerable.Range(0, text.Length + 1)).Contains(text.Length),
            "prefix" => text.StartsWith(op.Value.GetString()!, StringComparison.Ordinal),
            "suffix" => text.EndsWith(op.Value.GetString()!, StringComparison.Ordinal),
            "equals-ignore-case" => Ends(op.Value.GetString()!, text, [0]).Contains(text.Length),
            "wildcard" => Wildcard(op.Value.GetString()!, text),
            _ => throw new NotSupportedException(op.Name),
        };
    }

    private static bool Excluded(JsonElement excluded, JsonElement value)
    {
        switch (excluded.ValueKind)
        {
            case JsonValueKind.Array:
                return excluded.EnumerateArray().Any(one => Equal(one, value, addresses: false, literally: false));
            case JsonValueKind.Object:
                JsonProperty op = excluded.EnumerateObject().Single();
                IEnumerable<JsonElement> list = op.Value.ValueKind == JsonValueKind.Array ? op.Value.EnumerateArray() : [op.Value];
                return list.Any(one => Passes(JsonDocument.Parse($"{{\"{op.Name}\":{one.GetRawText()}}}").RootElement, value));
            default:
                return Equal(excluded, value, addresses: false, literally: false);
        }
    }

    private static bool Equal(JsonElement expected, JsonElement value, bool addresses, bool literally = true)
    {
        if (expected.ValueKind != value.ValueKind)
            return false;
        if (expected.ValueKind == JsonValueKind.Number)
        {
            return (literally && expected.GetRawText() == value.GetRawText())
                || (Number(expected.GetRawText()) is { } a && Number(value.GetRawText()) is { } b && a == b);
        }

        if (expected.ValueKind != JsonValueKind.String)
            return true;
        return expected.GetString() == value.GetString()
            || (addresses && Address(expected.GetString()!) is { } one && Address(value.GetString()!) is { } other && one == other);
    }

    private static bool InRange(JsonElement range, string text)
    {
        JsonElement[] parts = [.. range.EnumerateArray()];
        if (Number(text) is not { } number)
            return false;
        for (int i = 0; i < parts.Length; i += 2)
        {
            int order = Compare(number, Number(parts[i + 1].GetRawText())!.Value);
            bool holds = parts[i].GetString() switch { "=" => order == 0, "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
            if (!holds)
                return false;
        }

        return true;
    }

    // A value times ten to a power, or nothing where it is not the shortest decimal of a double.
    private static (BigInteger Mantissa, int Exponent)? Number(string text)
    {
        (BigInteger, int) exact = Decimal(text);
        double value = double.Parse(text, CultureInfo.InvariantCulture);
        if (double.IsInfinity(value))
            return null;
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        if (shortest.Count(char.IsDigit) is int digits && digits - (shortest.Contains('E', StringComparison.Ordinal) ? shortest.Split('E')[1].Count(char.IsDigit) : 0) == 1
            && double.Parse(value.ToString("E1", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Equals(value))
            shortest = value.ToString("E1", CultureInfo.InvariantCulture);
        return Decimal(shortest) == exact ? exact : null;
    }

    private static (BigInteger Mantissa, int Exponent) Decimal(string text)
    {
        string[] parts = text.Split('e', 'E');
        int exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        int dot = parts[0].IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0)
            exponent -= parts[0].Length - dot - 1;
        BigInteger mantissa = BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        while (!mantissa.IsZero && mantissa % 10 == 0)
        {
            mantissa /= 10;
            exponent++;
        }

        return mantissa.IsZero ? (0, 0) : (mantissa, exponent);
    }

    private static int Compare((BigInteger Mantissa, int Exponent) a, (BigInteger Mantissa, int Exponent) b)
    {
        int least = Math.Min(a.Exponent, b.Exponent);
        return (a.Mantissa * BigInteger.Pow(10, a.Exponent - least)).CompareTo(b.Mantissa * BigInteger.Pow(10, b.Exponent - least));
    }

    private static bool InBlock(string cidr, string text)
    {
        string[] parts = cidr.Split('/');
        if (Address(parts[0]) is not { } network || Address(text) is not { } address || network.Bits != address.Bits)
            return false;
        int free = network.Bits - int.Parse(parts[1], CultureInfo.InvariantCulture);
        return network.Value >> free == address.Value >> free;
    }

    private static (BigInteger Value, int Bits)? Address(string text)
    {
        string[] parts = text.Split('.');
        if (parts.Length == 4 && text.Length <= 15 && parts.All(p => p.Length > 0 && p.All(char.IsAsciiDigit) && int.Parse(p, CultureInfo.InvariantCulture) < 256))
            return (parts.Aggregate(BigInteger.Zero, (all, part) => (all * 256) + int.Parse(part, CultureInfo.InvariantCulture)), 32);
        if (text.Contains('.', StringComparison.Ordinal) || !text.Contains(':', StringComparison.Ordinal) || !System.Net.IPAddress.TryParse(text, out System.Net.IPAddress? address))
            return null;
        return address.IsIPv4MappedToIPv6
            ? (new BigInteger(address.MapToIPv4().GetAddressBytes(), isUnsigned: true, isBigEndian: true), 32)
            : (new BigInteger(address.GetAddressBytes(), isUnsigned: true, isBigEndian: true), 128);
    }

    // Where a text can end that began at one of some places and is the pattern but for case.
    private static HashSet<int> Ends(string pattern, string text, IEnumerable<int> starts)
    {
        HashSet<int> ends = [.. starts];
        foreach (char c in pattern)
        {
            (string lower, string upper) = c switch
            {
                'ß' => ("ß", "SS"),
                'İ' => ("i\u0307", "İ"),
                'ı' => ("ı", "I"),
                'ǅ' => ("ǆ", "Ǆ"),
                '\u212A' => ("k", "\u212A"),
                _ => (char.ToLowerInvariant(c).ToString(), char.ToUpperInvariant(c).ToString()),
            };
            ends = [.. ends.SelectMany(at => new[] { lower, upper }.Where(form => string.CompareOrdinal(text, at, form, 0, form.Length) == 0).Select(form => at + form.Length))];
        }

        return ends;
    }

    private static bool Wildcard(string pattern, string text)
    {
        // alive[i]: the text so far can end before pattern[i].
        List<(bool Star, char C)> tokens = [];
        for (int i = 0; i < pattern.Length; i++)
            tokens.Add(pattern[i] == '*' ? (true, '*') : (false, pattern[i] == '\\' ? pattern[++i] : pattern[i]));
        HashSet<int> alive = Closed([0], tokens);
        foreach (char c in text)
            alive = Closed(alive.Where(i => i < tokens.Count && (tokens[i].Star || tokens[i].C == c)).Select(i => tokens[i].Star ? i : i + 1), tokens);
        return alive.Contains(tokens.Count);
    }

    private static HashSet<int> Closed(IEnumerable<int> places, List<(bool Star, char C)> tokens)
    {
        HashSet<int> closed = [];
        foreach (int place in places)
        {
            for (int i = place; closed.Add(i) && i < tokens.Count && tokens[i].Star; i++)
            {
            }
        }

        return closed;
    }
}
