using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EventBridgeOps.Cli.Showing;

/// <summary>The properties of a record in their order: written out by hand, since reflection would cost every start.</summary>
internal sealed class Shape<T>(params Field<T>[] fields)
{
    public IReadOnlyList<Field<T>> Fields => fields;

    /// <summary>Writes one JSON object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="item">The record.</param>
    /// <param name="withDocuments">Whether AWS's own documents, which are large, are to be in it.</param>
    public void Write(Utf8JsonWriter json, T item, bool withDocuments)
    {
        json.WriteStartObject();
        foreach (Field<T> field in fields.Where(field => withDocuments || !field.IsDocument))
        {
            json.WritePropertyName(field.Name);
            field.Write(json, item, withDocuments);
        }

        json.WriteEndObject();
    }
}

/// <summary>One property.</summary>
internal sealed class Field<T>
{
    private readonly Func<T, object?> _value;
    private readonly Action<Utf8JsonWriter, object, bool>? _element;

    private Field(string name, Func<T, object?> value, bool isDocument, Action<Utf8JsonWriter, object, bool>? element) =>
        (Name, _value, IsDocument, _element) = (name, value, isDocument, element);

    public string Name { get; }

    /// <summary>Whether it is a document as AWS sent it.</summary>
    public bool IsDocument { get; }

    public static Field<T> Of(string name, Func<T, object?> value) => new(name, value, false, null);

    public static Field<T> Document(string name, Func<T, string?> value) => new(name, value, true, null);

    public static Field<T> List<TItem>(string name, Func<T, IReadOnlyList<TItem>> value, Shape<TItem> shape) =>
        new(name, value, false, (json, item, withDocuments) => shape.Write(json, (TItem)item, withDocuments));

    public void Write(Utf8JsonWriter json, T item, bool withDocuments) => Write(json, _value(item), withDocuments);

    /// <summary>The value as the text of a CSV field; what has parts is JSON text.</summary>
    public string Text(T item) => _value(item) switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        IEnumerable => JsonText.Of(json => Write(json, item, withDocuments: false)),
        { } other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
    };

    private void Write(Utf8JsonWriter json, object? value, bool withDocuments)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case DateTimeOffset time:
                json.WriteStringValue(time);
                break;
            case IEnumerable elements:
                json.WriteStartArray();
                foreach (object element in elements)
                {
                    if (_element is null)
                        Write(json, element, withDocuments);
                    else
                        _element(json, element, withDocuments);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }
}

/// <summary>JSON text for people and pipes alike: only what must be escaped is.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Options))
            write(json);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
