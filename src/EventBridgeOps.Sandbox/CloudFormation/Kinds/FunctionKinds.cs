using System.IO.Compression;
using System.Text;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

/// <summary>AWS::Lambda::Function</summary>
internal sealed class FunctionKind : ResourceKind
{
    private static readonly string[] Elsewhere = ["ReservedConcurrentExecutions", "RecursiveLoop", "RuntimeManagementConfig", "FunctionScalingConfig", "PublishToLatestPublished"];

    public override string Type => "AWS::Lambda::Function";

    public override string? NameProperty => "FunctionName";

    public override bool HasSystemTags => true;

    public override void Create(ResourceWork work)
    {
        work.Refuse(Type, Elsewhere);
        string name = work.Name("FunctionName");
        work.Call("lambda", "CreateFunction", Settings(work).With("FunctionName", name).With("Code", Code(work)).With("Tags", work.Tags()));
        work.PhysicalId = name;
    }

    public override void Update(ResourceWork work)
    {
        work.Refuse(Type, Elsewhere);
        RawDocument function = RawDocument.Empty.With("FunctionName", work.PhysicalId);
        if (work.Differs("Code") || work.Differs("Architectures"))
            work.Call("lambda", "UpdateFunctionCode", function.With(Code(work)).With(work.Given("Architectures")));
        RawDocument settings = Settings(work).Without("Architectures", "PackageType", "CodeSigningConfigArn");
        // What is not set any more gets its default: UpdateFunctionConfiguration keeps what it does not name.
        foreach ((string name, string value) in new[] { ("Description", "\"\""), ("Timeout", "3"), ("MemorySize", "128"), ("Environment", """{"Variables":{}}"""), ("Layers", "[]") })
        {
            if (work.Before[name] is not null && work.Properties[name] is null)
                settings = settings.With(name, Json.Parse(value));
        }

        work.Call("lambda", "UpdateFunctionConfiguration", function.With(settings));
        FunctionKindTags.Change(work, Attributes(work).Text("Arn")!);
    }

    public override void Delete(ResourceWork work) => work.TryCall("lambda", "DeleteFunction", RawDocument.Empty.With("FunctionName", work.PhysicalId));

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty.With("Arn", work.Operation.Arn("lambda", "function:" + work.PhysicalId));

    private static RawDocument Settings(ResourceWork work)
    {
        RawDocument settings = work.Properties.Without([.. Elsewhere, "FunctionName", "Code", "Tags", "KmsKeyArn", "SnapStartResponse"]);
        return work.Properties.Text("KmsKeyArn") is { } key ? settings.With("KMSKeyArn", key) : settings;
    }

    /// <summary>The code: text in the template is the only file of a zip, for the runtimes that have a name for it.</summary>
    /// <remarks>https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html</remarks>
    private static RawDocument Code(ResourceWork work)
    {
        RawDocument code = work.Properties.Object("Code")!;
        if (code.Text("ZipFile") is not { } text)
            return code;
        string runtime = work.Properties.Text("Runtime") ?? "";
        string file = runtime.StartsWith("nodejs", StringComparison.Ordinal) ? "index.js"
            : runtime.StartsWith("python", StringComparison.Ordinal) ? "index.py"
            : throw new AwsError(400, "InvalidRequest", "ZipFile can only be used when Runtime is set to either of nodejs or python.");
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        using (Stream entry = archive.CreateEntry(file).Open())
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            entry.Write(bytes, 0, bytes.Length);
        }

        return code.With("ZipFile", Convert.ToBase64String(zip.ToArray()));
    }
}

/// <summary>AWS::Lambda::Permission, whose change is always a replacement.</summary>
internal sealed class PermissionKind : ResourceKind
{
    public override string Type => "AWS::Lambda::Permission";

    public override void Create(ResourceWork work)
    {
        string id = work.Name("", 100);
        work.Call("lambda", "AddPermission", work.Properties.With("StatementId", id));
        work.PhysicalId = id;
    }

    public override void Update(ResourceWork work)
    {
        // No property can be changed.
    }

    public override void Delete(ResourceWork work) =>
        work.TryCall("lambda", "RemovePermission", work.Given("FunctionName").With("StatementId", work.PhysicalId));

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty.With("Id", work.PhysicalId);
}

/// <summary>AWS::Lambda::EventInvokeConfig</summary>
internal sealed class EventInvokeConfigKind : ResourceKind
{
    public override string Type => "AWS::Lambda::EventInvokeConfig";

    public override void Create(ResourceWork work)
    {
        if (work.TryCall("lambda", "GetFunctionEventInvokeConfig", Function(work)) is not null)
            throw AlreadyExists.Named(Type, $"{work.Properties.Text("FunctionName")}|{work.Properties.Text("Qualifier")}");
        work.Call("lambda", "PutFunctionEventInvokeConfig", work.Properties);
        work.PhysicalId = work.Name("");
    }

    public override void Update(ResourceWork work) => work.Call("lambda", "PutFunctionEventInvokeConfig", work.Properties);

    public override void Delete(ResourceWork work) => work.TryCall("lambda", "DeleteFunctionEventInvokeConfig", Function(work));

    private static RawDocument Function(ResourceWork work) => work.Given("FunctionName", "Qualifier");
}

/// <summary>AWS::Lambda::EventSourceMapping</summary>
internal sealed class EventSourceMappingKind : ResourceKind
{
    public override string Type => "AWS::Lambda::EventSourceMapping";

    public override bool HasSystemTags => true;

    public override void Create(ResourceWork work)
    {
        RawDocument tags = work.Tags();
        work.PhysicalId = work.Call("lambda", "CreateEventSourceMapping", work.Properties.Without("Tags").With("Tags", tags)).Text("UUID");
    }

    public override void Update(ResourceWork work)
    {
        work.Call("lambda", "UpdateEventSourceMapping", work.Properties.Without("Tags", "EventSourceArn", "StartingPosition", "StartingPositionTimestamp", "SelfManagedEventSource")
            .With("UUID", work.PhysicalId));
        FunctionKindTags.Change(work, Attributes(work).Text("EventSourceMappingArn")!);
    }

    public override void Delete(ResourceWork work) => work.TryCall("lambda", "DeleteEventSourceMapping", RawDocument.Empty.With("UUID", work.PhysicalId));

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty
        .With("Id", work.PhysicalId)
        .With("EventSourceMappingArn", work.Operation.Arn("lambda", "event-source-mapping:" + work.PhysicalId));
}

/// <summary>AWS::Lambda::Version</summary>
internal sealed class VersionKind : ResourceKind
{
    public override string Type => "AWS::Lambda::Version";

    public override void Create(ResourceWork work)
    {
        work.Refuse(Type, "ProvisionedConcurrencyConfig", "RuntimePolicy");
        work.PhysicalId = work.Call("lambda", "PublishVersion", work.Given("FunctionName", "Description", "CodeSha256")).Text("FunctionArn");
    }

    public override void Update(ResourceWork work)
    {
        // No property can be changed.
    }

    public override void Delete(ResourceWork work) => work.TryCall("lambda", "DeleteFunction", RawDocument.Empty.With("FunctionName", work.PhysicalId));

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty
        .With("FunctionArn", work.PhysicalId)
        .With("Version", work.PhysicalId!.Substring(work.PhysicalId.LastIndexOf(':') + 1));
}

/// <summary>AWS::Lambda::Alias</summary>
internal sealed class AliasKind : ResourceKind
{
    public override string Type => "AWS::Lambda::Alias";

    public override string? NameProperty => "Name";

    public override void Create(ResourceWork work)
    {
        work.Refuse(Type, "ProvisionedConcurrencyConfig");
        work.PhysicalId = work.Call("lambda", "CreateAlias", work.Properties).Text("AliasArn");
    }

    public override void Update(ResourceWork work)
    {
        work.Refuse(Type, "ProvisionedConcurrencyConfig");
        work.Call("lambda", "UpdateAlias", work.Properties);
    }

    public override void Delete(ResourceWork work) => work.TryCall("lambda", "DeleteAlias", work.Given("FunctionName", "Name"));

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty.With("AliasArn", work.PhysicalId);
}

/// <summary>The tags of a resource of Lambda.</summary>
internal static class FunctionKindTags
{
    /// <summary>Makes the changes of a template to the tags.</summary>
    public static void Change(ResourceWork work, string resourceArn)
    {
        (RawDocument set, string[] removed) = work.TagChanges();
        RawDocument arn = RawDocument.Empty.With("Resource", resourceArn);
        if (set.Members.Count > 0)
            work.Call("lambda", "TagResource", arn.With("Tags", set));
        if (removed.Length > 0)
            work.Call("lambda", "UntagResource", arn.With("TagKeys", removed));
    }
}
