using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using EventBridgeOps.Changes;
using EventBridgeOps.Checks;
using EventBridgeOps.Images;
using EventBridgeOps.PatternTesting;
using EventBridgeOps.Routes;
using EventBridgeOps.Sync;
using EventBridgeOps.Targets;

namespace EventBridgeOps.PowerShell.Reports;

/// <summary>The records that a report accepts, from an object of the pipeline: the output of a cmdlet, or an object that was read back from CLIXML, JSON or CSV.</summary>
internal static class ShellRecord
{
    /// <summary>Types that are recognized by their properties; the first match is used.</summary>
    private static readonly (Type Type, string[] Properties)[] Kinds =
    [
        (typeof(Delivery), ["Route", "InputKind", "State"]),
        (typeof(TargetRevision), ["TargetId", "JobDefinition", "State"]),
        (typeof(TargetSyncResult), ["TargetId", "Verified", "Status"]),
        (typeof(BatchImageUpdate), ["PreviousImage", "Verified", "Status"]),
        (typeof(BatchImage), ["ContainerName", "Image", "State"]),
        (typeof(CheckResult), ["Check", "Depth", "Status"]),
        (typeof(PatternCaseResult), ["Origin", "Expect", "Result"]),
    ];

    /// <summary>The record; null for an object that is not a record, or lacks a required property.</summary>
    public static object? From(PSObject source)
    {
        if (source.BaseObject is Change or PatternCheck || Array.Exists(Kinds, kind => kind.Type == source.BaseObject.GetType()))
            return source.BaseObject;
        Type? type = Array.Find(Kinds, kind => Array.TrueForAll(kind.Properties, name => source.Properties[name] is not null)).Type;
        return type is null ? null : Read(type, source);
    }

    private static object? Read(Type type, PSObject source)
    {
        object record = Activator.CreateInstance(type)!;
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.CanWrite && (property.PropertyType.IsValueType || property.PropertyType == typeof(string))))
        {
            object? value = source.Properties[property.Name]?.Value;
            bool isThere = value is not null && value.ToString() is { Length: > 0 };
            if (!isThere && property.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "RequiredMemberAttribute"))
                value = ""; // CSV has no null, and a narrowed object may have left it out.
            else if (!isThere)
                continue;
            if (!LanguagePrimitives.TryConvertTo(value, property.PropertyType, CultureInfo.InvariantCulture, out object? converted))
                return null;
            property.SetValue(record, converted);
        }

        return record;
    }
}
