using System.Xml.Linq;

namespace EventBridgeOps.Lambda.Tests.Deploy;

/// <summary>CloudFormation, S3 and IAM, as a test calls them: forms, and XML as an answer.</summary>
/// <param name="aws">The signed client.</param>
internal sealed class StackClient(AwsClient aws)
{
    /// <summary>Calls an operation of the query protocol.</summary>
    /// <param name="service">The name to sign for.</param>
    /// <param name="version">The version of the API.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="fields">The fields of the form.</param>
    public async Task<XElement> CallAsync(string service, string version, string operation, params (string Name, string Value)[] fields)
    {
        string form = string.Join('&', new[] { ("Action", operation), ("Version", version) }.Concat(fields).Select(field => $"{Uri.EscapeDataString(field.Item1)}={Uri.EscapeDataString(field.Item2)}"));
        Answer answer = (await aws.Send(service, "/", null, form, "application/x-www-form-urlencoded")).Succeeded();
        XElement root = XElement.Parse(answer.Text);
        foreach (XElement element in root.DescendantsAndSelf())
            element.Name = element.Name.LocalName;
        return root;
    }

    public Task<XElement> CloudFormation(string operation, params (string Name, string Value)[] fields) => CallAsync("cloudformation", "2010-05-15", operation, fields);

    public Task<XElement> Iam(string operation, params (string Name, string Value)[] fields) => CallAsync("iam", "2010-05-08", operation, fields);

    /// <summary>Makes a bucket with an object.</summary>
    public async Task UploadAsync(string bucket, string key, string content)
    {
        (await aws.Send("s3", "/" + bucket, null, """<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>""", "application/xml", HttpMethod.Put)).Succeeded();
        (await aws.Send("s3", $"/{bucket}/{key}", null, content, "application/zip", HttpMethod.Put)).Succeeded();
    }

    /// <summary>Creates a stack and returns the physical IDs of its resources, by logical ID.</summary>
    public async Task<Dictionary<string, string>> CreateAsync(string name, string template, params (string Name, string Value)[] parameters)
    {
        await CloudFormation("CreateStack", [
            ("StackName", name), ("TemplateBody", template), ("Capabilities.member.1", "CAPABILITY_IAM"),
            .. parameters.SelectMany((parameter, index) => new[] { ($"Parameters.member.{index + 1}.ParameterKey", parameter.Name), ($"Parameters.member.{index + 1}.ParameterValue", parameter.Value) }),
        ]);
        return await ResourcesAsync(name);
    }

    /// <summary>The physical IDs of a stack's resources, by logical ID.</summary>
    public async Task<Dictionary<string, string>> ResourcesAsync(string name) =>
        (await CloudFormation("ListStackResources", ("StackName", name))).Descendants("member")
            .Where(member => member.Element("LogicalResourceId") is { Value.Length: > 0 })
            .ToDictionary(member => member.Element("LogicalResourceId")!.Value, member => member.Element("PhysicalResourceId")?.Value ?? "");
}
