using System.Text.Json;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Batch;

/// <summary>What a job runs: one container, the containers of an ECS task or of a pod, or nodes. Each kind of job definition has its own member of a job, and its own overrides.</summary>
/// <remarks>The service model of Batch: JobDetail, and the members of SubmitJob that end with Override or Overrides.</remarks>
internal static class JobContainers
{
    public const string Ecs = "ecsProperties";
    public const string Eks = "eksProperties";
    public const string Nodes = "nodeProperties";

    private const string Container = "container";
    private const string Containers = "containers";
    private const string InitContainers = "initContainers";
    private const string Pod = "podProperties";
    private const string Tasks = "taskProperties";

    /// <summary>The name of a container of a pod that was given none.</summary>
    /// <remarks>https://docs.aws.amazon.com/batch/latest/APIReference/API_EksContainer.html</remarks>
    private const string DefaultName = "Default";

    private static readonly (string Properties, string Overrides)[] Kinds =
        [(Nodes, "nodeOverrides"), (Eks, "eksPropertiesOverride"), (Ecs, "ecsPropertiesOverride"), ("containerProperties", "containerOverrides")];

    /// <summary>The members of SubmitJob that override what a job runs.</summary>
    public static string[] Overrides { get; } = [.. Kinds.Select(kind => kind.Overrides)];

    /// <summary>The members of a new job that say what it runs.</summary>
    /// <param name="definition">The job definition.</param>
    /// <param name="input">The input of SubmitJob.</param>
    /// <exception cref="AwsError">An override is for another kind of job definition, or names what is not there.</exception>
    public static RawDocument Of(RawDocument definition, RawDocument input)
    {
        (string? properties, string? overrides) = Kinds.FirstOrDefault(kind => definition[kind.Properties] is { ValueKind: JsonValueKind.Object });
        // AWS documents that overrides are for their own kind of jobs, but not the words of the refusal.
        if (Overrides.FirstOrDefault(other => other != overrides && input.Object(other) is not null) is { } wrong)
            throw BatchService.ClientError($"{wrong} is not applicable to a job definition with {properties ?? "no properties"}.");
        RawDocument given = properties is null ? RawDocument.Empty : definition.Object(properties)!;
        RawDocument changed = input.Object(overrides ?? "") ?? RawDocument.Empty;
        return properties switch
        {
            Nodes => RawDocument.Empty.With(Nodes, JobNodes.Overridden(given, changed)), // A job of several nodes has no container of its own; each of its nodes has one.
            Eks => RawDocument.Empty.With(Eks, OfPod(given, changed)).With("eksAttempts", Json.Array([])),
            Ecs => RawDocument.Empty.With(Container, RawDocument.Empty).With(Ecs, OfTasks(given, changed)), // "If the details are for a multiple-container job, this object will be empty."
            _ => RawDocument.Empty.With(Container, OfContainer(given, changed)),
        };
    }

    /// <summary>A container with overrides: what they have replaces, but variables and resources one by one.</summary>
    public static RawDocument OfContainer(RawDocument container, RawDocument overrides)
    {
        container = Merged(Merged(container, overrides, "environment", "name"), overrides, "resourceRequirements", "type");
        return container.With(overrides.Without("environment", "resourceRequirements"));
    }

    /// <summary>The tasks of ECS with overrides, of which there is one for each task, in their order; containers are found by their names.</summary>
    public static RawDocument OfTasks(RawDocument properties, RawDocument overrides)
    {
        List<RawDocument> changed = [.. overrides.List(Tasks).Select(RawDocument.From)];
        IEnumerable<RawDocument> tasks = properties.List(Tasks).Select(RawDocument.From)
            .Select((task, index) => index < changed.Count ? ByName(task, changed[index], Containers, null, OfContainer) : task);
        return properties.With(Tasks, tasks.ToList());
    }

    /// <summary>A pod with overrides; containers are found by their names.</summary>
    public static RawDocument OfPod(RawDocument properties, RawDocument overrides)
    {
        RawDocument pod = properties.Object(Pod) ?? RawDocument.Empty, changed = overrides.Object(Pod) ?? RawDocument.Empty;
        foreach (string list in new[] { Containers, InitContainers })
        {
            if (pod[list] is not null)
                pod = pod.With(list, pod.List(list).Select(RawDocument.From).Select(container => container.Text("name") is null ? container.With("name", DefaultName) : container).ToList());
            pod = ByName(pod, changed, list, DefaultName, OfPodContainer);
        }

        if (changed.Object("metadata") is { } metadata)
            pod = pod.With("metadata", Laid(pod.Object("metadata") ?? RawDocument.Empty, metadata));
        return properties.With(Pod, pod);
    }

    /// <summary>A job whose attempt has a log stream, which it gets when it is RUNNING.</summary>
    /// <remarks>The service model: "Each container attempt receives a log stream name when they reach the RUNNING status." Containers of a pod have none.</remarks>
    public static RawDocument Running(RawDocument job, string task) => Each(job, (container, name) => container.Without("exitCode", "reason").With("logStreamName", JobLog.Stream(job, container, name, task)));

    /// <summary>A job whose attempt ended, with that attempt. AWS does not document what of several containers an attempt of the whole job shows; here, all end alike.</summary>
    /// <param name="job">The job, which is RUNNING.</param>
    /// <param name="exitCode">The exit code; null if it was killed.</param>
    /// <param name="reason">The reason that the container has.</param>
    /// <param name="attempt">The times and the reason of the attempt.</param>
    public static RawDocument Ended(RawDocument job, int? exitCode, string? reason, RawDocument attempt)
    {
        job = Each(job, (container, _) => exitCode is { } code ? container.With("reason", reason).With("exitCode", code) : container.With("reason", reason));
        if (job.Object(Eks)?.Object(Pod) is { } pod)
        {
            RawDocument shown = RawDocument.Empty;
            foreach (string list in new[] { Containers, InitContainers })
            {
                if (pod[list] is not null)
                    shown = shown.With(list, pod.List(list).Select(container => RawDocument.From(container).Only("name", "exitCode", "reason")).ToList());
            }

            return job.With("eksAttempts", [.. job.List("eksAttempts").Select(RawDocument.From), shown.With(attempt)]);
        }

        // What the attempt of a job of several nodes has of its nodes is not documented.
        if (job.Object(Ecs) is { } tasks)
            attempt = RawDocument.Empty.With(Tasks, tasks.List(Tasks).Select(task => RawDocument.Empty.With(Containers, RawDocument.From(task).List(Containers).Select(container => RawDocument.From(container).Only("name", "exitCode", "reason", "logStreamName")).ToList())).ToList()).With(attempt);
        else if (job.Object(Container) is { } container)
            attempt = RawDocument.Empty.With(Container, container.Only("exitCode", "reason", "logStreamName")).With(attempt);
        return job.With("attempts", [.. job.List("attempts").Select(RawDocument.From), attempt]);
    }

    /// <summary>How many attempts of a job have ended.</summary>
    public static int Attempts(RawDocument job) => job.List("attempts").Count() + job.List("eksAttempts").Count();

    /// <summary>What a command stands for: the one container of a job, with its image, command and environment; null if the job has none, or several.</summary>
    public static RawDocument? Only(RawDocument job)
    {
        if (job.Object(Eks)?.Object(Pod) is { } pod)
        {
            // Of a pod, "command" replaces the entry point of the image, and "args" is what the image gets.
            return Single(pod.List(Containers)) is { } one && !pod.List(InitContainers).Any()
                ? RawDocument.Empty.With("image", one.Text("image")).With("command", one.Texts("args")).With("environment", one.List("env").Select(RawDocument.From).ToList())
                : null;
        }

        return job.Object(Ecs) is { } tasks ? Single(tasks.List(Tasks).SelectMany(task => RawDocument.From(task).List(Containers)))
            : job.Object(Container);
    }

    /// <summary>The container whose log has what a command says.</summary>
    public static RawDocument? Logged(RawDocument job) => job.Object(Eks) is null ? Only(job) : null;

    private static RawDocument? Single(IEnumerable<JsonElement> containers)
    {
        List<JsonElement> first = [.. containers.Take(2)];
        return first.Count == 1 ? RawDocument.From(first[0]) : null;
    }

    /// <summary>Changes each container of a job that a log or an exit code belongs to.</summary>
    private static RawDocument Each(RawDocument job, Func<RawDocument, string, RawDocument> change)
    {
        if (job.Object(Eks)?.Object(Pod) is { } pod)
        {
            foreach (string list in new[] { Containers, InitContainers })
            {
                if (pod[list] is not null)
                    pod = pod.With(list, pod.List(list).Select(container => change(RawDocument.From(container), DefaultName).Without("logStreamName")).ToList());
            }

            return job.With(Eks, job.Object(Eks)!.With(Pod, pod));
        }

        if (job.Object(Ecs) is { } tasks)
        {
            return job.With(Ecs, tasks.With(Tasks, tasks.List(Tasks).Select(RawDocument.From)
                .Select(task => task.With(Containers, task.List(Containers).Select(RawDocument.From).Select(container => change(container, container.Text("name") ?? JobLog.DefaultName)).ToList()))
                .ToList()));
        }

        return job.Object(Container) is { } only ? job.With(Container, change(only, JobLog.DefaultName)) : job;
    }

    private static RawDocument OfPodContainer(RawDocument container, RawDocument overrides)
    {
        container = Merged(container, overrides, "env", "name");
        if (overrides.Object("resources") is { } resources)
            container = container.With("resources", Laid(container.Object("resources") ?? RawDocument.Empty, resources));
        return container.With(overrides.Without("env", "resources"));
    }

    /// <summary>Overrides the containers of a list, each by its name.</summary>
    private static RawDocument ByName(RawDocument owner, RawDocument overrides, string list, string? usual, Func<RawDocument, RawDocument, RawDocument> change)
    {
        List<RawDocument> containers = [.. owner.List(list).Select(RawDocument.From)];
        foreach (RawDocument changed in overrides.List(list).Select(RawDocument.From))
        {
            string? name = changed.Text("name") ?? usual;
            int index = containers.FindIndex(container => (container.Text("name") ?? usual) == name);
            if (index < 0)
                throw BatchService.ClientError($"The job definition has no container {name ?? "without a name"} in {list} that could be overridden.");
            containers[index] = change(containers[index], changed);
        }

        return owner[list] is null ? owner : owner.With(list, containers);
    }

    private static RawDocument Merged(RawDocument container, RawDocument overrides, string list, string key)
    {
        List<RawDocument> changed = [.. overrides.List(list).Select(RawDocument.From)];
        if (changed.Count == 0)
            return container;
        IEnumerable<RawDocument> kept = container.List(list).Select(RawDocument.From).Where(item => changed.All(other => other.Text(key) != item.Text(key)));
        return container.With(list, kept.Concat(changed).ToList());
    }

    /// <summary>A structure of maps with another laid over it, map by map.</summary>
    private static RawDocument Laid(RawDocument below, RawDocument above) => above.Members.Aggregate(below, (all, member) =>
        member.Value.ValueKind == JsonValueKind.Object && all.Object(member.Key) is { } map ? all.With(member.Key, map.With(RawDocument.From(member.Value))) : all.With(member.Key, member.Value));
}
