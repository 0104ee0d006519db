namespace EventBridgeOps.Schemas.Comparing;

/// <summary>What a schema demands that the other does not guarantee.</summary>
/// <remarks>The kinds follow those of Confluent's schema registry (https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/serdes-json.html#json-schema-compatibility-rules).</remarks>
public enum SchemaChangeKind : long
{
    /// <summary>A type (<c>type</c>).</summary>
    Type,

    /// <summary>One of listed values (<c>enum</c>, <c>const</c>).</summary>
    Value,

    /// <summary>A limit or divisor of a number (<c>maximum</c>, <c>minimum</c>, <c>multipleOf</c>, ...).</summary>
    Number,

    /// <summary>A length of a string (<c>maxLength</c>, <c>minLength</c>).</summary>
    Length,

    /// <summary>A pattern (<c>pattern</c>).</summary>
    Pattern,

    /// <summary>A format (<c>format</c>).</summary>
    Format,

    /// <summary>A number of items, or that they are unique (<c>maxItems</c>, <c>minItems</c>, <c>uniqueItems</c>).</summary>
    ItemCount,

    /// <summary>Items beyond the listed ones are refused (<c>items: false</c>, <c>additionalItems: false</c>, <c>unevaluatedItems</c>).</summary>
    OtherItems,

    /// <summary>An item of a kind (<c>contains</c>).</summary>
    Contains,

    /// <summary>A number of properties (<c>maxProperties</c>, <c>minProperties</c>).</summary>
    PropertyCount,

    /// <summary>A property (<c>required</c>).</summary>
    Required,

    /// <summary>A property if another one is present (<c>dependentRequired</c>, <c>dependencies</c>).</summary>
    Dependency,

    /// <summary>Names of properties (<c>propertyNames</c>).</summary>
    PropertyName,

    /// <summary>A value of a property that the other schema does not declare, and allows with any value. Harmless under the lenient policy: producers send what they declare.</summary>
    PropertyOfOpenContentModel,

    /// <summary>A value of a property that the other schema does not declare, and allows with certain values. Harmless under the lenient policy.</summary>
    PropertyNotCoveredByPartiallyOpenContentModel,

    /// <summary>A property that this schema does not know is refused (<c>additionalProperties</c>, <c>unevaluatedProperties</c>). Harmless under the lenient policy: consumers ignore what they don't know.</summary>
    UnknownProperty,

    /// <summary>One of alternatives (<c>anyOf</c>, <c>oneOf</c>).</summary>
    Alternative,

    /// <summary>That a schema does not hold (<c>not</c>).</summary>
    Exclusion,

    /// <summary>Nothing is allowed (<c>false</c>).</summary>
    Nothing,

    /// <summary>It can't be decided, for example because of a keyword that JSON Schema does not define.</summary>
    Unknown,
}
