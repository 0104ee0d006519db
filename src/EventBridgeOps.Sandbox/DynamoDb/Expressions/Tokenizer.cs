namespace EventBridgeOps.Sandbox.DynamoDb.Expressions;

/// <summary>Cuts an expression into its tokens.</summary>
internal static class Tokenizer
{
    private static readonly string[] symbols = ["<>", "<=", ">=", "=", "<", ">", "(", ")", "[", "]", ",", ".", "+", "-"];

    /// <summary>The tokens, of which the last is the end.</summary>
    /// <exception cref="ExpressionException">A character cannot begin a token.</exception>
    public static List<Token> Cut(string expression)
    {
        List<Token> tokens = [];
        int at = 0;
        while (true)
        {
            while (at < expression.Length && expression[at] is ' ' or '\t' or '\r' or '\n')
                at++;
            if (at == expression.Length)
                break;

            Token token = Next(expression, at);
            tokens.Add(token);
            at += token.Text.Length;
        }

        tokens.Add(new(TokenKind.End, "<EOF>", expression.Length));
        return tokens;
    }

    private static Token Next(string expression, int start)
    {
        char first = expression[start];
        if (IsLetter(first))
            return new(TokenKind.Word, Taken(expression, start, IsPart), start);
        if (IsDigit(first))
            return new(TokenKind.Index, Taken(expression, start, IsDigit), start);
        if (first is '#' or ':' && start + 1 < expression.Length && IsPart(expression[start + 1]))
        {
            return new(
                first == '#' ? TokenKind.NamePlaceholder : TokenKind.ValuePlaceholder, first + Taken(expression, start + 1, IsPart), start);
        }

        string? symbol = Array.Find(symbols, one => string.CompareOrdinal(expression, start, one, 0, one.Length) == 0);
        return symbol is null
            ? throw ExpressionException.Syntax(first.ToString(), Near(expression, start, start + 1))
            : new(TokenKind.Symbol, symbol, start);
    }

    /// <summary>The text around a token.</summary>
    public static string Near(string expression, int start, int end)
    {
        const int Around = 10;
        int from = Math.Max(0, start - Around), to = Math.Min(expression.Length, end + Around);
        return expression.Substring(from, to - from).Trim();
    }

    private static string Taken(string expression, int start, Func<char, bool> belongs)
    {
        int end = start;
        while (end < expression.Length && belongs(expression[end]))
            end++;
        return expression.Substring(start, end - start);
    }

    private static bool IsLetter(char character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_';

    private static bool IsDigit(char character) => character is >= '0' and <= '9';

    private static bool IsPart(char character) => IsLetter(character) || IsDigit(character);
}
