using System.Globalization;
using System.Text;
using EventBridgeOps.Sandbox.DynamoDb.Rejections;

namespace EventBridgeOps.Sandbox.DynamoDb.Expressions;

/// <summary>What the parsers of all expressions have in common: the tokens, paths and placeholders.</summary>
internal sealed class ExpressionReader(string expression, ExpressionScope scope)
{
    /// <summary>The most bytes of an expression.</summary>
    /// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html</remarks>
    private const int MostBytes = 4096;

    /// <summary>Deeper than an expression with the allowed 300 operators needs, and less than the stack holds.</summary>
    private const int MostLevels = 300;

    private readonly List<Token> tokens = Tokenizer.Cut(expression);
    private int at;
    private int level;

    public FaultList Faults { get; } = new();

    public Token Current => tokens[at];

    public Token Following => tokens[Math.Min(at + 1, tokens.Count - 1)];

    /// <summary>Reads a whole expression of a request.</summary>
    /// <param name="name">The member that it is in, for messages.</param>
    /// <param name="expression">Its text.</param>
    /// <param name="scope">The placeholders of the request.</param>
    /// <param name="read">Reads it, from the first token.</param>
    public static T Read<T>(string name, string expression, ExpressionScope scope, Func<ExpressionReader, T> read)
    {
        try
        {
            if (expression.Length == 0)
                throw new ExpressionException("The expression can not be empty;");
            if (Encoding.UTF8.GetByteCount(expression) > MostBytes)
                throw new ExpressionException("Expression size has exceeded the maximum allowed size;");

            ExpressionReader reader = new(expression, scope);
            T result = read(reader);
            if (reader.Current.Kind != TokenKind.End)
                throw reader.Unexpected();
            reader.Faults.Check();
            return result;
        }
        catch (ExpressionException e)
        {
            throw DynamoErrors.Validation($"Invalid {name}: {e.Message}");
        }
    }

    public Token Take() => tokens[Math.Min(at++, tokens.Count - 1)];

    public bool TrySymbol(string symbol) => Try(Current.IsSymbol(symbol));

    public bool TryKeyword(string keyword) => Try(Current.IsKeyword(keyword));

    public void Expect(string symbol)
    {
        if (!TrySymbol(symbol))
            throw Unexpected();
    }

    public ExpressionException Unexpected() =>
        ExpressionException.Syntax(Current.Text, Tokenizer.Near(expression, Current.Start, Current.Start + (Current.Kind == TokenKind.End ? 0 : Current.Text.Length)));

    /// <summary>Reads something nested; what is nested too deeply is refused instead of ending the process.</summary>
    public T Nested<T>(Func<T> read)
    {
        if (++level > MostLevels)
            throw new ExpressionException("The expression contains too many operators or levels of nesting;");
        T result = read();
        level--;
        return result;
    }

    /// <summary>Reads items with commas between them.</summary>
    public List<T> Several<T>(Func<T> read)
    {
        List<T> items = [read()];
        while (TrySymbol(","))
            items.Add(read());
        return items;
    }

    public bool IsAtPath => Current.Kind is TokenKind.Word or TokenKind.NamePlaceholder;

    public bool IsAtFunction => Current.Kind == TokenKind.Word && Following.IsSymbol("(");

    public DocumentPath Path()
    {
        List<PathStep> steps = [new(Name(), 0)];
        while (true)
        {
            if (TrySymbol("."))
                steps.Add(new(Name(), 0));
            else if (TrySymbol("["))
                steps.Add(new(null, Index()));
            else
                return new(steps);
        }
    }

    public ValueOperand Value()
    {
        if (Current.Kind != TokenKind.ValuePlaceholder)
            throw Unexpected();

        string placeholder = Take().Text;
        Values.Value? value = scope.Value(placeholder);
        if (value is null)
            Faults.Add(Fault.UndefinedValue, $"An expression attribute value used in expression is not defined; attribute value: {placeholder}");
        return new(value);
    }

    private bool Try(bool isThere)
    {
        if (isThere)
            at++;
        return isThere;
    }

    private int Index()
    {
        if (Current.Kind != TokenKind.Index || !int.TryParse(Current.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            throw Unexpected();
        Take();
        Expect("]");
        return index;
    }

    private string Name()
    {
        if (!IsAtPath)
            throw Unexpected();

        Token token = Take();
        if (token.Kind == TokenKind.Word)
        {
            if (ReservedWords.Has(token.Text))
                Faults.Add(Fault.ReservedWord, $"Attribute name is a reserved keyword; reserved keyword: {token.Text}");
            return token.Text;
        }

        string? name = scope.Name(token.Text);
        if (name is null)
            Faults.Add(Fault.UndefinedName, $"An expression attribute name used in the document path is not defined; attribute name: {token.Text}");
        return name ?? "";
    }
}
