using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.ServiceQuotas;

/// <summary>Service Quotas: the quotas of EventBridge and EventBridge Schemas with the values that AWS gives an account; they cannot be raised.</summary>
/// <remarks>The service model service-quotas-2019-06-24</remarks>
internal sealed class QuotaService : IService
{
    private const int MostOnPage = 100;

    public string Name => "servicequotas";

    public IReadOnlyDictionary<string, Func<Operation, RawDocument>> Operations { get; } = new Dictionary<string, Func<Operation, RawDocument>>
    {
        ["GetServiceQuota"] = Get,
        ["GetAWSDefaultServiceQuota"] = Get,
        ["ListServiceQuotas"] = List,
        ["ListAWSDefaultServiceQuotas"] = List,
    };

    public AwsError BadToken => new(400, "InvalidPaginationTokenException", "Invalid pagination token.");

    public AwsError Internal(int status) => new(status, "ServiceException", "An internal error has occurred.");

    private static RawDocument Get(Operation operation)
    {
        Constraints constraints = new();
        constraints.Text("quotaCode", operation.Input["QuotaCode"], true, 1, 128);
        string code = operation.Input.Text("QuotaCode") ?? "";
        return RawDocument.Empty.With("Quota", Of(operation, constraints).FirstOrDefault(quota => quota.Text("QuotaCode") == code)
            ?? throw NoSuch($"The quota {code} does not exist."));
    }

    private static RawDocument List(Operation operation)
    {
        RawDocument input = operation.Input;
        Constraints constraints = new();
        constraints.Number("maxResults", input["MaxResults"], 1, MostOnPage);
        Paging.Page<RawDocument> page = operation.Page(
            Of(operation, constraints).Where(quota => (input.Text("QuotaCode") ?? quota.Text("QuotaCode")) == quota.Text("QuotaCode")).OrderBy(quota => quota.Text("QuotaCode"), StringComparer.Ordinal),
            quota => quota.Text("QuotaCode")!, input.Number("MaxResults"), input.Text("NextToken"), MostOnPage);
        return RawDocument.Empty.With("Quotas", page.Items).With("NextToken", page.NextToken);
    }

    private static IEnumerable<RawDocument> Of(Operation operation, Constraints constraints)
    {
        constraints.Text("serviceCode", operation.Input["ServiceCode"], true, 1, 63);
        constraints.Check();
        string service = operation.Input.Text("ServiceCode")!, region = operation.Call.Region;
        (string Code, string Name, Func<string, double> Value)[] known = service switch
        {
            "events" => KnownQuotas.OfEvents,
            "schemas" => KnownQuotas.OfSchemas,
            _ => throw NoSuch($"The sandbox does not have the quotas of {service}."),
        };
        return known.Select(quota => RawDocument.Empty
            .With("ServiceCode", service)
            .With("ServiceName", service == "events" ? "Amazon EventBridge (CloudWatch Events)" : "Amazon EventBridge Schema Registry")
            .With("QuotaArn", operation.Arn("servicequotas", $"{service}/{quota.Code}"))
            .With("QuotaCode", quota.Code)
            .With("QuotaName", quota.Name)
            .With("Value", Json.Figure(quota.Value(region)))
            .With("Unit", "None")
            .With("Adjustable", true)
            .With("GlobalQuota", false));
    }

    private static AwsError NoSuch(string message) => new(400, "NoSuchResourceException", message);
}
