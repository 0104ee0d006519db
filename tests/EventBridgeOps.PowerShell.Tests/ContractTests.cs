using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using EventBridgeOps.Changes;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Help.Cmdlets;
using EventBridgeOps.Patterns.Syntax;
using EventBridgeOps.PowerShell.Sandbox;
using EventBridgeOps.PowerShell.Sessions;
using EventBridgeOps.Sandbox.Deliveries;
using EventBridgeOps.Schemas.Comparing;

namespace EventBridgeOps.PowerShell.Tests;

/// <summary>What every cmdlet promises. It needs no shell, so it always runs.</summary>
public sealed class ContractTests
{
    // https://learn.microsoft.com/powershell/scripting/developer/cmdlet/approved-verbs-for-windows-powershell-commands
    private static readonly string[] ApprovedVerbs =
        """
        Add Clear Close Copy Enter Exit Find Format Get Hide Join Lock Move New Open Optimize Pop Push Redo Remove Rename Reset Resize Search Select Set
        Show Skip Split Step Switch Undo Unlock Watch Connect Disconnect Read Receive Send Write Backup Checkpoint Compare Compress Convert ConvertFrom
        ConvertTo Dismount Edit Expand Export Group Import Initialize Limit Merge Mount Out Publish Restore Save Sync Unpublish Update Debug Measure Ping
        Repair Resolve Test Trace Approve Assert Build Complete Confirm Deny Deploy Disable Enable Install Invoke Register Request Restart Resume Start
        Stop Submit Suspend Uninstall Unregister Wait Block Grant Protect Revoke Unblock Unprotect Use
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    // Those that look, compare or convert, and change nothing anywhere.
    private static readonly string[] ReadingVerbs = ["Get", "Test", "Measure", "Compare", "ConvertTo"];

    public static TheoryData<CmdletDescription> Cmdlets => [.. CmdletDescription.All];

    [Fact]
    public void The_manifest_exports_exactly_the_cmdlets_that_there_are()
    {
        string exports = Regex.Match(Manifest(), @"CmdletsToExport\s*=\s*@\(([^)]*)\)").Groups[1].Value;
        Assert.Equal(CmdletDescription.All.Select(cmdlet => cmdlet.Name), Regex.Matches(exports, "'([^']+)'").Select(name => name.Groups[1].Value));
    }

    [Fact]
    public void The_manifest_carries_the_one_version()
    {
        Assert.Equal(Repository.Version.Split('-')[0], Regex.Match(Manifest(), @"ModuleVersion\s*=\s*'([^']+)'").Groups[1].Value);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Names_are_approved_verbs_with_a_noun_of_ours(CmdletDescription cmdlet)
    {
        Assert.Contains(cmdlet.Verb, ApprovedVerbs);
        Assert.Matches("^(Eb|Batch|Mvp)[A-Z][A-Za-z]*([^s]|Bus|Status)$", cmdlet.Noun);
        Assert.Equal($"{cmdlet.Verb}{cmdlet.Noun}Command", cmdlet.Type.Name);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_parameter_that_is_linked_to_an_option_has_its_name_its_limits_and_its_wildcards(CmdletDescription cmdlet)
    {
        foreach (ParameterDescription parameter in cmdlet.Parameters)
        {
            if (LinkedText.OptionOf(parameter) is not { } option)
                continue;
            double?[] range = [.. CmdletDescription.Data(parameter.DeclaringType.GetProperty(parameter.Name)!, nameof(ValidateRangeAttribute)).SelectMany(data => data.ConstructorArguments).Select(argument => (double?)(int)argument.Value!)];
            Assert.Equal((option.Name, option.Wildcards), (parameter.Name, parameter.SupportsWildcards));
            Assert.Equal(option.Min is null ? [] : [option.Min, option.Max ?? int.MaxValue], range);
        }
    }

    /// <summary>PowerShell's own error for a wrong value shows the name of the .NET type.</summary>
    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_parameter_with_names_for_values_says_them(CmdletDescription cmdlet)
    {
        foreach (PropertyInfo property in cmdlet.Parameters.Select(parameter => parameter.DeclaringType.GetProperty(parameter.Name)!))
        {
            Type type = property.PropertyType.IsArray ? property.PropertyType.GetElementType()! : property.PropertyType;
            type = type.IsGenericType && type.GetGenericTypeDefinition().Name == "Nullable`1" ? type.GetGenericArguments()[0] : type;
            if (type.IsEnum)
                Assert.Equal([type], CmdletDescription.Data(property, "NamesAttribute").Select(data => (Type)data.ConstructorArguments[0].Value!));
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Output_types_are_declared(CmdletDescription cmdlet) => Assert.NotEmpty(cmdlet.OutputTypes);

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void What_writes_can_be_asked_what_if_and_what_gets_never_writes(CmdletDescription cmdlet) =>
        Assert.Equal(!ReadingVerbs.Contains(cmdlet.Verb) || cmdlet.Parameters.Any(parameter => parameter.Name is "Send" or "Push" or "InvokeTarget"), cmdlet.SupportsShouldProcess);

    [Theory]
    [InlineData("Region", "RegionToCall")]
    [InlineData("ProfileName", "StoredCredentials", "AWSProfileName")]
    [InlineData("ProfileLocation", "AWSProfilesLocation", "ProfilesLocation")]
    [InlineData("AccessKey", "AK")]
    [InlineData("SecretKey", "SK", "SecretAccessKey")]
    [InlineData("SessionToken", "ST")]
    [InlineData("Credential")]
    [InlineData("EndpointUrl")]
    public void What_calls_AWS_takes_the_session_as_AWS_Tools_do(string name, params string[] aliases)
    {
        CmdletDescription[] callers = [.. CmdletDescription.All.Where(cmdlet => cmdlet.Type.IsSubclassOf(typeof(SessionCmdlet)))];
        Assert.NotEmpty(callers);
        Assert.All(callers, cmdlet =>
        {
            ParameterDescription parameter = cmdlet.Parameters.Single(parameter => parameter.Name == name);
            Assert.True(parameter.ByPropertyName);
            Assert.False(parameter.ByValue); // it would swallow the objects of the pipeline
            Assert.Equal(aliases, parameter.Aliases);
        });
    }

    [Theory]
    [InlineData("EventBusName")]
    [InlineData("RuleName", "Name")]
    [InlineData("TargetId", "Id")]
    public void What_names_rules_and_targets_binds_from_objects_that_carry_the_names(string name, params string[] aliases)
    {
        Assert.All(CmdletDescription.All.SelectMany(cmdlet => cmdlet.Parameters).Where(parameter => parameter.Name == name), parameter =>
        {
            Assert.True(parameter.ByPropertyName);
            Assert.Equal(parameter.Type.IsArray, parameter.SupportsWildcards); // what sends goes to one bus
            Assert.Equal(aliases, parameter.Aliases);
        });
    }

    [Theory]
    [InlineData("EventBusName", "EventBus")]
    [InlineData("RuleName", "Rule")]
    [InlineData("TargetId", "Target")]
    [InlineData("JobDefinition", "JobDefinition")]
    [InlineData("RepositoryName", "Repository")]
    [InlineData("Repository", "Repository")]
    [InlineData("ImageTag", "ImageTag")]
    [InlineData("Tag", "ImageTag")]
    [InlineData("ProfileName", "Profile")]
    [InlineData("Region", "Region")]
    [InlineData("JobId", "Job", "Send-MvpRequest")]
    [InlineData("Id", "Change", "ConvertTo-EbEvent")]
    public void What_takes_a_name_completes_it_and_escapes_it_where_wildcards_are_taken(string name, string completer, string? namesItAnew = null)
    {
        ParameterDescription[] parameters = [.. CmdletDescription.All.Where(cmdlet => cmdlet.Name != namesItAnew).SelectMany(cmdlet => cmdlet.Parameters).Where(parameter => parameter.Name == name && parameter.Type != typeof(System.Collections.Hashtable))]; // tags of resources
        Assert.NotEmpty(parameters);
        Assert.All(parameters, parameter => Assert.Equal(completer + (parameter.SupportsWildcards ? "PatternCompleter" : "Completer"), parameter.Completer));
    }

    [Fact]
    public void No_type_of_the_AWS_SDK_is_in_the_public_surface()
    {
        IEnumerable<Type> types = CmdletDescription.All.SelectMany(cmdlet => cmdlet.Type.GetMembers().SelectMany(member => member switch
        {
            PropertyInfo property => [property.PropertyType],
            MethodInfo method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType),
            _ => Enumerable.Empty<Type>(),
        }));
        Assert.DoesNotContain(types, type => type.ToString().Contains("Amazon", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_error_id_has_a_category_of_PowerShell()
    {
        string[] ids = [.. typeof(ErrorIds).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];
        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.True(Enum.TryParse(ErrorIds.Category(id), out ErrorCategory category) && (category == ErrorCategory.NotSpecified) == (id == ErrorIds.Unexpected), id));
    }

    [Fact]
    public void The_views_are_of_types_and_properties_that_there_are()
    {
        Dictionary<string, Type> types = new[] { typeof(SandboxInfo).Assembly, typeof(Change).Assembly, typeof(ErrorIds).Assembly, typeof(PatternProblem).Assembly, typeof(SandboxDelivery).Assembly, typeof(SchemaParty).Assembly }.SelectMany(assembly => assembly.GetExportedTypes()).ToDictionary(type => type.FullName!);
        XDocument format = XDocument.Load(Repository.PathOf("module", "EventBridgeOps.Format.ps1xml"));
        Dictionary<string, string> sets = format.Descendants("SelectionSet").ToDictionary(set => set.Element("Name")!.Value, set => set.Descendants("TypeName").First().Value);
        Assert.All(format.Descendants("View"), view =>
        {
            Type type = types[sets[view.Descendants("SelectionSetName").Single().Value]];
            Assert.All(view.Descendants("PropertyName"), name => Assert.NotNull(type.GetProperty(name.Value)));
            Assert.All(view.Descendants("ScriptBlock").SelectMany(script => Regex.Matches(script.Value, @"\$_\.(\w+)")), name => Assert.NotNull(type.GetProperty(name.Groups[1].Value)));
        });
        HashSet<string> lists = [];
        Assert.All(XDocument.Load(Repository.PathOf("module", "EventBridgeOps.Types.ps1xml")).Root!.Elements("Type"), type =>
        {
            string name = type.Element("Name")!.Value;
            Type described = types[name.Replace("Deserialized.", "")];
            if (type.Descendants("Name").Any(set => set.Value == "DefaultDisplayPropertySet"))
                lists.Add(name);
            Assert.All(type.Descendants("ReferencedProperties").Elements("Name"), name => Assert.NotNull(described.GetProperty(name.Value)));
        });
        IEnumerable<Type> outputs = CmdletDescription.All.SelectMany(cmdlet => cmdlet.OutputTypes).Where(type => type.Assembly != typeof(object).Assembly && type != typeof(PSObject));
        Assert.All(outputs, type =>
        {
            Assert.Contains(type.FullName, sets.Values);
            Assert.Contains(type.FullName!, lists);
            Assert.Contains($"Deserialized.{type.FullName}", lists);
            Assert.NotEqual(typeof(object), type.GetMethod("ToString", Type.EmptyTypes)!.DeclaringType);
        });
        Assert.All(format.Descendants("SelectionSet"), set => Assert.Equal(
            set.Descendants("TypeName").First().Value, set.Descendants("TypeName").Last().Value.Replace("Deserialized.", "")));
    }

    /// <summary>Ours the shell cannot find by name, since they are loaded apart from it; those of others it may not know in Constrained Language Mode.</summary>
    [Fact]
    public void The_views_name_no_types()
    {
        IEnumerable<string> scripts = new[] { "EventBridgeOps.Format.ps1xml", "EventBridgeOps.Types.ps1xml" }
            .SelectMany(file => XDocument.Load(Repository.PathOf("module", file)).Descendants().Where(element => !element.HasElements && element.Name.LocalName is "ScriptBlock" or "Script" or "GetScriptBlock"))
            .Select(script => script.Value);
        Assert.All(scripts, script => Assert.DoesNotMatch(@"\]::|\[[A-Za-z][\w.]*\.[\w.]+\]|New-Object", script));
    }

    [Fact]
    public void The_staged_module_holds_what_it_needs_and_not_the_shell()
    {
        string[] staged = [.. Directory.GetFiles(Repository.PathOf("module", "bin", "net8.0")).Select(Path.GetFileName).OfType<string>()];
        Assert.Superset(
            new HashSet<string> { "EventBridgeOps.Loader.dll", "EventBridgeOps.PowerShell.dll", "EventBridgeOps.Core.dll", "EventBridgeOps.Events.dll", "EventBridgeOps.Patterns.dll", "YamlDotNet.dll", "EventBridgeOps.Aws.dll", "EventBridgeOps.Sandbox.dll", "AWSSDK.Core.dll", "AWSSDK.SecurityToken.dll", "AWSSDK.SSO.dll", "AWSSDK.SSOOIDC.dll" },
            new HashSet<string>(staged));
        Assert.All(staged, name => Assert.Matches(@"^((EventBridgeOps|AWSSDK)\..*|System\.(Formats\.Cbor|IO\.Hashing)|YamlDotNet|JsonSchema\.Net|JsonPointer\.Net|Json\.More|Humanizer)\.dll$", name));
    }

    private static string Manifest() => File.ReadAllText(Repository.PathOf("EventBridgeOps.psd1"));
}
