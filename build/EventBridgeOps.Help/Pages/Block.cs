namespace EventBridgeOps.Help.Pages;

/// <summary>A part of a page, with the line that it begins in, from 1.</summary>
internal abstract record Block(int Line);

/// <summary>Words, on one line; the marks of code, stress and links are still in them.</summary>
internal sealed record Paragraph(int Line, string Text) : Block(Line);

/// <summary>Code, to the letter.</summary>
internal sealed record Code(int Line, string Language, string Text) : Block(Line);

/// <summary>A list with bullets.</summary>
internal sealed record Bullets(int Line, IReadOnlyList<string> Items) : Block(Line);

/// <summary>A table. The first row is in <paramref name="Line"/> + 2.</summary>
internal sealed record Table(int Line, IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows) : Block(Line);

/// <summary>What stands under a heading of the second level.</summary>
internal sealed record Section(int Line, string Title, IReadOnlyList<Block> Blocks);
