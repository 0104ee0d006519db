using System.Globalization;
using System.Text;
using System.Xml;
using EventBridgeOps.Patterns.Values;

namespace EventBridgeOps.Reports;

/// <summary>A report as JUnit's XML: a suite for each kind of thing, a case for each thing.</summary>
/// <remarks>
/// Only what all readers know (Jenkins, Azure Pipelines' PublishTestResults, actions that read JUnit for GitHub):
/// https://learn.microsoft.com/azure/devops/pipelines/tasks/reference/publish-test-results-v2.
/// </remarks>
internal static class JUnitReport
{
    private const string NoTime = "0"; // How long a single thing took is not known, and some readers want a number.

    public static string Write(Report report, DateTimeOffset now)
    {
        StringBuilder text = new();
        using (TextWriter utf8 = new Utf8StringWriter(text))
        using (XmlWriter xml = XmlWriter.Create(utf8, new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", "EventBridgeOps");
            WriteCounts(xml, report.Items);
            foreach (IGrouping<string, ReportItem> suite in report.Items.GroupBy(item => item.Suite))
                WriteSuite(xml, suite.Key, [.. suite], now);
            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void WriteSuite(XmlWriter xml, string name, IReadOnlyList<ReportItem> items, DateTimeOffset now)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", name);
        WriteCounts(xml, items);
        xml.WriteAttributeString("timestamp", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        foreach (ReportItem item in items)
            WriteCase(xml, item);
        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, IReadOnlyList<ReportItem> items)
    {
        xml.WriteAttributeString("tests", Number(items.Count));
        xml.WriteAttributeString("failures", Number(items.Count(item => item.Outcome == ReportOutcome.Failed)));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", Number(items.Count(item => item.Outcome == ReportOutcome.Skipped)));
        xml.WriteAttributeString("time", NoTime);
    }

    private static void WriteCase(XmlWriter xml, ReportItem item)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Clean(item.Group is null ? item.Suite : $"{item.Suite}.{item.Group}"));
        xml.WriteAttributeString("name", Clean(item.Name));
        xml.WriteAttributeString("time", NoTime);
        string words = Clean(string.Join(": ", new[] { item.State, item.Detail, item.Message }.Where(part => part is not null)));
        if (item.Outcome == ReportOutcome.Failed)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", words);
            xml.WriteAttributeString("type", Clean(item.State));
            xml.WriteString($"{Clean(item.Title)}\n{words}");
            xml.WriteEndElement();
        }
        else if (item.Outcome == ReportOutcome.Skipped)
        {
            xml.WriteStartElement("skipped");
            xml.WriteAttributeString("message", words);
            xml.WriteEndElement();
        }
        else
        {
            xml.WriteElementString("system-out", words);
        }

        xml.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>XML 1.0 cannot represent most control characters or lone surrogates: https://www.w3.org/TR/xml/#charsets.</summary>
    private static string Clean(string text)
    {
        StringBuilder clean = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                clean.Append(text[i]).Append(text[++i]);
            else
                clean.Append(!XmlConvert.IsXmlChar(text[i]) ? '\uFFFD' : InertText.Steers(text[i]) && text[i] != '\n' ? ' ' : text[i]);
        }

        return clean.ToString();
    }

    private sealed class Utf8StringWriter(StringBuilder text) : StringWriter(text, CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    }
}
