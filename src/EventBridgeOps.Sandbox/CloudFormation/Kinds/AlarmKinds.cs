using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.CloudFormation.Kinds;

/// <summary>AWS::CloudWatch::Alarm</summary>
internal sealed class AlarmKind : ResourceKind
{
    public override string Type => "AWS::CloudWatch::Alarm";

    public override string? NameProperty => "AlarmName";

    public override bool HasSystemTags => true;

    public override void Create(ResourceWork work)
    {
        string name = work.Name("AlarmName", 255);
        RawDocument named = RawDocument.Empty.With("AlarmNames", new[] { name });
        if (work.Call("monitoring", "DescribeAlarms", named).List("MetricAlarms").Any())
            throw AlreadyExists.Named(Type, name);
        work.Call("monitoring", "PutMetricAlarm", work.Properties.Without("Tags").With("AlarmName", name).With("Tags", work.TagsListed()));
        work.PhysicalId = name;
    }

    public override void Update(ResourceWork work)
    {
        work.Call("monitoring", "PutMetricAlarm", work.Properties.Without("Tags").With("AlarmName", work.PhysicalId));
        (RawDocument set, string[] removed) = work.TagChanges();
        RawDocument arn = RawDocument.Empty.With("ResourceARN", Attributes(work).Text("Arn"));
        if (set.Members.Count > 0)
            work.Call("monitoring", "TagResource", arn.With("Tags", Worlds.TagList.Of(set)));
        if (removed.Length > 0)
            work.Call("monitoring", "UntagResource", arn.With("TagKeys", removed));
    }

    public override void Delete(ResourceWork work) => work.TryCall("monitoring", "DeleteAlarms", RawDocument.Empty.With("AlarmNames", new[] { work.PhysicalId! }));

    public override RawDocument Attributes(ResourceWork work) => RawDocument.Empty.With("Arn", work.Operation.Arn("cloudwatch", "alarm:" + work.PhysicalId));
}

/// <summary>AWS::CloudWatch::Dashboard</summary>
internal sealed class DashboardKind : ResourceKind
{
    public override string Type => "AWS::CloudWatch::Dashboard";

    public override string? NameProperty => "DashboardName";

    public override void Create(ResourceWork work)
    {
        string name = work.Name("DashboardName", 255);
        Put(work, name);
        work.PhysicalId = name;
    }

    public override void Update(ResourceWork work) => Put(work, work.PhysicalId!);

    public override void Delete(ResourceWork work) => work.TryCall("monitoring", "DeleteDashboards", RawDocument.Empty.With("DashboardNames", new[] { work.PhysicalId! }));

    private static void Put(ResourceWork work, string name) =>
        work.Call("monitoring", "PutDashboard", work.Given("DashboardBody").With("DashboardName", name));
}
