using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.CloudTrail;

/// <summary>Trails. The sandbox has no S3: any bucket will do, and no file is delivered to it. A trail of many Regions works in its home Region.</summary>
/// <remarks>https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html</remarks>
internal static class TrailOperations
{
    private const int Most = 5;

    private static readonly string[] Created =
        ["Name", "S3BucketName", "S3KeyPrefix", "IncludeGlobalServiceEvents", "IsMultiRegionTrail", "TrailARN", "LogFileValidationEnabled", "IsOrganizationTrail"];

    public static RawDocument Create(Operation operation)
    {
        RawDocument input = operation.Input;
        TrailErrors.Known(operation, "Name", "S3BucketName", "S3KeyPrefix", "IncludeGlobalServiceEvents", "IsMultiRegionTrail", "EnableLogFileValidation", "TagsList");
        if (input.List("TagsList").Any())
            throw TrailErrors.BadParameter(TrailMessages.NoParameter("TagsList", "CreateTrail").ToString());
        string name = Checked(input.Text("Name") ?? "");
        if (string.IsNullOrEmpty(input.Text("S3BucketName")))
            throw new AwsError(400, "InvalidS3BucketNameException", "Bucket name must not be blank.");
        Table trails = operation.State["trails"];
        if (trails.ContainsKey(name))
            throw new AwsError(400, "TrailAlreadyExistsException", $"Trail {name} already exists for customer: {operation.Account.Id}");
        if (trails.Count >= Most)
            throw new AwsError(400, "MaximumNumberOfTrailsExceededException", $"User: {operation.Account.Id} already has {Most} trails in {operation.Call.Region}.");

        trails[name] = RawDocument.Empty
            .With("Name", name)
            .With("S3BucketName", input.Text("S3BucketName"))
            .With("S3KeyPrefix", input.Text("S3KeyPrefix"))
            .With("IncludeGlobalServiceEvents", input["IncludeGlobalServiceEvents"] is null || input.Flag("IncludeGlobalServiceEvents"))
            .With("IsMultiRegionTrail", input.Flag("IsMultiRegionTrail"))
            .With("HomeRegion", operation.Call.Region)
            .With("TrailARN", operation.Arn("cloudtrail", "trail/" + name))
            .With("LogFileValidationEnabled", input.Flag("EnableLogFileValidation"))
            .With("HasCustomEventSelectors", false)
            .With("HasInsightSelectors", false)
            .With("IsOrganizationTrail", false);
        return trails[name].Only(Created);
    }

    public static RawDocument Describe(Operation operation)
    {
        TrailErrors.Known(operation, "trailNameList", "includeShadowTrails"); // No Region has a shadow of another one's trail here.
        List<string> wanted = operation.Input.Texts("trailNameList").Select(reference => NameIn(operation, reference)).ToList();
        return RawDocument.Empty.With("trailList", operation.State["trails"].Where(row => wanted.Count == 0 || wanted.Contains(row.Key)).Select(row => Answer(row.Value)));
    }

    public static RawDocument Get(Operation operation) => RawDocument.Empty.With("Trail", Answer(Find(operation, "Name").Trail));

    public static RawDocument List(Operation operation)
    {
        Paging.Page<KeyValuePair<string, RawDocument>> page = operation.Page(operation.State["trails"], row => row.Key, null, operation.Input.Text("NextToken"));
        return RawDocument.Empty.With("Trails", page.Items.Select(row => row.Value.Only("TrailARN", "Name", "HomeRegion"))).With("NextToken", page.NextToken);
    }

    public static RawDocument Delete(Operation operation)
    {
        operation.State["trails"].Remove(Find(operation, "Name").Name);
        return RawDocument.Empty;
    }

    /// <summary>The trail that a member of the input names, by name or ARN.</summary>
    public static (string Name, RawDocument Trail) Find(Operation operation, string member)
    {
        string reference = operation.Input.Text(member) ?? "";
        string name = NameIn(operation, reference);
        return operation.State["trails"].Find(name) is { } trail ? (name, trail) : throw TrailErrors.NotFound(operation, reference);
    }

    private static RawDocument Answer(RawDocument trail) => trail.Without("logging", "selectors", "advancedSelectors");

    private static string NameIn(Operation operation, string reference)
    {
        string here = operation.Arn("cloudtrail", "trail/");
        return reference.StartsWith(here, StringComparison.Ordinal) ? reference.Substring(here.Length) : reference;
    }

    private static string Checked(string name) => name switch
    {
        { Length: < 3 } => throw BadName($"Trail name too short. Minimum allowed length: 3 characters. Specified name length: {name.Length} characters."),
        { Length: > 128 } => throw BadName($"Trail name too long. Maximum allowed length: 128 characters. Specified name length: {name.Length} characters."),
        _ when !char.IsLetterOrDigit(name[0]) => throw BadName("Trail name must starts with a letter or number."),
        _ when !char.IsLetterOrDigit(name[name.Length - 1]) => throw BadName("Trail name must ends with a letter or number."),
        _ when !Regex.IsMatch(name, @"\A[.\-_0-9a-zA-Z]+\z", RegexOptions.CultureInvariant) => throw BadName(
            "Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_)."),
        _ => name,
    };

    private static AwsError BadName(string message) => new(400, "InvalidTrailNameException", message);
}
