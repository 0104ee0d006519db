using System.Text;
using EventBridgeOps.Events.Names;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Ecr;

/// <summary>Repositories.</summary>
internal static class RepositoryOperations
{
    private const string NamePattern = @"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*";

    public static RawDocument Create(Operation operation)
    {
        string name = Name(operation);
        Table repositories = operation.State["repositories"];
        if (repositories.ContainsKey(name))
        {
            throw new AwsError(400, "RepositoryAlreadyExistsException",
                $"The repository with name '{name}' already exists in the registry with id '{operation.Account.Id}'");
        }

        repositories[name] = RawDocument.Empty
            .With("repositoryArn", operation.Arn("ecr", "repository/" + name))
            .With("registryId", operation.Account.Id)
            .With("repositoryName", name)
            .With("repositoryUri", $"{Host(operation)}/{name}")
            .With("createdAt", Json.Time(operation.Now))
            .With("imageTagMutability", "MUTABLE")
            .With("imageScanningConfiguration", RawDocument.Empty.With("scanOnPush", Json.Parse("false")))
            .With("encryptionConfiguration", RawDocument.Empty.With("encryptionType", "AES256"))
            .With(operation.Input.Without("repositoryName", "tags", "registryId"));
        return RawDocument.Empty.With("repository", repositories[name]);
    }

    public static RawDocument Describe(Operation operation)
    {
        List<string> names = operation.Input.Texts("repositoryNames").ToList();
        foreach (string name in names)
            Find(operation, name);

        Paging.Page<KeyValuePair<string, RawDocument>> page = operation.Page(
            operation.State["repositories"].Where(row => names.Count == 0 || names.Contains(row.Key)),
            row => row.Key, operation.Input.Number("maxResults"), operation.Input.Text("nextToken"), most: 1000);
        return RawDocument.Empty.With("repositories", page.Items.Select(row => row.Value)).With("nextToken", page.NextToken);
    }

    public static RawDocument Delete(Operation operation)
    {
        string name = Name(operation);
        RawDocument repository = Find(operation, name);
        Table images = operation.State["images"];
        List<string> own = ImageOperations.Of(operation, name).Select(image => image.Key).ToList();
        if (own.Count > 0 && !operation.Input.Flag("force"))
        {
            throw new AwsError(400, "RepositoryNotEmptyException",
                $"The repository with name '{name}' in registry with id '{operation.Account.Id}' cannot be deleted because it still contains images");
        }

        own.ForEach(image => images.Remove(image));
        LayerUploads.ForgetAll(operation, name);
        operation.State["repositories"].Remove(name);
        return RawDocument.Empty.With("repository", repository);
    }

    public static RawDocument GetAuthorizationToken(Operation operation) => RawDocument.Empty.With("authorizationData",
    [
        RawDocument.Empty
            .With("authorizationToken", Convert.ToBase64String(Encoding.ASCII.GetBytes("AWS:sandbox")))
            .With("expiresAt", Json.Time(operation.Now.AddHours(12)))
            .With("proxyEndpoint", "https://" + Host(operation)),
    ]);

    /// <summary>The repository that an operation names, checked to exist.</summary>
    public static string FindName(Operation operation)
    {
        string name = Name(operation);
        Find(operation, name);
        return name;
    }

    /// <summary>Checks an input in the words of ECR.</summary>
    public static void Check(Action<Constraints> check)
    {
        Constraints constraints = new();
        check(constraints);
        try
        {
            constraints.Check();
        }
        catch (AwsError e)
        {
            throw Invalid(e.Message);
        }
    }

    public static AwsError Invalid(string message) => new(400, "InvalidParameterException", message);

    private static string Name(Operation operation)
    {
        Check(constraints => constraints.Text("repositoryName", operation.Input["repositoryName"], true, 2, 256, NamePattern));
        return operation.Input.Text("repositoryName")!;
    }

    private static RawDocument Find(Operation operation, string name) =>
        operation.State["repositories"].Find(name) ?? throw new AwsError(400, "RepositoryNotFoundException",
            $"The repository with name '{name}' does not exist in the registry with id '{operation.Account.Id}'");

    private static string Host(Operation operation) => ImageRegistry.EcrHost(operation.Account.Id, operation.Call.Region);
}
