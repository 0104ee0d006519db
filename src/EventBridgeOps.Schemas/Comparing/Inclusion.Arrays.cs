namespace EventBridgeOps.Schemas.Comparing;

/// <summary>What a reader demands of arrays.</summary>
internal sealed partial class Inclusion
{
    private void OfArrays(Conjunction writer, SchemaNode reader, Place place, List<Gap> gaps)
    {
        decimal? most = writer.MostItems;
        if (reader["maxItems"] is not null && !(most <= reader.Number("maxItems")))
            gaps.Add(new Gap(SchemaChangeKind.ItemCount, place, writer, reader, "maxItems"));
        if (reader["minItems"] is not null && !(writer.Least("minItems") >= reader.Number("minItems")))
            gaps.Add(new Gap(SchemaChangeKind.ItemCount, place, writer, reader, "minItems"));
        if (reader.IsTrue("uniqueItems") && most is not <= 1 && !writer.Nodes.Any(node => node.IsTrue("uniqueItems")))
            gaps.Add(new Gap(SchemaChangeKind.ItemCount, place, writer, reader, "uniqueItems"));
        int first = Math.Min(Math.Max(writer.FirstItemCount, reader.FirstItems.Count), MostItems);
        if (writer.FirstItemCount > MostItems || reader.FirstItems.Count > MostItems)
            gaps.Add(new Gap(SchemaChangeKind.Unknown, place, writer, reader, "prefixItems"));
        for (int i = 0; i <= first && !(i >= most); i++)
        {
            SchemaNode? demanded = i < reader.FirstItems.Count ? reader.FirstItems[i] : reader.OtherItems;
            if (demanded is null || IsEmpty(writer.Item(i)))
                continue;
            if (demanded.IsFalse)
                gaps.Add(new Gap(SchemaChangeKind.OtherItems, place.Item(writer, i), writer.Item(i), demanded, ""));
            else
                gaps.AddRange(Find(writer.Item(i), demanded, place.Item(writer, i)));
        }

        OfContains(writer, reader, place, most, gaps);
        if (reader.Child("unevaluatedItems") is { } others)
            OfUnevaluatedItems(writer, reader, others, place, most, gaps);
    }

    private void OfContains(Conjunction writer, SchemaNode reader, Place place, decimal? most, List<Gap> gaps)
    {
        if (reader.Child("contains") is not { } kind)
            return;
        decimal demanded = reader["minContains"] is null ? 1 : reader.Number("minContains") ?? decimal.MaxValue;
        decimal? allowed = reader.Number("maxContains");
        bool hasEnough = demanded <= 0
            || writer.Nodes.Any(node => node.Child("contains") is { } own && (node.Number("minContains") ?? 1) >= demanded && SameMeaning.Of(own, kind))
            || (writer.Least("minItems") >= demanded && demanded <= MostItems && Enumerable.Range(0, (int)demanded).All(index => IsProved(writer.Item(index), kind)));
        if (!hasEnough)
            gaps.Add(new Gap(SchemaChangeKind.Contains, place, writer, reader, "contains"));
        if (reader["maxContains"] is null)
            return;
        bool hasFewEnough = most <= allowed || writer.Nodes.Any(node => node.Child("contains") is { } own && node.Number("maxContains") <= allowed && SameMeaning.Of(own, kind));
        if (!hasFewEnough)
            gaps.Add(new Gap(SchemaChangeKind.Contains, place, writer, reader, "maxContains"));
    }

    // Only without other schemas at the same place is it known which items nothing has evaluated.
    private void OfUnevaluatedItems(Conjunction writer, SchemaNode reader, SchemaNode others, Place place, decimal? most, List<Gap> gaps)
    {
        if (Conjunction.InPlace(reader).Any() || reader["contains"] is not null)
        {
            gaps.Add(new Gap(SchemaChangeKind.Unknown, place, writer, reader, "unevaluatedItems"));
            return;
        }

        if (reader.OtherItems is not null)
            return;
        for (int i = reader.FirstItems.Count; i <= Math.Max(writer.FirstItemCount, reader.FirstItems.Count) && !(i >= most); i++)
        {
            if (!IsEmpty(writer.Item(i)))
                gaps.AddRange(others.IsFalse ? [new Gap(SchemaChangeKind.OtherItems, place.Item(writer, i), writer.Item(i), others, "")] : Find(writer.Item(i), others, place.Item(writer, i)));
        }
    }
}
