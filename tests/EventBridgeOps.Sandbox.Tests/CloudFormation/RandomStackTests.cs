using System.Text;

namespace EventBridgeOps.Sandbox.Tests.CloudFormation;

/// <summary>Random templates with random dependencies, of which one resource fails: nothing is left over, and the events are in an order that can be.</summary>
public sealed class RandomStackTests : StackTest
{
    private static readonly string[] Plain = ["AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::Logs::LogGroup", "AWS::Events::EventBus", "AWS::IAM::Role"];

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task NothingIsLeftAfterARollback(int seed)
    {
        Random random = new(seed);
        Dictionary<string, List<string>> depends = [];
        string good = Template(random, depends, random.Next(2, 20), null);
        Dictionary<string, List<string>> dependsBad = [];
        string bad = Template(new Random(seed + 1000), dependsBad, random.Next(2, 20), random.Next(20));

        (await Create(bad)).Succeeded();
        Assert.Equal("ROLLBACK_COMPLETE", await Settled());
        CheckOrder(await Events(), dependsBad);
        Assert.Empty(await Everything());
        Assert.Equal("DELETE_COMPLETE", await Deleted());

        Assert.Equal("CREATE_COMPLETE", await Created(good));
        string[] before = await Everything();
        int known = (await Events()).Count;
        CheckOrder(await Events(), depends);
        Assert.Equal("UPDATE_ROLLBACK_COMPLETE", await Updated(bad));
        List<StackEvent> rolledBack = await Events();
        Assert.Equal(before, await Everything());
        CheckPairs(rolledBack.Skip(known).ToList());

        string other = Template(new Random(seed + 2000), dependsBad = [], random.Next(2, 20), null);
        (await Update(other)).Succeeded();
        if (seed % 2 == 0)
            await StopHalfway();
        Assert.Equal("UPDATE_COMPLETE", await Settled());
        Assert.DoesNotContain(await Events(), one => one.Status == "DELETE_FAILED");
        Assert.Equal(dependsBad.Keys.Order(StringComparer.Ordinal), Members(await Cfn("ListStackResources", ("StackName", Name)), "StackResourceSummaries").Select(row => Text(row, "LogicalResourceId")));
        Assert.Equal("DELETE_COMPLETE", await Deleted());
        Assert.Empty(await Everything());
    }

    /// <summary>The state is saved in the middle, and loaded into a sandbox that knows nothing of it.</summary>
    private async Task StopHalfway()
    {
        Server.AdvanceTime(TimeSpan.FromMilliseconds(45));
        string state = (await Aws.Admin(HttpMethod.Get, "state")).Succeeded().Text;
        (await Aws.Admin(HttpMethod.Post, "reset")).Succeeded();
        (await Aws.Admin(HttpMethod.Put, "state", state)).Succeeded();
    }

    private static string Template(Random random, Dictionary<string, List<string>> depends, int count, int? failing)
    {
        StringBuilder text = new("Resources:\n");
        int bad = failing is null ? -1 : failing.Value % count;
        // The names are shuffled, so that the order of the template is not that of the dependencies.
        string[] names = [.. Enumerable.Range(0, count).Select(i => $"N{i}").OrderBy(_ => random.Next())];
        for (int i = 0; i < count; i++)
        {
            List<string> on = depends[names[i]] = [.. Enumerable.Range(0, i).Where(j => random.Next(3) == 0 && j != bad).Select(j => names[j])];
            // The type goes by the name: an update cannot change it.
            string type = Plain[int.Parse(names[i][1..], System.Globalization.CultureInfo.InvariantCulture) % Plain.Length];
            string properties = type switch
            {
                "AWS::SQS::Queue" => $"DelaySeconds: {random.Next(3)}{(random.Next(4) == 0 ? $", QueueName: q{names[i]}-{random.Next(1000)}" : "")}",
                "AWS::SNS::Topic" => on.Count > 0 ? $"DisplayName: !Sub 'n{random.Next(3)}'" : "",
                "AWS::Logs::LogGroup" => random.Next(2) == 0 ? "RetentionInDays: 14" : "",
                "AWS::Events::EventBus" => $"Name: !Sub '${{AWS::StackName}}-{names[i]}'",
                _ => "AssumeRolePolicyDocument: { Statement: [ { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sts:AssumeRole } ] }",
            };
            if (i == bad)
                properties += (properties.Length > 0 ? ", " : "") + "Wrong: !Join [ '', [ a, b ] ]";
            string metadata = on.Count > 1 ? $", Metadata: {{ A: b }}" : "";
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {names[i]}: {{ Type: {type}, DependsOn: [ {string.Join(", ", on)} ], Properties: {{ {properties} }}{metadata} }}\n");
        }

        return text.ToString();
    }

    private static void CheckOrder(List<StackEvent> events, Dictionary<string, List<string>> depends)
    {
        CheckPairs(events);
        foreach ((string name, List<string> on) in depends)
        {
            int begun = events.FindIndex(one => one.ToString() == $"{name} CREATE_IN_PROGRESS"), removed = events.FindIndex(one => one.ToString() == $"{name} DELETE_COMPLETE");
            foreach (string other in on)
            {
                if (begun >= 0)
                    Assert.InRange(events.FindIndex(one => one.ToString() == $"{other} CREATE_COMPLETE"), 0, begun - 1);
                int otherRemoval = events.FindIndex(one => one.ToString() == $"{other} DELETE_IN_PROGRESS");
                if (otherRemoval >= 0 && removed >= 0)
                    Assert.True(removed < otherRemoval, $"{name} was removed after {other}, which it depends on");
            }
        }
    }

    /// <summary>What is in progress ends, exactly once, and before the next action on it; the stack itself ends last.</summary>
    private static void CheckPairs(List<StackEvent> events)
    {
        Dictionary<string, string> running = [];
        foreach (StackEvent one in events.Where(one => one.LogicalId != Name))
        {
            string action = one.Status.Split('_')[0], key = $"{one.LogicalId} {(action == "DELETE" ? one.PhysicalId : "")}";
            if (one.Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal))
                Assert.True(!running.TryGetValue(key, out string? before) || (before == action && one.Reason == "Resource creation Initiated"), $"{one} while {before}");
            else if (one.Status.EndsWith("_COMPLETE", StringComparison.Ordinal) && one.PhysicalId.Length > 0)
                Assert.True(running.TryGetValue(key, out string? begun) && begun == action, $"{one} was not begun");
            if (one.Status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal))
                running[key] = action;
            else
                running.Remove(key);
        }

        Assert.Empty(running);
        Assert.Equal(Name, events[^1].LogicalId);
    }
}
