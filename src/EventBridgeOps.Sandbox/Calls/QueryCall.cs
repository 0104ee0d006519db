using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.CloudFormation;
using EventBridgeOps.Sandbox.Iam;
using EventBridgeOps.Sandbox.Queries;
using EventBridgeOps.Sandbox.Sns;
using EventBridgeOps.Sandbox.Sqs;
using EventBridgeOps.Sandbox.Sts;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Calls;

/// <summary>A call of the query protocol: a form with the action, and the services that speak it.</summary>
internal sealed class QueryCall
{
    private static readonly QueryApi[] Apis = [StsForms.Api, SqsForms.Api, SnsForms.Api, IamForms.Api, CloudFormationForms.Api];

    private readonly IReadOnlyList<KeyValuePair<string, string>> form;

    private QueryCall(string action, IReadOnlyList<KeyValuePair<string, string>> form) => (Action, this.form) = (action, form);

    /// <summary>The protocol in which a request is refused that names none of the services.</summary>
    public static Protocol NoService { get; } = new QueryApi("", "", "").Protocol;

    public string Action { get; }

    /// <summary>The call that is in one of the forms; null if none names an action.</summary>
    public static QueryCall? Find(params IReadOnlyList<KeyValuePair<string, string>>[] forms) =>
        forms.Select(form => Value(form, "Action") is { } action ? new QueryCall(action, form) : null).FirstOrDefault(call => call is not null);

    public static bool MayBeUnsigned(AwsCall call) => Apis.Any(api => api.Service == call.Service && api.Unsigned.Contains(call.Operation));

    /// <summary>The Region that an unsigned request is for: a link in a notification names a topic of its Region.</summary>
    public static string? RegionOf(RawDocument input) =>
        Arn.TryParse(input.Text("TopicArn") ?? input.Text("SubscriptionArn"), out Arn? arn) && Partitions.IsRegion(arn.Region) ? arn.Region : null;

    /// <summary>The service that is called: as the signature says, else as the version says, else the one with this action without signature.</summary>
    public QueryApi? Api(string? signedService) => signedService is not null
        ? Array.Find(Apis, api => api.Service == signedService)
        : Value(form, "Version") is { } version
            ? Array.Find(Apis, api => api.Version == version)
            : Array.Find(Apis, api => api.Unsigned.Contains(Action));

    /// <summary>The input; the URL of a queue may be the path of the request.</summary>
    /// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html</remarks>
    /// <exception cref="AwsError">The form cannot be read.</exception>
    public RawDocument Input(QueryApi api, string path)
    {
        RawDocument input = FormReader.Read(api, Action, form);
        return api == SqsForms.Api && input["QueueUrl"] is null && path.Split('/').Length == 3 ? input.With("QueueUrl", path) : input;
    }

    private static string? Value(IReadOnlyList<KeyValuePair<string, string>> form, string name) =>
        form.Where(parameter => parameter.Key == name).Select(parameter => parameter.Value).FirstOrDefault();
}
