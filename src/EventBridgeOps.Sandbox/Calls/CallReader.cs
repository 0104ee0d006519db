using System.Text;
using EventBridgeOps.Sandbox.Batch;
using EventBridgeOps.Sandbox.Iam;
using EventBridgeOps.Sandbox.Lambda;
using EventBridgeOps.Sandbox.Queries;
using EventBridgeOps.Sandbox.S3;
using EventBridgeOps.Sandbox.SchemaRegistry;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Calls;

/// <summary>Finds out which operation of which service a request calls, and reads its input.</summary>
internal sealed class CallReader(string defaultRegion)
{
    /// <summary>CloudWatch, as its JSON and CBOR protocols name it.</summary>
    private const string MetricService = "GraniteServiceVersion20100801";

    /// <summary>A rejection, and the protocol in which to return it.</summary>
    public sealed class Refusal(Protocol protocol, AwsError error) : Exception(error.Message)
    {
        public Protocol Protocol { get; } = protocol;

        public AwsError Error { get; } = error;
    }

    public AwsCall Read(HttpRequest received)
    {
        if (S3Request.Signer(received) is { } signer)
            return Stored(received, signer);
        HttpRequest request = ContentCoding.Expand(received)
            ?? throw new Refusal(Protocol.JsonRpc, new(400, "SerializationException", WireMessages.BadContentEncoding().ToString()));
        if (CborProtocol.Called(request) is { } called)
            return Cbored(request, called.Service, called.Operation);
        string body = Encoding.UTF8.GetString(request.Body);
        if (request.Header("X-Amz-Target") is { } target)
            return JsonRpc(request, target, body);
        if (LambdaRequest.IsFor(request))
            return Lambda(request);
        if (SchemaRequest.IsFor(request))
            return Schemas(request);
        if (request.Path.StartsWith("/v1/", StringComparison.Ordinal))
            return Batch(request, body);

        if (QueryCall.Find(FormText.Pairs(request.Method == "POST" ? body : "").ToList(), FormText.Pairs(request.Query).ToList()) is { } query)
            return Query(request, query, body);

        throw new Refusal(Protocol.JsonRpc, new(404, "UnknownOperationException", WireMessages.UnknownService().ToString()));
    }

    private static AwsCall Stored(HttpRequest request, (string AccessKey, string Region) signer)
    {
        S3Protocol protocol = S3Protocol.For(request);
        try
        {
            (string operation, RawDocument input) = S3Request.Read(request);
            return new()
            {
                Protocol = protocol,
                Service = S3Request.Service,
                Operation = operation,
                Region = signer.Region,
                AccessKey = signer.AccessKey,
                Input = input,
                Body = "",
                Host = request.Header("Host") ?? "localhost",
            };
        }
        catch (AwsError e)
        {
            throw new Refusal(protocol, e);
        }
    }

    private AwsCall Query(HttpRequest request, QueryCall query, string body)
    {
        QueryApi? api = query.Api(CredentialScope(request, QueryCall.NoService)?.Service);
        if (api is null)
            throw new Refusal(QueryCall.NoService, new(400, "InvalidAction", WireMessages.UnknownService().ToString()));
        try
        {
            RawDocument input = query.Input(api, request.Path);
            return Call(request, api.Protocol, api.Service, query.Action, input, body, QueryCall.RegionOf(input));
        }
        catch (AwsError e)
        {
            throw new Refusal(api.Protocol, e);
        }
    }

    private AwsCall JsonRpc(HttpRequest request, string target, string body)
    {
        int dot = target.LastIndexOf('.');
        (string service, Protocol protocol) = target.Substring(0, Math.Max(dot, 0)) switch
        {
            "AWSEvents" => ("events", Protocol.JsonRpc),
            "AmazonEC2ContainerRegistry_V20150921" => ("ecr", Protocol.JsonRpc),
            "AmazonEC2ContainerServiceV20141113" => ("ecs", Protocol.JsonRpc),
            "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101" => ("cloudtrail", Protocol.JsonRpc),
            "ServiceQuotasV20190624" => ("servicequotas", Protocol.JsonRpc),
            "AmazonSSM" => ("ssm", Protocol.JsonRpc),
            "AmazonSQS" => ("sqs", Protocol.JsonRpc10),
            "DynamoDB_20120810" => ("dynamodb", Protocol.JsonRpc10),
            "Logs_20140328" => ("logs", Protocol.JsonRpc),
            MetricService => ("monitoring", Protocol.JsonRpc10),
            _ => throw new Refusal(Protocol.JsonRpc, new(400, "UnknownOperationException", WireMessages.UnknownTarget(target).ToString())),
        };
        return Call(request, protocol, service, target.Substring(dot + 1), Input(request, protocol), body);
    }

    private AwsCall Cbored(HttpRequest request, string service, string operation)
    {
        Protocol protocol = CborProtocol.CloudWatch;
        if (service != MetricService)
            throw new Refusal(protocol, new(400, "UnknownOperationException", WireMessages.UnknownTarget(service).ToString()));
        RawDocument input = request.Body.Length == 0
            ? RawDocument.Empty
            : Cbor.TryRead(request.Body) ?? throw new Refusal(protocol, new(400, "SerializationException", WireMessages.BodyNotCbor().ToString()));
        return Call(request, protocol, "monitoring", operation, input, input.ToString());
    }

    private AwsCall Lambda(HttpRequest request)
    {
        try
        {
            LambdaRequest asked = LambdaRequest.Read(request);
            return Call(request, LambdaProtocol.Instance, "lambda", asked.Operation, asked.Input, Encoding.UTF8.GetString(request.Body));
        }
        catch (AwsError e)
        {
            throw new Refusal(LambdaProtocol.Instance, e);
        }
    }

    private AwsCall Schemas(HttpRequest request)
    {
        try
        {
            (string operation, RawDocument input) = SchemaRequest.Read(request);
            return Call(request, SchemaProtocol.Instance, "schemas", operation, input, Encoding.UTF8.GetString(request.Body));
        }
        catch (AwsError e)
        {
            throw new Refusal(SchemaProtocol.Instance, e);
        }
    }

    private AwsCall Batch(HttpRequest request, string body)
    {
        RawDocument input = Input(request, Protocol.RestJson);
        string rest = request.Path.Substring("/v1/".Length);
        if (!rest.StartsWith("tags/", StringComparison.Ordinal))
            return Call(request, Protocol.RestJson, "batch", BatchService.OperationAt(request.Method, rest), input, body);

        string operation = request.Method switch
        {
            "POST" => "TagResource",
            "DELETE" => "UntagResource",
            _ => "ListTagsForResource",
        };
        input = input.With("resourceArn", Uri.UnescapeDataString(rest.Substring("tags/".Length)));
        List<string> keys = FormText.Pairs(request.Query).Where(pair => pair.Key == "tagKeys").Select(pair => pair.Value).ToList();
        if (keys.Count > 0)
            input = input.With("tagKeys", keys);
        return Call(request, Protocol.RestJson, "batch", operation, input, body);
    }

    private AwsCall Call(HttpRequest request, Protocol protocol, string service, string operation, RawDocument input, string body, string? unsignedRegion = null)
    {
        (string AccessKey, string Region, string Service)? scope = CredentialScope(request, protocol);
        string region = scope?.Region ?? unsignedRegion ?? defaultRegion;
        return new AwsCall
        {
            Protocol = protocol,
            Service = service,
            Operation = operation,
            Region = service == "iam" ? Role.HomeOf(region) : region,
            AccessKey = scope?.AccessKey,
            Input = input,
            Body = body,
            Host = request.Header("Host") ?? "localhost",
            TraceHeader = TraceHeader.Valid(request.Header(TraceHeader.HttpHeader)),
        };
    }

    /// <summary>Who calls and where, as the signature claims. The signature itself is not verified.</summary>
    private static (string AccessKey, string Region, string Service)? CredentialScope(HttpRequest request, Protocol protocol)
    {
        if (request.Header("Authorization") is not { } authorization)
            return null;

        const string Marker = "Credential=";
        int start = authorization.IndexOf(Marker, StringComparison.Ordinal);
        string[] scope = start < 0 ? [] : authorization.Substring(start + Marker.Length).Split(',', ' ')[0].Split('/');
        return scope.Length == 5 && scope[0].Length > 0 && scope[2].Length > 0
            ? (scope[0], scope[2], scope[3])
            : throw new Refusal(protocol, new(
                400, "IncompleteSignatureException", "Authorization header requires 'Credential' parameter: key/date/region/service/aws4_request."));
    }

    private static RawDocument Input(HttpRequest request, Protocol protocol) => request.Body.Length == 0
        ? RawDocument.Empty
        : RawDocument.TryParse(request.Body) ?? throw new Refusal(protocol, new(400, "SerializationException", WireMessages.BodyNotJson().ToString()));
}
