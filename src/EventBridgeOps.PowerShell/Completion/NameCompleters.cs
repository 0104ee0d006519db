using EventBridgeOps.Completion;

namespace EventBridgeOps.PowerShell.Completion;

// The shell makes a completer by its type and without arguments. Those of patterns are for parameters that take wildcards.

/// <summary>Completes the name of an event bus.</summary>
public sealed class EventBusCompleter() : NameCompleter(NameKind.EventBus, isPattern: false);

/// <summary>Completes names of event buses.</summary>
public sealed class EventBusPatternCompleter() : NameCompleter(NameKind.EventBus, isPattern: true);

/// <summary>Completes names of rules: of the buses given, or of all.</summary>
public sealed class RulePatternCompleter() : NameCompleter(NameKind.Rule, isPattern: true);

/// <summary>Completes ids of targets: of the rules given, or of all rules of the buses given.</summary>
public sealed class TargetPatternCompleter() : NameCompleter(NameKind.Target, isPattern: true);

/// <summary>Completes names of job definitions.</summary>
public sealed class JobDefinitionPatternCompleter() : NameCompleter(NameKind.JobDefinition, isPattern: true);

/// <summary>Completes the name of a repository of Amazon ECR.</summary>
public sealed class RepositoryCompleter() : NameCompleter(NameKind.Repository, isPattern: false);

/// <summary>Completes names of repositories of Amazon ECR.</summary>
public sealed class RepositoryPatternCompleter() : NameCompleter(NameKind.Repository, isPattern: true);

/// <summary>Completes the tag of an image: of the repository given, newest first.</summary>
public sealed class ImageTagCompleter() : NameCompleter(NameKind.ImageTag, isPattern: false);

/// <summary>Completes ids of MVP jobs, newest first.</summary>
public sealed class JobCompleter() : NameCompleter(NameKind.Job, isPattern: false);

/// <summary>Completes ids of changes, newest first.</summary>
public sealed class ChangeCompleter() : NameCompleter(NameKind.Change, isPattern: false);

/// <summary>Completes the name of a profile of the shared AWS configuration files.</summary>
public sealed class ProfileCompleter() : NameCompleter(NameKind.Profile, isPattern: false);

/// <summary>Completes an AWS region.</summary>
public sealed class RegionCompleter() : NameCompleter(NameKind.Region, isPattern: false);
