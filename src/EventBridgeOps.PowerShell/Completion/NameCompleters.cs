using EventBridgeOps.Completion;

namespace EventBridgeOps.PowerShell.Completion;

// PowerShell creates a completer by its type, without arguments. Pattern completers are for parameters that accept wildcards.

/// <summary>Completes the name of an event bus.</summary>
public sealed class EventBusCompleter() : NameCompleter(NameKind.EventBus, isPattern: false);

/// <summary>Completes the names of event buses.</summary>
public sealed class EventBusPatternCompleter() : NameCompleter(NameKind.EventBus, isPattern: true);

/// <summary>Completes the names of rules: of the given event buses, or of all.</summary>
public sealed class RulePatternCompleter() : NameCompleter(NameKind.Rule, isPattern: true);

/// <summary>Completes the IDs of targets: of the given rules, or of all rules of the given event buses.</summary>
public sealed class TargetPatternCompleter() : NameCompleter(NameKind.Target, isPattern: true);

/// <summary>Completes the names of job definitions.</summary>
public sealed class JobDefinitionPatternCompleter() : NameCompleter(NameKind.JobDefinition, isPattern: true);

/// <summary>Completes the name of an Amazon ECR repository.</summary>
public sealed class RepositoryCompleter() : NameCompleter(NameKind.Repository, isPattern: false);

/// <summary>Completes the names of Amazon ECR repositories.</summary>
public sealed class RepositoryPatternCompleter() : NameCompleter(NameKind.Repository, isPattern: true);

/// <summary>Completes the tag of an image in the given repository, newest first.</summary>
public sealed class ImageTagCompleter() : NameCompleter(NameKind.ImageTag, isPattern: false);

/// <summary>Completes the names of Amazon ECS clusters.</summary>
public sealed class ClusterPatternCompleter() : NameCompleter(NameKind.Cluster, isPattern: true);

/// <summary>Completes the names of Amazon ECS services: of the given clusters, or of all.</summary>
public sealed class ServicePatternCompleter() : NameCompleter(NameKind.Service, isPattern: true);

/// <summary>Completes the IDs of MVP jobs, newest first.</summary>
public sealed class JobCompleter() : NameCompleter(NameKind.Job, isPattern: false);

/// <summary>Completes the IDs of changes, newest first.</summary>
public sealed class ChangeCompleter() : NameCompleter(NameKind.Change, isPattern: false);

/// <summary>Completes the name of a profile in the shared AWS configuration files.</summary>
public sealed class ProfileCompleter() : NameCompleter(NameKind.Profile, isPattern: false);

/// <summary>Completes an AWS Region.</summary>
public sealed class RegionCompleter() : NameCompleter(NameKind.Region, isPattern: false);
