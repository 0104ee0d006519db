using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Events;

/// <summary>Writes a PowerShell object as JSON: hashtables, custom objects, the output of <c>ConvertFrom-Json</c>, objects of AWS Tools.</summary>
/// <remarks>
/// Whole numbers and decimals keep their digits; dates become ISO 8601 in UTC, enumerations and AWS's constants their names. Values that JSON cannot represent (a script block, NaN)
/// and objects that contain themselves are errors.
/// </remarks>
internal static class EventJson
{
    private const int Deepest = 100;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The object's JSON text in UTF-8.</summary>
    /// <exception cref="ShellJsonException">It cannot be converted to JSON; the fault says what, and where in it.</exception>
    public static byte[] Write(object? value)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Options))
            new Writing(json).Write(value, "$");
        return stream.ToArray();
    }

    private sealed class Writing(Utf8JsonWriter json)
    {
        private readonly List<object> _within = [];

        public void Write(object? value, string path)
        {
            object? plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
            switch (plain)
            {
                case null or DBNull:
                    json.WriteNullValue();
                    break;
                case string or char or Guid or Uri or TimeSpan or Version:
                    WriteText(Convert.ToString(plain, CultureInfo.InvariantCulture)!, path);
                    break;
                case bool flag:
                    json.WriteBooleanValue(flag);
                    break;
                case Enum name:
                    WriteText(name.ToString(), path);
                    break;
                case DateTime or DateTimeOffset:
                    WriteText(ShellTime.Text(plain), path);
                    break;
                case double or float:
                    WriteFraction(Convert.ToDouble(plain, CultureInfo.InvariantCulture), plain, path);
                    break;
                case sbyte or byte or short or ushort or int or uint or long or ulong or decimal or System.Numerics.BigInteger:
                    json.WriteRawValue(((IFormattable)plain).ToString(null, CultureInfo.InvariantCulture));
                    break;
                case JsonNode node:
                    node.WriteTo(json);
                    break;
                case JsonElement element:
                    element.WriteTo(json);
                    break;
                case ScriptBlock or Delegate or Type or System.Reflection.MemberInfo or Stream:
                    throw new ShellJsonException(ShellEventMessages.NoJson(path, plain.GetType().Name));
                default:
                    WriteWithin(value!, plain, path);
                    break;
            }
        }

        private void WriteWithin(object value, object plain, string path)
        {
            if (plain is not ValueType && _within.Exists(outer => ReferenceEquals(outer, plain)))
                throw new ShellJsonException(ShellEventMessages.ContainsItself(path));
            if (_within.Count >= Deepest)
                throw new ShellJsonException(ShellEventMessages.NestedTooDeep(path, Deepest));
            _within.Add(plain);
            if (plain is IDictionary entries)
                WriteFields(entries.Keys.Cast<object>().Select(key => (Text(key, path), new Func<object?>(() => entries[key]))), path);
            else if (plain is IEnumerable elements)
                WriteElements(elements, path);
            else if (IsConstant(plain))
                WriteText(plain.ToString() ?? "", path);
            else
                WriteFields(Properties(value), path);
            _within.RemoveAt(_within.Count - 1);
        }

        private void WriteElements(IEnumerable elements, string path)
        {
            json.WriteStartArray();
            int index = 0;
            foreach (object? element in elements)
                Write(element, $"{path}[{index++}]");
            json.WriteEndArray();
        }

        private void WriteFields(IEnumerable<(string Name, Func<object?> Value)> fields, string path)
        {
            json.WriteStartObject();
            foreach ((string name, Func<object?> value) in fields)
            {
                try
                {
                    json.WritePropertyName(name);
                }
                catch (ArgumentException e)
                {
                    throw new ShellJsonException(ShellEventMessages.SurrogateInKey(path), e);
                }

                Write(value(), $"{path}.{name}");
            }

            json.WriteEndObject();
        }

        private void WriteText(string text, string path)
        {
            try
            {
                json.WriteStringValue(text);
            }
            catch (ArgumentException e)
            {
                throw new ShellJsonException(ShellEventMessages.Surrogate(path), e);
            }
        }

        private void WriteFraction(double number, object original, string path)
        {
            if (double.IsNaN(number) || double.IsInfinity(number))
                throw new ShellJsonException(ShellEventMessages.NotANumber(path, number));
            if (original is float single)
                json.WriteNumberValue(single);
            else
                json.WriteNumberValue(number);
        }

        private static IEnumerable<(string, Func<object?>)> Properties(object value) => PSObject.AsPSObject(value).Properties
            .Where(property => property.IsGettable && property.MemberType is PSMemberTypes.NoteProperty or PSMemberTypes.Property or PSMemberTypes.AliasProperty or PSMemberTypes.ScriptProperty or PSMemberTypes.CodeProperty)
            .Where(property => value is PSObject { BaseObject: PSCustomObject } || !property.Name.StartsWith("PS", StringComparison.Ordinal)) // what the shell notes about where an object is from
            .Select(property => (property.Name, new Func<object?>(() => Value(property))));

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

        private static string Text(object key, string path) =>
            LanguagePrimitives.TryConvertTo(key, CultureInfo.InvariantCulture, out string? text) && text is not null ? text : throw new ShellJsonException(ShellEventMessages.KeyNotText(path));

        // AWS Tools' enumerations are objects of a class derived from this one.
        private static bool IsConstant(object value)
        {
            for (Type? type = value.GetType().BaseType; type is not null; type = type.BaseType)
            {
                if (type.FullName == "Amazon.Runtime.ConstantClass")
                    return true;
            }

            return false;
        }
    }
}

/// <summary>An object of the shell cannot be converted to JSON.</summary>
internal sealed class ShellJsonException(Message fault, Exception? innerException = null) : Exception(fault.ToString(), innerException)
{
    /// <summary>What cannot be converted, and where it is in the object.</summary>
    public Message Fault => fault;
}
