namespace EventBridgeOps.Reports;

/// <summary>The format of a report.</summary>
public enum ReportFormat
{
    /// <summary>JUnit XML, which CI systems show as test results.</summary>
    JUnit,

    /// <summary>A Markdown page with tables.</summary>
    Markdown,

    /// <summary>An array of objects.</summary>
    Json,

    /// <summary>Comma-separated values.</summary>
    Csv,
}
