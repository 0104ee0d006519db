using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.EventBridge;

/// <summary>What a service model says of a member: its kind, and the members of a structure.</summary>
internal sealed class MemberShape
{
    private readonly Action<Constraints, string, JsonElement, bool> check;

    private MemberShape(Action<Constraints, string, JsonElement, bool> check) => this.check = check;

    public static MemberShape Text { get; } = new((constraints, at, value, _) => constraints.Text(at, value));

    public static MemberShape Number { get; } = new((constraints, at, value, _) => constraints.Number(at, value, long.MinValue, long.MaxValue));

    public static MemberShape Flag { get; } = new((constraints, at, value, _) => constraints.Flag(at, value));

    public static MemberShape Texts { get; } = List(Text);

    public static MemberShape List(MemberShape item) => new((constraints, at, value, isOpen) =>
    {
        IReadOnlyList<JsonElement> items = constraints.List(at, value, 0, int.MaxValue);
        for (int i = 0; i < items.Count; i++)
            item.Check(constraints, string.Format(CultureInfo.InvariantCulture, "{0}.{1}.member", at, i + 1), items[i], isOpen);
    });

    public static MemberShape Map(MemberShape item) => new((constraints, at, value, isOpen) =>
    {
        foreach (KeyValuePair<string, JsonElement> member in constraints.Object(at, value).Members)
            item.Check(constraints, $"{at}.{member.Key}", member.Value, isOpen);
    });

    /// <summary>A structure; the name of a member that is required ends in '!'.</summary>
    public static MemberShape Structure(params (string Name, MemberShape Shape)[] members)
    {
        Dictionary<string, MemberShape> shapes = members.ToDictionary(member => member.Name.TrimEnd('!'), member => member.Shape, StringComparer.Ordinal);
        string[] required = [.. members.Where(member => member.Name.EndsWith("!", StringComparison.Ordinal)).Select(member => member.Name.TrimEnd('!'))];
        return new((constraints, at, value, isOpen) =>
        {
            RawDocument document = constraints.Object(at, value);
            foreach (KeyValuePair<string, JsonElement> member in document.Members)
            {
                if (shapes.TryGetValue(member.Key, out MemberShape? shape))
                    shape.Check(constraints, Below(at, member.Key), member.Value, isOpen);
                else if (!isOpen)
                    throw AwsError.Validation(EventBridgeMessages.UnknownMember(member.Key, at).ToString());
            }

            foreach (string name in required)
                constraints.Present(Below(at, name), document[name]);
        });
    }

    /// <summary>Checks a value.</summary>
    /// <param name="constraints">Collects what is missing.</param>
    /// <param name="at">Where the value is.</param>
    /// <param name="value">The value; null is as good as nothing.</param>
    /// <param name="isOpen">Whether members that the model does not have are kept.</param>
    public void Check(Constraints constraints, string at, JsonElement value, bool isOpen)
    {
        if (value.ValueKind != JsonValueKind.Null)
            check(constraints, at, value, isOpen);
    }

    private static string Below(string at, string name) => $"{at}.{char.ToLowerInvariant(name[0])}{name.Substring(1)}";
}
