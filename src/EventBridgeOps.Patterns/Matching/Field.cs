namespace EventBridgeOps.Patterns.Matching;

/// <summary>A path that some rule asks for.</summary>
internal sealed class Field
{
    public Field(string path, int number)
    {
        Path = path;
        Number = number;
    }

    public string Path { get; }

    public int Number { get; }

    /// <summary>How many tests there are of it.</summary>
    public int Uses { get; set; }
}

/// <summary>The fields by which a conjunction has been filed, the last one first.</summary>
internal sealed record FiledBy(Field Field, FiledBy? Before)
{
    public static bool Has(FiledBy? filedBy, Field field)
    {
        for (; filedBy != null; filedBy = filedBy.Before)
        {
            if (ReferenceEquals(filedBy.Field, field))
            {
                return true;
            }
        }

        return false;
    }
}
