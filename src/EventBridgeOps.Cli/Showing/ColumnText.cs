using System.Collections;
using System.Globalization;
using EventBridgeOps.Events.Records;
using EventBridgeOps.Events.Rules;
using EventBridgeOps.Images;
using EventBridgeOps.JobDefinitions;
using EventBridgeOps.Routes;

namespace EventBridgeOps.Cli.Showing;

/// <summary>The text of a cell.</summary>
internal readonly record struct Cell(string? Text, Tone Tone = Tone.Plain)
{
    public static implicit operator Cell(string? text) => new(text);
}

/// <summary>Writes the values of columns as text. PowerShell's views have the same forms.</summary>
internal static class ColumnText
{
    private const string None = "-";

    /// <summary>The heading of a column.</summary>
    public static string Heading(RecordColumn column) => string.Concat(column.Heading.Select(letter => char.IsAscii(letter) ? char.ToUpperInvariant(letter) : letter));

    /// <summary>A cell of a record.</summary>
    public static Cell Of(RecordColumn column, object record)
    {
        object?[] values = column.Values(record);
        string? text = Text(column.Form, values);
        return new Cell(string.IsNullOrEmpty(text) ? column.Empty ?? (Array.TrueForAll(values, value => value is null) ? None : "") : text, ToneOf(column, record, values));
    }

    private static string? Text(ColumnForm form, object?[] values) => form switch
    {
        ColumnForm.First => Words(values).FirstOrDefault(),
        ColumnForm.Path => string.Join('/', Words(values)),
        ColumnForm.List => string.Join(", ", ((IEnumerable)values[0]!).Cast<object>()),
        ColumnForm.Count => ((IEnumerable)values[0]!).Cast<object>().Count().ToString(CultureInfo.InvariantCulture),
        ColumnForm.Number => values[0] is { } number ? Math.Truncate(Convert.ToDecimal(number, CultureInfo.InvariantCulture)).ToString("N0", CultureInfo.InvariantCulture) : null,
        ColumnForm.Percent => Number(values[0], "0.##"),
        ColumnForm.Hundredths => Number(values[0], "0.00"),
        ColumnForm.Moment => (values[0] as DateTimeOffset?)?.UtcDateTime.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture),
        ColumnForm.ArnTail => values[0] is string arn && arn.Split(':', 6) is ["arn", _, { } service, _, _, { } rest] ? $"{service}:{rest}" : values[0] as string,
        ColumnForm.Reference => values[0] is string reference ? JobDefinitionText.Short(reference) : null,
        ColumnForm.ReferenceStep => JobDefinitionText.Step(values[0] as string, values[1] as string),
        ColumnForm.Revision => $"{values[0]}:{values[1]}",
        ColumnForm.RevisionStep => values is [{ } from, var to] ? from.Equals(to) ? $"{to}" : $"{from} -> {to}" : null,
        ColumnForm.Image => ImageText.Short(values[0] as string),
        ColumnForm.ImageStep => ImageText.Step(values[0] as string, values[1] as string),
        ColumnForm.Digest => ImageText.ShortDigest(values[0] as string),
        ColumnForm.RuleState => values[1] is null ? values[0] as string : "MANAGED",
        ColumnForm.Match => values[0] switch { true => "match", null => "unknown", _ => "no match" },
        ColumnForm.InputOrReason => Words($"{values[0]}" == nameof(DeliveryState.Delivered) ? [values[1], values[2]] : [values[2], values[1]]).FirstOrDefault(),
        _ => string.Join("  ", Words(values)),
    };

    private static Tone ToneOf(RecordColumn column, object record, object?[] values) => column switch
    {
        { Tone: { } tone } => tone(record),
        { States.Count: > 0, Form: ColumnForm.Plain } => column.States.FirstOrDefault(state => state.Name == $"{values[0]}")?.Tone ?? Tone.Plain,
        { Form: ColumnForm.RuleState } => values[1] is not null || values[0] is RuleStates.Disabled ? Tone.Faint : Tone.Plain,
        { Form: ColumnForm.Match } => values[0] switch { true => Tone.Good, null => Tone.Warning, _ => Tone.Faint },
        _ => Tone.Plain,
    };

    private static IEnumerable<string> Words(object?[] values) => values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "").Where(word => word.Length > 0);

    private static string? Number(object? value, string format) => (value as double?)?.ToString(format, CultureInfo.InvariantCulture);
}
