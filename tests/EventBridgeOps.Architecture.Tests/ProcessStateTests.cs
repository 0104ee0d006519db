using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EventBridgeOps.Architecture.Tests;

/// <summary>Sessions are values: what belongs to the whole process is read and changed in few places, each for a reason (decision 16).</summary>
public sealed class ProcessStateTests
{
    /// <summary>Members that read or change what all sessions of a process would share: by type, or by type and member.</summary>
    private static readonly string[] s_shared =
    [
        "System.Environment::GetEnvironmentVariable", "System.Environment::GetEnvironmentVariables", "System.Environment::SetEnvironmentVariable", "System.Environment::ExpandEnvironmentVariables",
        "System.Environment::GetFolderPath", "System.Environment::get_CurrentDirectory", "System.Environment::set_CurrentDirectory",
        "System.IO.Directory::GetCurrentDirectory", "System.IO.Directory::SetCurrentDirectory", "System.IO.Path::GetFullPath",
        "System.Random::get_Shared", "System.Net.Http.HttpClient::set_DefaultProxy",
        "Amazon.AWSConfigs", "Amazon.Runtime.FallbackRegionFactory", "Amazon.Runtime.FallbackCredentialsFactory", "Amazon.Runtime.Internal.FallbackInternalConfigurationFactory",
        "Amazon.Runtime.Credentials.DefaultAWSCredentialsIdentityResolver", "Amazon.Runtime.CredentialManagement.CredentialProfileStoreChain", "Amazon.Runtime.CredentialManagement.SharedCredentialsFile",
        "Amazon.Runtime.CredentialManagement.NetSDKCredentialsFile", "Amazon.Runtime.CredentialManagement.AWSCredentialsFactory", "Amazon.RuntimeDependencies.GlobalRuntimeDependencyRegistry",
        "Amazon.Runtime.EnvironmentVariablesAWSCredentials", "Amazon.Runtime.AssumeRoleAWSCredentials", "Amazon.Runtime.AssumeRoleWithWebIdentityCredentials", "Amazon.Runtime.SSOAWSCredentials",
        "Amazon.Runtime.FederatedAWSCredentials", "Amazon.Runtime.InstanceProfileAWSCredentials", "Amazon.Runtime.GenericContainerCredentials", "Amazon.Util.EC2InstanceMetadata",
    ];

    private static readonly Use[] s_allowed =
    [
        new("EventBridgeOps.Events.Files.FullPaths", "System.IO.Path::GetFullPath", "It demands a full path, or the folder that a relative one starts from."),
        new("EventBridgeOps.Aws.Sessions.Machine", "Amazon.Util.EC2InstanceMetadata", "The instance is the machine's, and is asked only if the host passes the machine."),
        new("EventBridgeOps.Aws.Sessions.Machine", "Amazon.Runtime.InstanceProfileAWSCredentials", "Likewise."),
        new("EventBridgeOps.Aws.Sessions.Machine", "Amazon.Runtime.GenericContainerCredentials", "Likewise, for a container."),
        new("EventBridgeOps.Aws.Sessions.Machine", "Amazon.Runtime.CredentialManagement.NetSDKCredentialsFile", "Likewise, for the encrypted profiles of a Windows user."),
        new("EventBridgeOps.Aws.Sessions.ProfileCredentials", "Amazon.Runtime.CredentialManagement.AWSCredentialsFactory", "A SAML role of such a profile; it is given the Region of the session."),
        new("EventBridgeOps.Sandbox.Engines.MotoFinder", "System.Environment::GetEnvironmentVariable", "A program is looked for where the process would start it from."),
        new("EventBridgeOps.Sandbox.Engines.MotoFinder", "System.Environment::GetFolderPath", "Likewise, where it was installed for the user."),
        new("EventBridgeOps.Sandbox.Engines.SandboxEnvironment", "System.Environment::GetEnvironmentVariables", "A function and the command of a job inherit the environment, without what would lead them away from the sandbox."),
        new("Program", "System.Environment::GetEnvironmentVariable", "The edge of the function: the one place where it reads its environment."),
        new("EventBridgeOps.Cli.Hosting.Terminal", "System.Environment::GetEnvironmentVariable", "The edge of the command line: the one place where it reads its environment."),
        new("EventBridgeOps.Cli.Hosting.Terminal", "System.IO.Directory::GetCurrentDirectory", "Likewise, its current folder."),
        new("EventBridgeOps.Cli.Completion.CompletionCommand", "System.Environment::SetEnvironmentVariable", "For a child process that Windows starts through the shell, which passes on no other environment."),
        new("EventBridgeOps.PowerShell.Pipeline.ShellEnvironment", "System.Environment::GetEnvironmentVariable", "The edge of the shell: the one place where cmdlets read $env:."),
        new("EventBridgeOps.Cli.Hosting.Terminal", "System.Environment::GetEnvironmentVariables", "Likewise, all variables of it."),
        new("EventBridgeOps.PowerShell.Sandbox.BorrowedEnvironment", "System.Environment::GetEnvironmentVariables", "The variables of the process that would lead away from a sandbox."),
        new("EventBridgeOps.PowerShell.Sandbox.BorrowedEnvironment", "System.Environment::GetEnvironmentVariable", "To restore the environment of the process."),
        new("EventBridgeOps.PowerShell.Sandbox.BorrowedEnvironment", "System.Environment::SetEnvironmentVariable", "Other AWS tools find a sandbox by the environment of the process."),
        new("EventBridgeOps.Loader.GetEbModuleAssemblyCommand", "System.IO.Path::GetFullPath", "The manifest of the module gives it a full path."),
    ];

    public static TheoryData<string> Projects { get; } = [.. Product.Projects];

    [Theory, MemberData(nameof(Projects))]
    public void What_belongs_to_the_process_is_used_in_few_places(string project)
    {
        using ModuleDefinition module = Product.Read(project);
        Assert.Empty(Uses(module).Where(use => !s_allowed.Any(allowed => allowed.Type == use.Type && allowed.Shared == use.Shared)).Select(use => $"{use.Type} uses {use.Shared}").Distinct());
    }

    [Fact]
    public void Every_exception_is_still_needed()
    {
        HashSet<(string, string)> used = [];
        foreach (string project in Product.Projects)
        {
            using ModuleDefinition module = Product.Read(project);
            used.UnionWith(Uses(module).Select(use => (use.Type, use.Shared)));
        }

        Assert.Empty(s_allowed.Where(allowed => !used.Contains((allowed.Type, allowed.Shared))).Select(allowed => $"{allowed.Type} no longer uses {allowed.Shared}"));
    }

    [Fact]
    public void A_use_is_found()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(typeof(ProcessStateTests).Assembly.Location);
        Assert.Contains(Uses(module), use => use.Type == typeof(Offender).FullName!.Replace('+', '/').Split('/')[0] && use.Shared == "System.IO.Directory::GetCurrentDirectory");
    }

    private static IEnumerable<(string Type, string Shared)> Uses(ModuleDefinition module) =>
        from type in module.GetTypes()
        from method in type.Methods
        where method.HasBody
        from instruction in method.Body.Instructions
        let shared = Shared(instruction)
        where shared is not null
        select (TypeReferences.Outermost(type).FullName, shared);

    private static string? Shared(Instruction instruction)
    {
        if (instruction.Operand is not MemberReference { DeclaringType: { } type } member)
            return null;
        string name = $"{type.FullName}::{member.Name}";
        return name == "System.IO.Path::GetFullPath" && member is MethodReference { Parameters.Count: > 1 } ? null // It is given a base.
            : Array.Find(s_shared, shared => shared == name || shared == type.FullName);
    }

    private sealed record Use(string Type, string Shared, string Reason);

    /// <summary>What the test must find.</summary>
    private static class Offender
    {
        public static Func<string> Folder => Directory.GetCurrentDirectory;
    }
}
