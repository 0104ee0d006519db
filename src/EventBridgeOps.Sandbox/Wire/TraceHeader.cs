using System.Text.RegularExpressions;

namespace EventBridgeOps.Sandbox.Wire;

/// <summary>The trace header of X-Ray: <c>Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1</c>.</summary>
/// <remarks>https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader</remarks>
internal static class TraceHeader
{
    /// <summary>The HTTP header that carries it.</summary>
    public const string HttpHeader = "X-Amzn-Trace-Id";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly Regex Root = new(@"\A1-[0-9a-fA-F]{8}-[0-9a-fA-F]{24}\z", RegexOptions.CultureInvariant, Limit);
    private static readonly Regex Parent = new(@"\A[0-9a-fA-F]{16}\z", RegexOptions.CultureInvariant, Limit);

    /// <summary>The header if X-Ray would accept it; null if not, for such a header is dropped.</summary>
    /// <remarks>
    /// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-related-service-xray.html says that X-Ray validates the header, and not how. Here, what its
    /// page says of the three parts; parts with other names, such as Self and Lineage, may have any value.
    /// </remarks>
    public static string? Valid(string? header)
    {
        if (header is null)
            return null;
        bool hasRoot = false;
        foreach (string[] part in header.Split(';').Select(part => part.Trim().Split('=')))
        {
            bool isValid = part.Length == 2 && part[0] switch
            {
                "Root" => hasRoot = Root.IsMatch(part[1]),
                "Parent" => Parent.IsMatch(part[1]),
                "Sampled" => part[1] is "0" or "1" or "?",
                _ => part[0].Length > 0,
            };
            if (!isValid)
                return null;
        }

        return hasRoot ? header : null;
    }
}
