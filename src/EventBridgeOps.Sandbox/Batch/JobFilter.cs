using System.Globalization;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Batch;

/// <summary>Which jobs ListJobs lists.</summary>
/// <remarks>https://docs.aws.amazon.com/batch/latest/APIReference/API_ListJobs.html</remarks>
internal static class JobFilter
{
    public static Func<KeyValuePair<string, RawDocument>, bool> Of(Operation operation)
    {
        RawDocument input = operation.Input;
        if (input.Text("arrayJobId") is { Length: > 0 } array)
        {
            string prefix = array + ":";
            return job => job.Key.StartsWith(prefix, StringComparison.Ordinal) && job.Value.Text("status") == (input.Text("jobStatus") ?? job.Value.Text("status"));
        }

        (string _, RawDocument? queue) = JobQueueOperations.Find(operation, BatchService.Required(input, "jobQueue"));
        string arn = queue.Text("jobQueueArn")!;
        // A filter takes the place of the status, as on AWS.
        Func<RawDocument, bool>? filter = input.List("filters").Select(RawDocument.From).Select(Filter).FirstOrDefault();
        string status = input.Text("jobStatus") ?? JobCourse.Running;
        return job => !job.Key.Contains(':') && job.Value.Text("jobQueue") == arn && (filter?.Invoke(job.Value) ?? job.Value.Text("status") == status);
    }

    private static Func<RawDocument, bool> Filter(RawDocument filter)
    {
        List<string> values = filter.Texts("values").ToList();
        return filter.Text("name") switch
        {
            "JOB_NAME" => job => values.Any(value => IsLike(job.Text("jobName") ?? "", value)),
            "JOB_DEFINITION" => job => values.Any(value => IsDefinition(job.Text("jobDefinition") ?? "", value)),
            "BEFORE_CREATED_AT" => job => values.Any(value => job.Number("createdAt") < Milliseconds(value)),
            "AFTER_CREATED_AT" => job => values.Any(value => job.Number("createdAt") > Milliseconds(value)),
            string name => throw BatchService.ClientError($"Filter {name} is not supported."),
            null => throw BatchService.ClientError("The name of a filter must not be empty."),
        };
    }

    private static bool IsLike(string name, string wanted) => wanted.EndsWith("*", StringComparison.Ordinal)
        ? name.StartsWith(wanted.Substring(0, wanted.Length - 1), StringComparison.OrdinalIgnoreCase)
        : string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase);

    private static bool IsDefinition(string arn, string wanted)
    {
        string reference = arn.Substring(arn.LastIndexOf('/') + 1);
        return wanted == arn || IsLike(reference, wanted) || IsLike(reference.Split(':')[0], wanted);
    }

    private static long Milliseconds(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
        ? value
        : throw BatchService.ClientError($"{text} is not a time in milliseconds.");
}
