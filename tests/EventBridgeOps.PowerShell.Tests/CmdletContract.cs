using System.Management.Automation;
using System.Reflection;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Tests;

/// <summary>A cmdlet as its attributes describe it. They are read as data, since the shell's own code is not there.</summary>
public sealed class CmdletContract
{
    private readonly CustomAttributeData _cmdlet;

    private CmdletContract(Type type)
    {
        Type = type;
        _cmdlet = Data(type, nameof(CmdletAttribute)).Single();
        Parameters = [.. type.GetProperties().Where(property => Data(property, nameof(ParameterAttribute)).Any()).Select(property => new ParameterContract(property))];
    }

    /// <summary>All cmdlets of the module.</summary>
    public static IReadOnlyList<CmdletContract> All { get; } =
        [.. typeof(AsyncCmdlet).Assembly.GetExportedTypes().Where(type => Data(type, nameof(CmdletAttribute)).Any()).Select(type => new CmdletContract(type)).OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)];

    public Type Type { get; }

    public string Verb => (string)_cmdlet.ConstructorArguments[0].Value!;

    public string Noun => (string)_cmdlet.ConstructorArguments[1].Value!;

    public string Name => $"{Verb}-{Noun}";

    public bool SupportsShouldProcess => _cmdlet.NamedArguments.Any(argument => argument.MemberName == "SupportsShouldProcess" && argument.TypedValue.Value is true);

    public bool HasOutputType => Data(Type, nameof(OutputTypeAttribute)).Any();

    public IReadOnlyList<ParameterContract> Parameters { get; }

    public override string ToString() => Name;

    internal static IEnumerable<CustomAttributeData> Data(MemberInfo member, string attribute) =>
        member.CustomAttributes.Where(data => data.AttributeType.Name == attribute);
}

/// <summary>A parameter of a cmdlet.</summary>
public sealed class ParameterContract(PropertyInfo property)
{
    public string Name => property.Name;

    public Type Type => property.PropertyType;

    public IReadOnlyList<string> Aliases { get; } = [.. CmdletContract.Data(property, nameof(AliasAttribute)).SelectMany(Names)];

    public bool ByPropertyName => Is("ValueFromPipelineByPropertyName");

    public bool ByValue => Is("ValueFromPipeline");

    public bool SupportsWildcards => CmdletContract.Data(property, nameof(SupportsWildcardsAttribute)).Any();

    /// <summary>The name of the type that completes it; null where none does.</summary>
    public string? Completer => CmdletContract.Data(property, nameof(ArgumentCompleterAttribute)).Select(data => ((Type)data.ConstructorArguments[0].Value!).Name).SingleOrDefault();

    private bool Is(string argument) => CmdletContract.Data(property, nameof(ParameterAttribute))
        .Any(data => data.NamedArguments.Any(named => named.MemberName == argument && named.TypedValue.Value is true));

    private static IEnumerable<string> Names(CustomAttributeData alias) =>
        ((IEnumerable<CustomAttributeTypedArgument>)alias.ConstructorArguments[0].Value!).Select(name => (string)name.Value!);
}
