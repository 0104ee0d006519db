using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using EventBridgeOps.Records;
using EventBridgeOps.Reports;

namespace EventBridgeOps.PowerShell.Reports;

/// <summary>The records that a report accepts, from an object of the pipeline: the output of a cmdlet, or an object that was read back from CLIXML, JSON or CSV.</summary>
internal static class ShellRecord
{
    /// <summary>The record; null for an object that is not a record, or lacks a required property.</summary>
    public static object? From(PSObject source)
    {
        if (source.BaseObject is IReportable)
            return source.BaseObject;

        // A record can have all the properties by which another one is known: the one of which it has most is meant.
        Type? type = CoreRecords.All
            .Where(shape => shape.KnownBy.Count > 0 && shape.KnownBy.All(name => source.Properties[name] is not null))
            .OrderByDescending(shape => shape.Fields.Count(field => source.Properties[field.Name] is not null))
            .FirstOrDefault()?.Type;
        return type is null ? null : Read(type, source);
    }

    private static object? Read(Type type, PSObject source)
    {
        object record = Activator.CreateInstance(type)!;
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.CanWrite && (property.PropertyType.IsValueType || property.PropertyType == typeof(string))))
        {
            object? value = source.Properties[property.Name]?.Value;
            if (value is PSObject { BaseObject: PSCustomObject } parts && parts.Properties[nameof(DateTimeOffset.UtcDateTime)] is { } time)
                value = time.Value; // CLIXML has no DateTimeOffset, only its properties.
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
