#if NET
using System.Diagnostics.CodeAnalysis;
#endif
using System.Reflection;
using Amazon.Runtime;

namespace EventBridgeOps.Aws.Sessions;

/// <summary>
/// Credentials in an object of a type that we do not share, such as one of another copy of the AWS SDK: read through its
/// public members on each use, so that credentials that refresh themselves stay current.
/// </summary>
internal sealed class ForeignCredentials(object source) : AWSCredentials
{
    private const string Getter = "GetCredentials";

    /// <summary>True if the object has the members of credentials.</summary>
    public static bool Understands(object source) =>
        Method(source, Getter) is not null || Method(source, Getter + "Async") is not null || Held(source) is not null || HasKeys(source);

    public override ImmutableCredentials GetCredentials()
    {
        if (Method(source, Getter) is { } getter)
            return Keys(Call(getter)!);
        if (Method(source, Getter + "Async") is not null)
            return GetCredentialsAsync().GetAwaiter().GetResult();
        return Held(source) is { } held ? new ForeignCredentials(held).GetCredentials() : Keys(source);
    }

    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        if (Method(source, Getter + "Async") is not { } getter || Call(getter) is not Task task)
            return GetCredentials();
        await task;
        return Keys(Property(task, nameof(Task<int>.Result))!);
    }

    private object? Call(MethodInfo getter)
    {
        try
        {
            return getter.Invoke(source, null);
        }
        catch (TargetInvocationException failed)
        {
            throw failed.InnerException!;
        }
    }

    private static ImmutableCredentials Keys(object holder)
    {
        string? key = Text(holder, "AccessKey", "AccessKeyId");
        string? secret = Text(holder, "SecretKey", "SecretAccessKey");
        if (key is null || secret is null)
            throw new InvalidOperationException(SessionMessages.NoKeys(holder.GetType().Name).ToString());
        return new ImmutableCredentials(key, secret, Text(holder, "Token", "SessionToken"));
    }

    private static bool HasKeys(object holder) =>
        Text(holder, "AccessKey", "AccessKeyId") is not null && Text(holder, "SecretKey", "SecretAccessKey") is not null;

    private static object? Held(object holder) => Property(holder, "Credentials") is { } held && Understands(held) ? held : null;

    private static string? Text(object holder, params string[] names) =>
        names.Select(name => Property(holder, name) as string).FirstOrDefault(text => text is { Length: > 0 });

#if NET
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Only the user of a shell holds such an object, and shells are not trimmed.")]
#endif
    private static object? Property(object holder, string name) =>
        holder.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .FirstOrDefault(property => property.Name == name && property.CanRead && property.GetIndexParameters().Length == 0)?.GetValue(holder);

#if NET
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Only the user of a shell holds such an object, and shells are not trimmed.")]
#endif
    private static MethodInfo? Method(object holder, string name) =>
        holder.GetType().GetMethod(name, BindingFlags.Public | BindingFlags.Instance, null, Type.EmptyTypes, null);
}
