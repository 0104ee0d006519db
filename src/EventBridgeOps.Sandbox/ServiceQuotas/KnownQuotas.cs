namespace EventBridgeOps.Sandbox.ServiceQuotas;

/// <summary>The adjustable quotas of services, with their codes and the values of a Region.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html; the page has no codes for those that cannot be adjusted.</remarks>
internal static class KnownQuotas
{
    public static (string Code, string Name, Func<string, double> Value)[] OfEvents { get; } =
    [
        ("L-FC354966", "Event bus policy size", _ => 10_240),
        ("L-658A4FD9", "Event buses", _ => 100),
        ("L-664C5505", "Event pattern size", _ => 2048),
        ("L-5540C5E3", "Invocations throttle limit in transactions per second", Invocations),
        ("L-244521F2", "Number of rules", region => region is "af-south-1" or "eu-south-1" ? 100 : 300),
        ("L-9B653E91", "PutEvents throttle limit in transactions per second", PutEvents),
        ("L-755FD01C", "Rate of invocations per API destination", _ => 300),
    ];

    public static (string Code, string Name, Func<string, double> Value)[] OfSchemas { get; } =
    [
        ("L-1738102F", "DiscoveredSchemas", _ => 200),
        ("L-037FC7C4", "Discoverers", _ => 10),
        ("L-85663EFB", "Registries", _ => 10),
        ("L-3C443A2A", "SchemaVersions", _ => 100),
        ("L-EE9E5FA9", "Schemas", _ => 100),
    ];

    private static double Invocations(string region) => region switch
    {
        "us-east-1" or "us-west-2" or "eu-west-1" => 18_750,
        "us-east-2" or "eu-central-1" or "eu-south-2" => 4500,
        "us-west-1" or "ap-northeast-1" or "ap-southeast-1" or "ap-southeast-2" or "eu-west-2" => 2250,
        "ap-east-1" or "ap-northeast-2" or "ap-south-1" or "ca-central-1" or "eu-north-1" or "eu-west-3" or "sa-east-1" => 1100,
        _ => 750,
    };

    private static double PutEvents(string region) => region switch
    {
        "us-east-1" or "us-west-2" or "eu-west-1" => 10_000,
        "us-east-2" or "eu-central-1" or "eu-south-2" => 2400,
        "us-west-1" or "ap-northeast-1" or "ap-southeast-1" or "ap-southeast-2" or "eu-west-2" => 1200,
        "ap-east-1" or "ap-northeast-2" or "ap-south-1" or "ca-central-1" or "eu-north-1" or "eu-west-3" or "sa-east-1" => 600,
        _ => 400,
    };
}
