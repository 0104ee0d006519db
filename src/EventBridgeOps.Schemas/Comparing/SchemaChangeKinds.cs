namespace EventBridgeOps.Schemas.Comparing;

/// <summary>What kind of demand a keyword makes.</summary>
internal static class SchemaChangeKinds
{
    /// <summary>The kind.</summary>
    /// <param name="keyword">A keyword of JSON Schema, or <c>false</c>.</param>
    public static SchemaChangeKind Of(string keyword) => keyword switch
    {
        "type" => SchemaChangeKind.Type,
        "enum" or "const" => SchemaChangeKind.Value,
        "maximum" or "exclusiveMaximum" or "minimum" or "exclusiveMinimum" or "multipleOf" => SchemaChangeKind.Number,
        "maxLength" or "minLength" => SchemaChangeKind.Length,
        "pattern" => SchemaChangeKind.Pattern,
        "format" => SchemaChangeKind.Format,
        "maxItems" or "minItems" or "uniqueItems" => SchemaChangeKind.ItemCount,
        "unevaluatedItems" => SchemaChangeKind.OtherItems,
        "contains" or "minContains" or "maxContains" => SchemaChangeKind.Contains,
        "maxProperties" or "minProperties" => SchemaChangeKind.PropertyCount,
        "required" => SchemaChangeKind.Required,
        "dependentRequired" or "dependencies" => SchemaChangeKind.Dependency,
        "propertyNames" => SchemaChangeKind.PropertyName,
        "additionalProperties" or "unevaluatedProperties" => SchemaChangeKind.UnknownProperty,
        "anyOf" or "oneOf" => SchemaChangeKind.Alternative,
        "not" => SchemaChangeKind.Exclusion,
        "false" => SchemaChangeKind.Nothing,
        _ => SchemaChangeKind.Unknown,
    };
}
