using System.Collections;
using System.Management.Automation;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>Says in plain words which values a parameter accepts; without it, PowerShell names the .NET type.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NamesAttribute(Type names) : ArgumentTransformationAttribute
{
    /// <summary>The enumeration whose names the parameter accepts.</summary>
    public Type Names => names;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        // As the command line spells names of several words.
        if (plain is string hyphened && hyphened.Contains('-') && LanguagePrimitives.TryConvertTo(hyphened.Replace("-", ""), names, out object? named))
            return named;
        foreach (object? one in plain is IEnumerable items and not string ? items : new[] { plain })
        {
            // What is null or empty is the matter of the parameter's own rules.
            if (one is not null && one.ToString() is { Length: > 0 } text && !LanguagePrimitives.TryConvertTo(one, names, out _))
                throw new ArgumentTransformationMetadataException(PipelineMessages.NotAName(text, Enum.GetNames(names)).ToString());
        }

        return inputData;
    }
}
