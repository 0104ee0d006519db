using System.Text.Json;
using EventBridgeOps.Sandbox.DynamoDb.Rejections;
using EventBridgeOps.Sandbox.DynamoDb.Requests;
using EventBridgeOps.Sandbox.Wire;

namespace EventBridgeOps.Sandbox.DynamoDb.Tables;

/// <summary>Checks the definition of a table and of its indexes.</summary>
/// <remarks>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html; the messages are those that dynalite was compared with.</remarks>
internal static class TableChecks
{
    private const int MostLocal = 5;
    private const int MostGlobal = 20;

    /// <summary>Checks the table of a CreateTable request.</summary>
    public static void Definition(RawDocument request)
    {
        List<string> defined = Attributes(request);
        if (request["KeySchema"] is null or { ValueKind: JsonValueKind.Null })
            throw Missing("keySchema");
        Key(request, defined, "");

        HashSet<string> used = [.. KeySchema.From(request).Names], names = [];
        foreach (RawDocument index in Indexes(request, "LocalSecondaryIndexes", MostLocal))
            Local(request, index, defined, used, names);
        foreach (RawDocument index in Indexes(request, "GlobalSecondaryIndexes", MostGlobal))
            Global(request, index, defined, used, names);
        AllUsed(defined, used);
    }

    /// <summary>Checks that each attribute that is defined is one of a key.</summary>
    public static void AllUsed(IReadOnlyCollection<string> defined, HashSet<string> used)
    {
        if (defined.Count != used.Count)
        {
            throw DynamoErrors.Invalid(
                $"Some AttributeDefinitions are not used. AttributeDefinitions: [{string.Join(", ", defined)}], keys used: [{string.Join(", ", used)}]");
        }
    }

    /// <summary>The attributes that a request defines.</summary>
    public static List<string> Attributes(RawDocument request)
    {
        if (request["AttributeDefinitions"] is not { ValueKind: JsonValueKind.Array })
            throw Missing("attributeDefinitions");

        List<RawDocument> definitions = request.List("AttributeDefinitions").Select(RequestCheck.Object).ToList();
        RequestCheck.Constrained(constraints =>
        {
            for (int index = 0; index < definitions.Count; index++)
            {
                string at = $"attributeDefinitions.{index + 1}.member.";
                constraints.Text(at + "attributeName", definitions[index]["AttributeName"], required: true, 1, 255);
                constraints.Text(at + "attributeType", definitions[index]["AttributeType"], required: true);
                constraints.OneOf(at + "attributeType", definitions[index]["AttributeType"], "B", "N", "S");
            }
        });
        List<string> names = definitions.ConvertAll(definition => definition.Text("AttributeName")!);
        return names.Distinct().Count() == names.Count
            ? names
            : throw DynamoErrors.Invalid("Cannot have two attributes with the same name");
    }

    /// <summary>Checks a global index, also one that UpdateTable makes.</summary>
    public static void Global(RawDocument table, RawDocument index, List<string> defined, HashSet<string> used, HashSet<string> names)
    {
        Index(index, defined, used, names);
        if (table.Text("BillingMode") == "PAY_PER_REQUEST" && index["ProvisionedThroughput"] is not null)
        {
            throw DynamoErrors.Invalid(
                $"ProvisionedThroughput should not be specified for index: {index.Text("IndexName")} when BillingMode is PAY_PER_REQUEST");
        }
    }

    private static void Local(RawDocument table, RawDocument index, List<string> defined, HashSet<string> used, HashSet<string> names)
    {
        if (KeySchema.From(table).Range is null)
            throw DynamoErrors.Invalid("Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex");
        Index(index, defined, used, names);

        (string hash, string own, string name) = (KeySchema.From(table).Hash, KeySchema.From(index).Hash, index.Text("IndexName")!);
        if (KeySchema.From(index).Range is null)
            throw DynamoErrors.Invalid($"Index KeySchema does not have a range key for index: {name}");
        if (own != hash)
        {
            throw DynamoErrors.Invalid(
                $"Index KeySchema does not have the same leading hash key as table KeySchema for index: {name}. index hash key: {own}, table hash key: {hash}");
        }
    }

    private static void Index(RawDocument index, List<string> defined, HashSet<string> used, HashSet<string> names)
    {
        RequestCheck.Known(index, "IndexName", "KeySchema", "Projection", "ProvisionedThroughput");
        string name = RequestCheck.Text(index, "IndexName") ?? throw Missing("indexName");
        DynamoTable.CheckName(name, "IndexName");
        Key(index, defined, name);
        used.UnionWith(KeySchema.From(index).Names);

        RawDocument projection = index.Object("Projection") ?? throw Missing("projection");
        string? type = projection.Text("ProjectionType");
        if (type is null)
            throw DynamoErrors.Invalid("Unknown ProjectionType: null");
        RequestCheck.Constrained(constraints => constraints.OneOf("projection.projectionType", projection["ProjectionType"], "ALL", "INCLUDE", "KEYS_ONLY"));
        bool includes = projection.Texts("NonKeyAttributes").Any();
        if (includes != (type == "INCLUDE"))
            throw DynamoErrors.Invalid($"ProjectionType is {type}, but NonKeyAttributes is {(includes ? "" : "not ")}specified");
        if (!names.Add(name))
            throw DynamoErrors.Invalid($"Duplicate index name: {name}");
    }

    private static void Key(RawDocument owner, List<string> defined, string index)
    {
        List<RawDocument> elements = owner.List("KeySchema").Select(RequestCheck.Object).ToList();
        List<string?> names = elements.ConvertAll(element => element.Text("AttributeName"));
        if (elements.Count is 0 or > 2 || names.Contains(null))
        {
            throw DynamoErrors.Validation(
                $"1 validation error detected: Value '[{string.Join(", ", names)}]' at '{(index.Length > 0 ? index + "." : "")}keySchema' failed to satisfy constraint: Member must have length less than or equal to 2");
        }

        if (names.Exists(name => !defined.Contains(name!)))
        {
            throw DynamoErrors.Invalid(
                $"Some index key attributes are not defined in AttributeDefinitions. Keys: [{string.Join(", ", names)}], AttributeDefinitions: [{string.Join(", ", defined)}]");
        }

        if (names.Count == 2 && names[0] == names[1])
            throw DynamoErrors.Validation("Both the Hash Key and the Range Key element in the KeySchema have the same name");
        if (elements[0].Text("KeyType") != "HASH")
            throw DynamoErrors.Validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        if (elements.Count == 2 && elements[1].Text("KeyType") != "RANGE")
            throw DynamoErrors.Validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    }

    private static List<RawDocument> Indexes(RawDocument request, string member, int most)
    {
        if (request[member] is null or { ValueKind: JsonValueKind.Null })
            return [];

        List<RawDocument> indexes = RequestCheck.List(request[member]!.Value).ConvertAll(RequestCheck.Object);
        return indexes.Count == 0 ? throw DynamoErrors.Invalid($"List of {member} is empty")
            : indexes.Count > most ? throw DynamoErrors.Invalid(most == MostLocal
                ? "Number of LocalSecondaryIndexes exceeds per-table limit of 5"
                : "GlobalSecondaryIndex count exceeds the per-table limit of 20")
            : indexes;
    }

    private static AwsError Missing(string at) =>
        DynamoErrors.Validation($"1 validation error detected: Value null at '{at}' failed to satisfy constraint: Member must not be null");
}
