using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Records;

namespace EventBridgeOps.Installation;

/// <summary>Which installation of the automation.</summary>
[Request]
public partial record AutomationQuery
{
    /// <summary>The name of the stack by default.</summary>
    public const string DefaultStackName = "ebops";

    /// <summary>The name of the CloudFormation stack, which is also that of the function.</summary>
    [Option("name", Setting = "EBOPS_STACK", Otherwise = DefaultStackName)]
    public string StackName { get; init; } = DefaultStackName;

    /// <summary>The name of the stack that manages the bucket of the package.</summary>
    internal string BucketStackName => StackName + "-package";

    /// <summary>Checks the request.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: a value is not valid.</exception>
    public virtual void Check()
    {
        // A stack has 128 characters, but the name of the function, which is the same, has 64.
        if (StackName.Length is 0 or > 64 || !IsLetter(StackName[0]) || !StackName.All(letter => IsLetter(letter) || letter is (>= '0' and <= '9') or '-'))
            throw new OpsException(ErrorIds.InvalidArgument, InstallationMessages.NotAStackName(StackName));
    }

    private static bool IsLetter(char letter) => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}

/// <summary>What to install, and how.</summary>
[Request]
public sealed partial record InstallRequest : AutomationQuery
{
    /// <summary>The ZIP file with the compiled function (`bootstrap`).</summary>
    [Option("path", Otherwise = "the package of the release")]
    public string? PackagePath { get; init; }

    /// <summary>The S3 bucket for the package.</summary>
    [Option("name", Otherwise = "a bucket in a stack of its own")]
    public string? BucketName { get; init; }

    /// <summary>A file with the configuration of the function: a JSON object of at most 3,000 characters.</summary>
    [Option("path")]
    public string? SettingsPath { get; init; }

    /// <summary>A parameter of the template, for example `DriftMode=Repair`. A parameter that is not specified keeps its value.</summary>
    [Option("name=value")]
    public IReadOnlyDictionary<string, string> Parameter { get; init; } = new Dictionary<string, string>();

    /// <summary>A tag of the stack and its resources.</summary>
    [Option("name=value")]
    public IReadOnlyDictionary<string, string> Tag { get; init; } = new Dictionary<string, string>();

    /// <summary>Do not invoke the function with a test event afterwards.</summary>
    [Option]
    public bool SkipTest { get; init; }

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        if (Parameter.Keys.FirstOrDefault(name => !AutomationTemplate.Parameters.Contains(name)) is { } unknown)
            throw new OpsException(ErrorIds.InvalidArgument, InstallationMessages.UnknownParameter(unknown, AutomationTemplate.Parameters.Where(name => !AutomationTemplate.IsOfPackage(name))));
        if (Parameter.Keys.FirstOrDefault(AutomationTemplate.IsOfPackage) is { } own)
            throw new OpsException(ErrorIds.InvalidArgument, InstallationMessages.OwnParameter(own));
    }
}

/// <summary>What to remove.</summary>
[Request]
public sealed partial record UninstallRequest : AutomationQuery
{
    /// <summary>What can be kept.</summary>
    public static readonly IReadOnlyList<string> Keepable = ["Table", "Queues", "Logs", "Bucket"];

    /// <summary>What to keep: `Table` (the journal), `Queues`, `Logs`, `Bucket`.</summary>
    [Option("name")]
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>Whether something is to be kept.</summary>
    /// <param name="what">A word of <see cref="Keepable"/>.</param>
    public bool Keeps(string what) => Keep.Contains(what, StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        if (Keep.FirstOrDefault(word => !Keepable.Contains(word, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw new OpsException(ErrorIds.InvalidArgument, InstallationMessages.NotKeepable(unknown, Keepable));
    }
}
