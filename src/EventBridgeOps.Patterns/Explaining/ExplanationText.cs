using System.Globalization;
using System.Text;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Patterns.Explaining;

/// <summary>An explanation for people: a line for each field, more where it does not match.</summary>
internal sealed class ExplanationText
{
    private const int LongestValue = 200;
    private const int MostValues = 8;
    private const int LabelWidth = 15;

    private readonly StringBuilder _text = new();
    private readonly int _width;
    private readonly bool _color;

    public ExplanationText(int width, bool color)
    {
        _width = width;
        _color = color;
    }

    public string Write(Explanation explanation)
    {
        int branches = explanation.Branches.Count;
        string verdict = explanation.Matches
            ? branches == 1 ? ExplainingTexts.Matches() : ExplainingTexts.MatchesByOne(branches)
            : branches == 1 ? ExplainingTexts.DoesNotMatch() : ExplainingTexts.DoesNotMatchAny(branches);
        Line(Mark(explanation.Matches) + " " + verdict);
        foreach (FieldExplanation field in explanation.Best.Fields)
        {
            Field(field);
        }

        if (explanation.Best.Conflict != null)
        {
            Wrapped("  " + Mark(false) + " ", explanation.Best.Conflict);
        }

        return _text.ToString().TrimEnd('\n');
    }

    private void Field(FieldExplanation field)
    {
        Wrapped("  " + Mark(field.Matches) + " ", field.Path);
        string expected = ExplainingTexts.AnyOf(field.Alternatives.Select(a => Short(a.Expected)));
        if (field.Matches)
        {
            AlternativeExplanation? met = field.Alternatives.FirstOrDefault(a => a.Matches);
            expected = met == null ? expected : Short(met.Expected);
        }

        Wrapped(Label(ExplainingTexts.Expected()), expected);
        Wrapped(Label(ExplainingTexts.Found()), Found(field));
        foreach (string note in field.Alternatives.Select(a => a.NearMiss).Prepend(field.NearMiss).OfType<string>().Distinct())
        {
            Wrapped(Label(ExplainingTexts.Note()), Short(note));
        }
    }

    private static string Found(FieldExplanation field)
    {
        if (field.Found.Count == 0)
        {
            return ExplainingTexts.Missing();
        }

        string values = string.Join(", ", field.Found.Take(MostValues).Select(Short));
        return field.Found.Count <= MostValues
            ? values
            : ExplainingTexts.AndMore(values, field.Found.Count - MostValues);
    }

    private static string Short(string value) => value.Length <= LongestValue
        ? value
        : ExplainingTexts.Shortened(value.Substring(0, LongestValue), value.Length);

    private string Mark(bool matches) => matches ? Colored("✓", 32) : Colored("✗", 31);

    private string Label(string label) => "      " + Colored(label.PadRight(LabelWidth - 6), 2);

    private string Colored(string text, int code) => _color
        ? string.Format(CultureInfo.InvariantCulture, "\u001b[{0}m{1}\u001b[0m", code, text)
        : text;

    // Breaks at spaces, and within words that fill more than a line; the lines after the first stand under its text.
    private void Wrapped(string lead, string text)
    {
        text = InertText.OneLine(text);
        int indent = lead.Contains('\u001b') ? (lead.StartsWith("      ", StringComparison.Ordinal) ? LabelWidth : 4) : lead.Length;
        int room = _width - indent;
        while (text.Length > room)
        {
            int cut = text.LastIndexOf(' ', room);
            cut = cut <= 0 ? room : cut;
            Line(lead + text.Substring(0, cut));
            text = text.Substring(cut).TrimStart(' ');
            lead = new string(' ', indent);
        }

        Line(lead + text);
    }

    private void Line(string line) => _text.Append(line.TrimEnd()).Append('\n');
}
