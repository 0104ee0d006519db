namespace EventBridgeOps.Reports;

/// <summary>A form in which a report can be written.</summary>
public enum ReportFormat
{
    /// <summary>JUnit's XML, which CI systems show as test results.</summary>
    JUnit,

    /// <summary>A page of tables for people.</summary>
    Markdown,

    /// <summary>An array of objects.</summary>
    Json,

    /// <summary>Comma-separated values.</summary>
    Csv,
}
