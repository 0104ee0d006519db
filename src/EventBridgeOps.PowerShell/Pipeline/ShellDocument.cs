using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.PowerShell.Pipeline;

/// <summary>An object of the shell, such as a hashtable, as a JSON document. Secrets are rejected.</summary>
internal static class ShellDocument
{
    private const int MostDepth = 100;

    /// <summary>The JSON text of an object; a string is assumed to be JSON text already.</summary>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: it contains something that JSON cannot represent.</exception>
    public static string? Text(object? value) => Base(value) switch
    {
        null => null,
        string text => text,
        _ => EventBridgeOps.Events.Documents.Document.Write(From(value, 0)),
    };

    /// <summary>The JSON object of an object; null for null.</summary>
    /// <param name="value">The object.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="OpsException"><see cref="ErrorIds.InvalidArgument"/>: it is not an object with properties, or contains something that JSON cannot represent.</exception>
    public static JsonObject? Object(object? value, Message name)
    {
        try
        {
            return Base(value) switch
            {
                null => null,
                string text => text.Trim().Length == 0 ? null : EventBridgeOps.Events.Documents.Document.Parse(text),
                _ => From(value, 0) as JsonObject ?? throw new OpsException(ErrorIds.InvalidArgument, PipelineMessages.NotAnObject(name)),
            };
        }
        catch (System.Text.Json.JsonException)
        {
            throw new OpsException(ErrorIds.InvalidArgument, PipelineMessages.NotJsonObject(name));
        }
    }

    private static JsonNode? From(object? value, int depth)
    {
        if (depth > MostDepth)
            throw new OpsException(ErrorIds.InvalidArgument, PipelineMessages.NestedTooDeep(MostDepth));
        return Base(value) switch
        {
            null => null,
            SecureString or PSCredential => throw new OpsException(ErrorIds.InvalidArgument, PipelineMessages.HoldsSecret()),
            string text => JsonValue.Create(text),
            bool or SwitchParameter => JsonValue.Create(LanguagePrimitives.IsTrue(value)),
            char letter => JsonValue.Create(letter.ToString()),
            byte or sbyte or short or ushort or int or uint or long => JsonValue.Create(Convert.ToInt64(Base(value), CultureInfo.InvariantCulture)),
            ulong number => JsonValue.Create(number),
            decimal number => JsonValue.Create(number),
            float or double => Number(Convert.ToDouble(Base(value), CultureInfo.InvariantCulture)),
            Enum name => JsonValue.Create(name.ToString()),
            DateTime or DateTimeOffset => JsonValue.Create(ShellTime.Text(Base(value)!)),
            Guid or Uri or Version or TimeSpan => JsonValue.Create(Base(value)!.ToString()),
            JsonNode node => node.DeepClone(),
            IDictionary fields => Fields(fields, depth),
            IEnumerable elements => new JsonArray([.. elements.Cast<object?>().Select(element => From(element, depth + 1))]),
            _ => Properties(PSObject.AsPSObject(value!), depth),
        };
    }

    private static JsonValue Number(double number) => double.IsNaN(number) || double.IsInfinity(number)
        ? throw new OpsException(ErrorIds.InvalidArgument, PipelineMessages.NotANumber(number))
        : JsonValue.Create(number);

    private static JsonObject Fields(IDictionary fields, int depth)
    {
        JsonObject document = [];
        foreach (DictionaryEntry field in fields)
            document[Convert.ToString(Base(field.Key), CultureInfo.InvariantCulture) ?? ""] = From(field.Value, depth + 1);
        return document;
    }

    private static JsonObject Properties(PSObject source, int depth)
    {
        JsonObject document = [];
        foreach (PSPropertyInfo property in source.Properties.Where(property => property.IsGettable))
            document[property.Name] = From(Value(property), depth + 1);
        return document;
    }

    private static object? Value(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null; // A property that cannot be read is ignored.
        }
    }

    private static object? Base(object? value) => value is PSObject shell && shell.BaseObject is not PSCustomObject ? shell.BaseObject : value;
}
