namespace EventBridgeOps.Help.Views;

/// <summary>Cuts a text in its middle by the cells that it takes in a terminal, and never within what a reader sees as one letter.</summary>
/// <remarks>A script of operators: views also run in constrained language mode, where no method can be called. A mark before each wide letter makes it count twice.</remarks>
internal static class CellCut
{
    /// <summary>A private character, which no name needs.</summary>
    private const string Mark = @"\uE000";

    private const string Flag = @"(?:\uD83C[\uDDE6-\uDDFF]){2}";
    private const string Skin = @"\uD83C[\uDFFB-\uDFFF]";

    /// <summary>Letters that take two cells: https://www.unicode.org/reports/tr11/, and the pictures and ideographs beyond the first plane.</summary>
    private const string Wide = @"[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\uD83C-\uD83E\uD840-\uD888][\uDC00-\uDFFF]";

    /// <summary>A letter with its accents, variants and tones of skin, and with what is joined to it.</summary>
    private const string Letter = $@"(?>(?:{Flag}|[\uD800-\uDBFF][\uDC00-\uDFFF]|.)(?:[\p{{M}}\u200B-\u200D]|{Skin}|(?<=\u200D)(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|.))*)";

    /// <summary>The statements that cut a text.</summary>
    /// <param name="text">The expression of the text.</param>
    /// <param name="room">The variable with how many cells of the beginning are kept.</param>
    /// <param name="tail">How many cells of the end are kept.</param>
    public static string Of(string text, string room, int tail) => $$"""
        $letter = '{{Letter}}'
        {{text}} -replace '(?<!\u200D)(?!{{Skin}})(?:{{Flag}}|{{Wide}})', "$([char]0xE000)`$0" -replace "^(?=$letter{$({{room}} + {{tail + 2}})})($letter{{{room}}})$letter{2,}?(?<!{{Mark}})($letter{{{Math.Max(0, tail - 1)}},{{tail}}})$", '$1…$2' -replace '{{Mark}}'
        """;
}
