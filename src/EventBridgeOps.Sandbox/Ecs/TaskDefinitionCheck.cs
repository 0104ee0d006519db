using System.Text.Json;
using System.Text.RegularExpressions;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.Ecs;

/// <summary>What ECS refuses to register.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html; words as recorded answers have them.</remarks>
internal static class TaskDefinitionCheck
{
    /// <summary>The values of memory for each value of cpu that Fargate has, in MiB.</summary>
    private static readonly Dictionary<int, (int Least, int Most, int Step)> Fargate = new()
    {
        [256] = (512, 2048, 512),
        [512] = (1024, 4096, 1024),
        [1024] = (2048, 8192, 1024),
        [2048] = (4096, 16384, 1024),
        [4096] = (8192, 30720, 1024),
        [8192] = (16384, 61440, 4096),
        [16384] = (32768, 122880, 8192),
    };

    public static void Check(RawDocument input)
    {
        string family = EcsErrors.Required(input, "family", "Family");
        if (!Regex.IsMatch(family, $@"\A{EcsNames.NamePattern}\z", RegexOptions.CultureInvariant))
            throw EcsErrors.Client("Family contains invalid characters.");
        if (input["containerDefinitions"] is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
            throw EcsErrors.Client("Container list cannot be empty.");
        if (input.Text("networkMode") is { } mode && mode is not ("bridge" or "host" or "awsvpc" or "none"))
            throw EcsErrors.Client($"networkMode {mode} is not valid: it should be one of [bridge, host, awsvpc, none].");

        List<RawDocument> containers = list.EnumerateArray().Select(RawDocument.From).ToList();
        bool hasMemory = input["memory"] is not null;
        foreach (RawDocument container in containers)
            CheckContainer(container, hasMemory);
        if (containers.Select(container => container.Text("name")).Distinct().Count() < containers.Count)
            throw EcsErrors.Client("Container names must be unique.");
        if (containers.All(container => container["essential"] is { ValueKind: JsonValueKind.False }))
            throw EcsErrors.Client("There must be at least one essential container.");
        if (input.Texts("requiresCompatibilities").Contains("FARGATE"))
            CheckFargate(input);
    }

    private static void CheckContainer(RawDocument container, bool hasMemory)
    {
        foreach (string member in new[] { "name", "image" })
        {
            if (string.IsNullOrEmpty(container.Text(member)))
                throw EcsErrors.Client($"Container.{member} should not be null or empty.");
        }

        if (!hasMemory && container["memory"] is null && container["memoryReservation"] is null)
        {
            throw EcsErrors.Client(
                $"Invalid setting for container '{container.Text("name")}'. At least one of 'memory' or 'memoryReservation' must be specified.");
        }
    }

    private static void CheckFargate(RawDocument input)
    {
        if (input.Text("networkMode") is not (null or "awsvpc"))
            throw EcsErrors.Client("Fargate only supports network mode ‘awsvpc’.");
        string cpu = input.Text("cpu") ?? throw EcsErrors.Client("Fargate requires that 'cpu' be defined at the task level.");
        string memory = input.Text("memory") ?? throw EcsErrors.Client("Fargate requires that 'memory' be defined at the task level.");

        // "1 vCPU" and "2 GB" are other forms of the same.
        if (int.TryParse(cpu, out int units) && int.TryParse(memory, out int size)
            && !(Fargate.TryGetValue(units, out (int Least, int Most, int Step) range) && size >= range.Least && size <= range.Most && size % range.Step == 0))
        {
            throw EcsErrors.Client($"No Fargate configuration exists for given values: {units} CPU, {size} memory.");
        }
    }
}
