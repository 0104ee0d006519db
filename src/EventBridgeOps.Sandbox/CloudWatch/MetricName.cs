using System.Globalization;
using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudWatch;

/// <summary>A metric: its namespace, its name and its dimensions, whose order does not matter.</summary>
internal sealed record MetricName(string Namespace, string Name, IReadOnlyList<KeyValuePair<string, string>> Dimensions)
{
    private const int MostDimensions = 30;

    private const string Separator = "\u001f";

    /// <summary>What it is kept under: the same text for the same metric.</summary>
    public string Key
    {
        get
        {
            List<string> parts = [Namespace, Name, .. Dimensions.SelectMany(dimension => new[] { dimension.Key, dimension.Value })];
            return parts.Exists(part => part.Contains(Separator)) ? ToDocument().ToString() : string.Join(Separator, parts);
        }
    }

    public static MetricName Of(string space, string name, params (string Name, string Value)[] dimensions) =>
        new(space, name, [.. dimensions.Select(dimension => new KeyValuePair<string, string>(dimension.Name, dimension.Value)).OrderBy(dimension => dimension.Key, StringComparer.Ordinal)]);

    /// <summary>Reads the metric that a request names.</summary>
    /// <param name="constraints">Collects what is wrong.</param>
    /// <param name="at">Where it stands, for the message.</param>
    /// <param name="document">The document with its name and dimensions.</param>
    /// <param name="space">Its namespace.</param>
    public static MetricName Read(Constraints constraints, string at, RawDocument document, string? space)
    {
        constraints.Text(at + "metricName", document["MetricName"], true, 1, 255);
        IReadOnlyList<JsonElement> items = constraints.List(at + "dimensions", document["Dimensions"], 0, MostDimensions, required: false);
        List<(string Name, string Value)> dimensions = [];
        for (int i = 0; i < items.Count; i++)
        {
            string item = string.Format(CultureInfo.InvariantCulture, "{0}dimensions.{1}.member", at, i + 1);
            RawDocument dimension = constraints.Object(item, items[i], required: true);
            constraints.Text(item + ".name", dimension["Name"], true, 1, 255);
            constraints.Text(item + ".value", dimension["Value"], true, 1, 1024);
            dimensions.Add((dimension.Text("Name") ?? "", dimension.Text("Value") ?? ""));
        }

        return Of(space ?? "", document.Text("MetricName") ?? "", [.. dimensions]);
    }

    public static MetricName From(RawDocument kept) => Of(
        kept.Text("Namespace")!,
        kept.Text("MetricName")!,
        [.. kept.List("Dimensions").Select(RawDocument.From).Select(dimension => (dimension.Text("Name")!, dimension.Text("Value")!))]);

    public RawDocument ToDocument() => RawDocument.Empty
        .With("Namespace", Namespace)
        .With("MetricName", Name)
        .With("Dimensions", Dimensions.Select(dimension => RawDocument.Empty.With("Name", dimension.Key).With("Value", dimension.Value)));
}
