using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

/// <summary>AWS::CDK::Metadata: what the AWS CDK says of itself.</summary>
internal sealed class MetadataKind : ResourceKind
{
    public override string Type => "AWS::CDK::Metadata";

    public override void Create(ResourceWork work) => work.PhysicalId = work.Operation.Account.Random.Id();

    public override void Update(ResourceWork work)
    {
        // It has no effect.
    }

    public override void Delete(ResourceWork work)
    {
        // Nothing was made.
    }
}

/// <summary>AWS::CloudFormation::WaitConditionHandle: the URL that a wait condition would listen at, which a template without one uses as a placeholder.</summary>
internal sealed class WaitConditionHandleKind : ResourceKind
{
    public override string Type => "AWS::CloudFormation::WaitConditionHandle";

    public override void Create(ResourceWork work) => work.PhysicalId =
        $"https://cloudformation-waitcondition-{work.Operation.Call.Region}.s3.{work.Operation.Call.Region}.amazonaws.com/{Uri.EscapeDataString(work.StackName)}/{work.LogicalId}/{work.Operation.Account.Random.Id()}";

    public override void Update(ResourceWork work)
    {
        // It has no properties.
    }

    public override void Delete(ResourceWork work)
    {
        // Nothing was made.
    }

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty;
}
