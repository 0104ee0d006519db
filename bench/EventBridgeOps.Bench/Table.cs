namespace EventBridgeOps.Bench;

/// <summary>A table that reads well on a terminal and in Markdown.</summary>
internal static class Table
{
    public static void Print(params IReadOnlyList<string[]> rows)
    {
        int[] widths = rows[0].Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        for (int i = 0; i < rows.Count; i++)
        {
            Console.WriteLine("| " + string.Join(" | ", rows[i].Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))) + " |");
            if (i == 0)
                Console.WriteLine("| " + string.Join(" | ", widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', width - 1) + ":")) + " |");
        }
    }
}
