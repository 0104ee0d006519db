namespace EventBridgeOps.Sandbox.DynamoDb.Expressions;

internal enum TokenKind
{
    End,

    /// <summary>A word: an attribute name, a function or a keyword.</summary>
    Word,

    /// <summary>A placeholder of an attribute name: #name.</summary>
    NamePlaceholder,

    /// <summary>A placeholder of a value: :value.</summary>
    ValuePlaceholder,

    /// <summary>The index of an element of a list.</summary>
    Index,

    /// <summary>An operator, a bracket, a dot or a comma.</summary>
    Symbol,
}

/// <summary>A word of an expression, and where it starts.</summary>
internal sealed record Token(TokenKind Kind, string Text, int Start)
{
    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    /// <summary>Whether it is this keyword, in whatever case.</summary>
    public bool IsKeyword(string keyword) => Kind == TokenKind.Word && string.Equals(Text, keyword, StringComparison.OrdinalIgnoreCase);
}
