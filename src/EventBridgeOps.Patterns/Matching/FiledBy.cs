namespace EventBridgeOps.Patterns.Matching;

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
