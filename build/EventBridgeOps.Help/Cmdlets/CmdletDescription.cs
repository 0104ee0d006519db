using System.Collections;
using System.Management.Automation;
using System.Reflection;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.Help.Cmdlets;

/// <summary>A cmdlet as it was compiled. Its attributes are read as data, since the shell's own code is not there.</summary>
public sealed class CmdletDescription
{
    /// <summary>The name of the one parameter set of a cmdlet that names none.</summary>
    public const string AllSets = "__AllParameterSets";

    private readonly CustomAttributeData _cmdlet;

    private CmdletDescription(Type type)
    {
        Type = type;
        _cmdlet = Data(type, nameof(CmdletAttribute)).Single();
        object made = Activator.CreateInstance(type)!;
        Parameters = [.. type.GetProperties().Where(property => Data(property, nameof(ParameterAttribute)).Any()).Select(property => new ParameterDescription(property, made))];
        (made as IDisposable)?.Dispose();
        string[] sets = [.. Parameters.SelectMany(parameter => parameter.Sets.Keys).Where(set => set != AllSets).Distinct()];
        ParameterSets = sets.Length == 0 ? [AllSets] : [.. sets.OrderBy(set => set != Named("DefaultParameterSetName") as string)];
    }

    /// <summary>All cmdlets of the module.</summary>
    public static IReadOnlyList<CmdletDescription> All { get; } =
        [.. typeof(AsyncCmdlet).Assembly.GetExportedTypes().Where(type => Data(type, nameof(CmdletAttribute)).Any()).Select(type => new CmdletDescription(type)).OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)];

    public Type Type { get; }

    public string Verb => (string)_cmdlet.ConstructorArguments[0].Value!;

    public string Noun => (string)_cmdlet.ConstructorArguments[1].Value!;

    public string Name => $"{Verb}-{Noun}";

    public bool SupportsShouldProcess => Named("SupportsShouldProcess") is true;

    /// <summary>How much harm a change can do; <c>Medium</c> where nothing is said.</summary>
    public ConfirmImpact ConfirmImpact => Named("ConfirmImpact") is int impact ? (ConfirmImpact)impact : ConfirmImpact.Medium;

    public IReadOnlyList<Type> OutputTypes => [.. Data(Type, nameof(OutputTypeAttribute)).SelectMany(output => (IEnumerable<CustomAttributeTypedArgument>)output.ConstructorArguments[0].Value!).Select(type => (Type)type.Value!)];

    public IReadOnlyList<ParameterDescription> Parameters { get; }

    /// <summary>The parameter sets, the default one first.</summary>
    public IReadOnlyList<string> ParameterSets { get; }

    /// <summary>The parameters of a set in the order in which PowerShell shows them: by position, then what must be given, then the others as they are declared.</summary>
    public IReadOnlyList<(ParameterDescription Parameter, ParameterUse Use)> InSet(string set) =>
    [
        .. Parameters.Select(parameter => (Parameter: parameter, Use: parameter.UseIn(set))).Where(pair => pair.Use is not null)
            .Select(pair => (pair.Parameter, Use: pair.Use!))
            .OrderBy(pair => pair.Use.Position ?? int.MaxValue).ThenByDescending(pair => pair.Use.Mandatory),
    ];

    public override string ToString() => Name;

    internal static IEnumerable<CustomAttributeData> Data(MemberInfo member, string attribute) =>
        member.CustomAttributes.Where(data => data.AttributeType.Name == attribute);

    private object? Named(string argument) => _cmdlet.NamedArguments.FirstOrDefault(named => named.MemberName == argument).TypedValue.Value;
}

/// <summary>How a parameter is used in a set.</summary>
public sealed record ParameterUse(bool Mandatory, int? Position, bool ByValue, bool ByPropertyName);

/// <summary>A parameter of a cmdlet.</summary>
public sealed class ParameterDescription
{
    // What the shell calls types by: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_type_accelerators
    private static readonly Dictionary<Type, string> Accelerators = new()
    {
        [typeof(string)] = "string",
        [typeof(int)] = "int",
        [typeof(double)] = "double",
        [typeof(object)] = "Object",
        [typeof(bool)] = "bool",
        [typeof(DateTime)] = "datetime",
        [typeof(TimeSpan)] = "timespan",
        [typeof(PSObject)] = "psobject",
        [typeof(SwitchParameter)] = "switch",
    };

    private readonly object? _default;

    internal ParameterDescription(PropertyInfo property, object made)
    {
        Name = property.Name;
        DeclaringType = property.DeclaringType!;
        Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Aliases = [.. CmdletDescription.Data(property, nameof(AliasAttribute)).SelectMany(alias => Values(alias.ConstructorArguments[0]))];
        SupportsWildcards = CmdletDescription.Data(property, nameof(SupportsWildcardsAttribute)).Any();
        Completer = CmdletDescription.Data(property, nameof(ArgumentCompleterAttribute)).Select(data => ((Type)data.ConstructorArguments[0].Value!).Name).SingleOrDefault();
        Type element = Type.IsArray ? Type.GetElementType()! : Type;
        AcceptedValues = element.IsEnum ? Enum.GetNames(element) : [.. CmdletDescription.Data(property, nameof(ValidateSetAttribute)).SelectMany(set => Values(set.ConstructorArguments[0]))];
        Sets = CmdletDescription.Data(property, nameof(ParameterAttribute)).ToDictionary(
            data => Argument(data, "ParameterSetName") as string ?? CmdletDescription.AllSets,
            data => new ParameterUse(
                Argument(data, "Mandatory") is true,
                Argument(data, "Position") is int position && position >= 0 ? position : null,
                Argument(data, "ValueFromPipeline") is true,
                Argument(data, "ValueFromPipelineByPropertyName") is true));
        _default = property.GetValue(made);
    }

    public string Name { get; }

    /// <summary>The cmdlet, or the base class that it shares the parameter with others by.</summary>
    public Type DeclaringType { get; }

    /// <summary>The type of its value; of a nullable one, what it is when it is there.</summary>
    public Type Type { get; }

    public bool IsSwitch => Type == typeof(SwitchParameter);

    /// <summary>The type as PowerShell writes it: <c>string[]</c>.</summary>
    public string TypeName => Type.IsArray ? NameOf(Type.GetElementType()!) + "[]" : NameOf(Type);

    public IReadOnlyList<string> Aliases { get; }

    public bool SupportsWildcards { get; }

    /// <summary>The name of the type that completes it; null if there is none.</summary>
    public string? Completer { get; }

    /// <summary>The only values that it accepts; empty if any value is accepted.</summary>
    public IReadOnlyList<string> AcceptedValues { get; }

    /// <summary>Its use by the name of the parameter set.</summary>
    public IReadOnlyDictionary<string, ParameterUse> Sets { get; }

    /// <summary>What it is when it is not given; null where that is nothing.</summary>
    public string? Default => _default switch
    {
        null => null,
        string text => text.Length == 0 ? null : text,
        IEnumerable values => string.Join(", ", values.Cast<object>()) is { Length: > 0 } text ? text : null,
        IFormattable value => value.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => IsSwitch ? "False" : _default.ToString(),
    };

    public bool ByValue => Sets.Values.Any(use => use.ByValue);

    public bool ByPropertyName => Sets.Values.Any(use => use.ByPropertyName);

    public ParameterUse? UseIn(string set) => Sets.GetValueOrDefault(set) ?? Sets.GetValueOrDefault(CmdletDescription.AllSets);

    private static string NameOf(Type type) => Accelerators.GetValueOrDefault(type, type.Name);

    private static object? Argument(CustomAttributeData data, string name) => data.NamedArguments.FirstOrDefault(named => named.MemberName == name).TypedValue.Value;

    private static IEnumerable<string> Values(CustomAttributeTypedArgument argument) =>
        ((IEnumerable<CustomAttributeTypedArgument>)argument.Value!).Select(value => (string)value.Value!);
}
