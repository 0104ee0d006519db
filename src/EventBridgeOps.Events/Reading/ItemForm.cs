using EventBridgeOps.Events.Messages;

namespace EventBridgeOps.Events.Reading;

/// <summary>What the items of an input are, how one is read, and what is said where there is none.</summary>
/// <typeparam name="T">The type of an item.</typeparam>
public sealed record ItemForm<T>
{
    /// <summary>Reads an item from JSON text and the place where it was read. It throws an <see cref="OpsException"/> if it is not valid.</summary>
    public required Func<ReadOnlyMemory<byte>, string, T> Read { get; init; }

    /// <summary>The error that something is not an item: the place, and why, as a clause.</summary>
    public required Func<string, Message, OpsException> Invalid { get; init; }

    /// <summary>The warning that an input has no items.</summary>
    public required Func<string, Message> Nothing { get; init; }

    /// <summary>The items in a JSON document that holds them; null if it is an item itself, or nothing known. It throws an <see cref="OpsException"/> if the document cannot be one.</summary>
    public Func<ReadOnlyMemory<byte>, string, InnerItems?>? Open { get; init; }

    /// <summary>Whether no item of a file is read if the file is cut off: its beginning may not be what was meant.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The columns of an item in a CSV file; null if it cannot be in one.</summary>
    public CsvForm? Csv { get; init; }
}

/// <summary>The items in a document that holds them.</summary>
/// <param name="Items">Their JSON texts, each with the number of lines before it in the document.</param>
/// <param name="IsList">Whether there may be several, so that each is known by its index.</param>
public sealed record InnerItems(IReadOnlyList<InnerItem> Items, bool IsList);

/// <summary>An item in a document.</summary>
/// <param name="Utf8">Its JSON text.</param>
/// <param name="LinesBefore">The number of lines before it in the document.</param>
public readonly record struct InnerItem(ReadOnlyMemory<byte> Utf8, int LinesBefore = 0);
