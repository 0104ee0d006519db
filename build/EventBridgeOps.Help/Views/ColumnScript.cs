using EventBridgeOps.Events.Records;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Help.Views;

/// <summary>The scripts that write the values of columns. They also run on deserialized objects and in constrained language mode, so they call no methods of ours.</summary>
internal static class ColumnScript
{
    private const string InColor = "$Host.UI.SupportsVirtualTerminal -and $PSStyle -and $PSStyle.OutputRendering -ne 'PlainText'";
    private const string Window = "$Host.UI.RawUI.BufferSize.Width";

    /// <summary>The script of a column; null if the property itself is shown.</summary>
    /// <param name="column">The column.</param>
    /// <param name="flexible">How many columns share what a wide window has more than 80 columns.</param>
    /// <param name="record">The type of the records.</param>
    public static string? Of(RecordColumn column, int flexible, Type record)
    {
        (string? preparation, string? value) = Value(column);
        // What comes from outside must not steer the terminal.
        if (Array.Exists([.. column.Properties], name => record.GetProperty(name)?.PropertyType == typeof(string)))
            value = $"\"$({value ?? Quoted(column.Properties[0])})\" -replace '{InertText.Class}', ' '";
        if (column.Room > 0)
            return Lines(preparation, $$"""$room = {{column.Room}}; if ({{Window}} -gt 80) { $room += [int](({{Window}} - 80) / {{flexible}}) }""", CellCut.Of(value ?? Quoted(column.Properties[0]), "$room", column.Tail));
        return Color(column) is { } color
            ? Lines(preparation, $"$shown = {value ?? Quoted(column.Properties[0])}", $"$color = {color}", $$"""if ({{InColor}}) { "$($PSStyle.Foreground.$color)$shown$($PSStyle.Reset)" } else { $shown }""")
            : value is null ? null : Lines(preparation, value);
    }

    /// <summary>The own text of a record, as wide as the window.</summary>
    public static string Text(RecordShape shape) => $$"""
        $one = $_
        $width = if ({{Window}} -gt 40) { {{Window}} } else { 80 }
        if ({{IsLive(shape)}}) { $one.ToText($width) } else { $_.Text }
        """;

    /// <summary>The own text of a record in colour, below its title.</summary>
    public static string TitledText(RecordShape shape) => $$"""
        $one = $_
        $width = if ({{Window}} -gt 40) { {{Window}} } else { 80 }
        $text = if ({{IsLive(shape)}}) { $one.ToText($width, [bool]({{InColor}})) } else { $_.Text }
        "$($_.Title)`n$text`n"
        """;

    /// <summary>A line of a tree, and its advice on the next one.</summary>
    public static string Tree(RecordShape shape)
    {
        string[] names = [.. shape.Columns.Select(column => column.Properties[0])];
        (string state, string name, string result, string advice, string depth) = (names[0], names[1], names[2], names[3], names[4]);
        int width = shape.Columns[0].Width;
        return $$"""
            $color = {{Color(shape.Columns[0])}}
            $shown = if ({{InColor}}) { "$($PSStyle.Foreground.$color)$($_.{{state}})$($PSStyle.Reset)" } else { "$($_.{{state}})" }
            $line = $shown + (' ' * ({{width}} - "$($_.{{state}})".Length + 2 * $_.{{depth}})) + "$($_.{{name}}): $($_.{{result}})"
            if ($_.{{advice}}) { $line + "`n" + (' ' * ({{width}} + 2 * $_.{{depth}})) + "-> $($_.{{advice}})" } else { $line }
            """;
    }

    /// <summary>Statements that come first, and the expression of the value; null where the property needs none.</summary>
    private static (string? Preparation, string? Value) Value(RecordColumn column)
    {
        string[] names = [.. column.Properties];
        return column.Form switch
        {
            ColumnForm.First when column.Empty is { } otherwise => ($$"""$first = {{First(names[0], names[1])}}""", $$"""$(if ($first) { $first } else { '{{otherwise}}' })"""),
            ColumnForm.First => (null, $"$({First(names[0], names[1])})"),
            ColumnForm.Path => (null, $$"""$(if ($_.{{names[0]}}) { "$($_.{{names[0]}})/$($_.{{names[1]}})" } else { $_.{{names[1]}} })"""),
            ColumnForm.List => (null, $"$_.{names[0]} -join ', '"),
            ColumnForm.Count => (null, $$"""if ($_.{{names[0]}}) { @($_.{{names[0]}}).Count }"""),
            ColumnForm.Percent => (null, $$"""if ($null -ne $_.{{names[0]}}) { '{0:0.##}' -f $_.{{names[0]}} }"""),
            ColumnForm.Hundredths => (null, $$"""'{0:0.00}' -f $_.{{names[0]}}"""),
            ColumnForm.Moment => ($$"""$when = if ($_.{{names[0]}}.UtcDateTime) { $_.{{names[0]}}.UtcDateTime } else { $_.{{names[0]}} }""", "if ($when) { '{0:MM-dd HH:mm}' -f $when }"),
            ColumnForm.ArnTail => (null, $$"""{{Quoted(names[0])}} -replace '^arn:[^:]*:([^:]*):[^:]*:[^:]*:', '$1:'"""),
            ColumnForm.Reference => (null, $$"""{{Quoted(names[0])}} -replace '^arn:.*/'"""),
            ColumnForm.ReferenceStep => ($$"""
                $from = "$($_.{{names[0]}})" -replace '^arn:.*/'
                $to = "$($_.{{names[1]}})" -replace '^arn:.*/'
                $step = if (-not $to -or $from -eq $to) { if ($from) { $from } else { '-' } }
                elseif (-not $from) { $to }
                elseif (($from -replace ':\d+$') -cne ($to -replace ':\d+$')) { "$from -> $to" }
                else { "$from -> $(if ($to -match ':\d+$') { $Matches[0] } else { 'floating' })" }
                """, "$step"),
            ColumnForm.Revision => (null, $"\"$($_.{names[0]}):$($_.{names[1]})\""),
            ColumnForm.RevisionStep => (null, $$"""if ($_.{{names[1]}} -eq $_.{{names[0]}}) { "$($_.{{names[1]}})" } else { "$($_.{{names[0]}}) -> $($_.{{names[1]}})" }"""),
            ColumnForm.Image => ($$"""
                $image = "$($_.{{names[0]}})" -replace '^.*/' -replace '(@\w+:.{12}).*$', '$1'
                if ($image -and $image -notmatch '[:@]') { $image = "${image}:latest" }
                """, "$image"),
            ColumnForm.ImageStep => ($$"""
                $from, $to = $_.{{names[0]}}, $_.{{names[1]}} | ForEach-Object {
                  $image = "$_" -replace '^.*/' -replace '(@\w+:.{12}).*$', '$1'
                  if ($image -and $image -notmatch '[:@]') { "${image}:latest" } else { $image }
                }
                $step = if (-not $to -or $_.{{names[0]}} -eq $_.{{names[1]}}) { $from }
                elseif (-not $from) { $to }
                elseif (($_.{{names[0]}} -replace '[:@][^/]*$') -cne ($_.{{names[1]}} -replace '[:@][^/]*$')) { "$from -> $to" }
                else { "$from -> $($to -replace '^[^:@]*')" }
                """, "$step"),
            ColumnForm.Digest => (null, $$"""{{Quoted(names[0])}} -replace '^\w+:(.{12}).*$', '$1'"""),
            ColumnForm.RuleState => (null, $"{Quoted(names[0])} -replace '_WITH.*', '+'"),
            ColumnForm.Match => (null, $$"""if ($null -eq $_.{{names[0]}}) { 'unknown' } elseif ($_.{{names[0]}}) { 'match' } else { 'no match' }"""),
            ColumnForm.InputOrReason => (
                $$"""$words = if ("$($_.{{names[0]}})" -eq 'Delivered') { $_.{{names[1]}}, $_.{{names[2]}} } else { $_.{{names[2]}}, $_.{{names[1]}} }""",
                "\"$($words | Where-Object { $_ } | Select-Object -First 1)\" -replace '\\s+', ' '"),
            _ when column.Empty is { } empty => (null, $$"""$(if ($_.{{names[0]}}) { $_.{{names[0]}} } else { '{{empty}}' })"""),
            _ when names.Length > 1 => (null, $"\"{string.Join("  ", names.Select(name => $"$($_.{name})"))}\""),
            _ => (null, null),
        };
    }

    /// <summary>The expression of the colour; null for none. What is not known is taken for healthy.</summary>
    private static string? Color(RecordColumn column) => column switch
    {
        { Good: { } good } => $$"""if ($_.{{good}}) { 'Green' } else { 'Red' }""",
        { Form: ColumnForm.Match } => $$"""if ($null -eq $_.{{column.Properties[0]}}) { 'Yellow' } elseif ($_.{{column.Properties[0]}}) { 'Green' } else { 'BrightBlack' }""",
        { Form: ColumnForm.RuleState } => $$"""if ("$($_.{{column.Properties[0]}})" -eq 'DISABLED') { 'BrightBlack' } else { 'Green' }""",
        { Form: ColumnForm.Plain, States: var states } when states.Any(state => state.Tone != Tone.Plain) =>
            $$"""switch ({{Quoted(column.Properties[0])}}) { {{string.Join(' ', states.Where(state => state.Tone != Tone.Good).Select(state => $$"""'{{state.Name}}' { '{{Color(state.Tone)}}' }"""))}} default { 'Green' } }""",
        _ => null,
    };

    // The names of $PSStyle.Foreground.
    private static string Color(Tone tone) => tone switch
    {
        Tone.Good => "Green",
        Tone.Warning => "Yellow",
        Tone.Bad => "Red",
        Tone.Planned => "Cyan",
        _ => "BrightBlack",
    };

    private static string First(string one, string other) => $$"""if ($_.{{one}}) { $_.{{one}} } else { $_.{{other}} }""";

    private static string Quoted(string name) => $"\"$($_.{name})\"";

    private static string IsLive(RecordShape shape) => $"$one.PSTypeNames[0] -eq '{shape.Type.FullName}' -and $ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage'";

    private static string Lines(params string?[] statements) => string.Join('\n', statements.Where(statement => statement is not null));
}
