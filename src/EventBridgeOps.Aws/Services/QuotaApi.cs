using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Aws.Wire;
using EventBridgeOps.Events.Documents;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Projects.Publishing;
using EventBridgeOps.Services;

namespace EventBridgeOps.Aws.Services;

/// <summary>Quotas over the wire: of Service Quotas, and of the services that say theirs themselves.</summary>
/// <param name="clients">The client of a service, which is made when it is needed.</param>
internal sealed class QuotaApi(Func<AwsService, AwsDocumentClient> clients) : IQuotaApi
{
    private static readonly ServiceOperation GetServiceQuota = new(AwsService.ServiceQuotas, nameof(GetServiceQuota), "servicequotas:GetServiceQuota");
    private static readonly ServiceOperation ListRegistries = new(AwsService.Schemas, nameof(ListRegistries), "schemas:ListRegistries", "/v1/registries") { Method = "GET" };
    private static readonly ServiceOperation ListSchemas = new(AwsService.Schemas, nameof(ListSchemas), "schemas:ListSchemas", "/v1/registries/name/{RegistryName}/schemas") { Method = "GET" };
    private static readonly ServiceOperation DescribeAccountLimits = new(AwsService.CloudFormation, nameof(DescribeAccountLimits), "cloudformation:DescribeAccountLimits");
    private static readonly ServiceOperation ListStacks = new(AwsService.CloudFormation, nameof(ListStacks), "cloudformation:ListStacks");
    private static readonly ServiceOperation GetAccountSummary = new(AwsService.Iam, nameof(GetAccountSummary), "iam:GetAccountSummary");

    // All that exist: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackSummary.html. Deleted ones are listed for 90 days.
    private static readonly string[] Existing =
    [
        "CREATE_IN_PROGRESS", "CREATE_FAILED", "CREATE_COMPLETE", "ROLLBACK_IN_PROGRESS", "ROLLBACK_FAILED", "ROLLBACK_COMPLETE", "DELETE_IN_PROGRESS", "DELETE_FAILED", "UPDATE_IN_PROGRESS",
        "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_COMPLETE", "UPDATE_FAILED", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_FAILED", "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
        "UPDATE_ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS", "IMPORT_IN_PROGRESS", "IMPORT_COMPLETE", "IMPORT_ROLLBACK_IN_PROGRESS", "IMPORT_ROLLBACK_FAILED", "IMPORT_ROLLBACK_COMPLETE",
    ];

    public async Task<double> ReadAsync(string service, string code, CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.Quota(code, service);
        JsonObject found = await clients(AwsService.ServiceQuotas).InvokeAsync(GetServiceQuota, subject, new JsonObject { ["ServiceCode"] = service, ["QuotaCode"] = code }, cancellationToken);
        return (found["Quota"] as JsonObject)?["Value"] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : throw new Answer(GetServiceQuota, subject, found).Wrong(ServicesMessages.FieldMissing("Value"));
    }

    // Those of AWS (aws.events) are listed too, and are not those of the account.
    public async Task<IReadOnlyList<string>> ListRegistriesAsync(CancellationToken cancellationToken) =>
        [.. (await NamesAsync(ListRegistries, ServicesMessages.Registries(), [], "Registries", "RegistryName", cancellationToken)).Where(name => !name.StartsWith("aws.", StringComparison.Ordinal))];

    public async Task<IReadOnlyList<string>> ListSchemasAsync(string registry, CancellationToken cancellationToken)
    {
        try
        {
            return await NamesAsync(ListSchemas, ServicesMessages.Registry(registry), new JsonObject { ["RegistryName"] = registry }, "Schemas", "SchemaName", cancellationToken);
        }
        catch (ServiceCallException e) when (e.ErrorId == ErrorIds.ResourceNotFound)
        {
            return [];
        }
    }

    public async Task<QuotaUse> ReadStacksAsync(CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.Stacks();
        JsonObject limits = await clients(AwsService.CloudFormation).InvokeAsync(DescribeAccountLimits, subject, [], cancellationToken);
        string? most = (limits["AccountLimits"] as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(limit => limit.String("Name") == "StackLimit")?.String("Value");
        int used = 0;
        JsonObject request = new() { ["StackStatusFilter"] = new JsonArray([.. Existing.Select(status => (JsonNode)status)]) };
        await foreach (Answer page in Listing.PagesAsync(clients(AwsService.CloudFormation), ListStacks, subject, request, "NextToken", cancellationToken))
            used += (page.Document["StackSummaries"] as JsonArray ?? []).Count;
        return new QuotaUse(used, Number(DescribeAccountLimits, subject, limits, "StackLimit", most));
    }

    public async Task<(QuotaUse Roles, QuotaUse Policies)> ReadIdentitiesAsync(CancellationToken cancellationToken)
    {
        Message subject = ServicesMessages.Account();
        JsonObject answer = await clients(AwsService.Iam).InvokeAsync(GetAccountSummary, subject, [], cancellationToken);
        Dictionary<string, string?> summary = ((answer["SummaryMap"] as JsonObject)?["entry"] as JsonArray ?? []).OfType<JsonObject>()
            .GroupBy(entry => entry.String("key") ?? "", StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First().String("value"), StringComparer.Ordinal);
        return (new(Of("Roles"), Of("RolesQuota")), new(Of("Policies"), Of("PoliciesQuota")));

        double Of(string name) => Number(GetAccountSummary, subject, answer, name, summary.TryGetValue(name, out string? value) ? value : null);
    }

    private static double Number(ServiceOperation operation, Message subject, JsonObject answer, string name, string? text) =>
        double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out double number) ? number : throw new Answer(operation, subject, answer).Wrong(ServicesMessages.FieldMissing(name));

    // The token of a request is a parameter of the query, which begins with a small letter.
    private async Task<IReadOnlyList<string>> NamesAsync(ServiceOperation operation, Message subject, JsonObject request, string list, string name, CancellationToken cancellationToken)
    {
        List<string> names = [];
        await foreach (Answer page in Listing.PagesAsync(clients(operation.Service), operation, subject, request, "NextToken", cancellationToken, requestField: "nextToken"))
            names.AddRange(page.Documents(list, name).Select(item => item.String(name)!));
        return names;
    }
}
