using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Help.Cmdlets;
using EventBridgeOps.PowerShell.Pipeline;

namespace EventBridgeOps.PowerShell.Tests;

/// <summary>The texts of the module stand in catalogs, and what they name exists.</summary>
public sealed class CatalogTests
{
    private static readonly Assembly Module = typeof(AsyncCmdlet).Assembly;
    private static readonly IVoice Voice = (IVoice)Module.GetType("EventBridgeOps.PowerShell.Pipeline.ShellVoice", throwOnError: true)!.GetProperty("Instance")!.GetValue(null)!;
    private static readonly HashSet<string> Cmdlets = [.. CmdletDescription.All.Select(cmdlet => cmdlet.Name)];
    private static readonly HashSet<string> Parameters = [.. CmdletDescription.All.SelectMany(cmdlet => cmdlet.Parameters).Select(parameter => parameter.Name), "WhatIf", "Confirm"];

    public static TheoryData<string> Texts => [.. Methods().Select(method => $"{method.DeclaringType!.Name}.{method}").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_names_only_cmdlets_and_parameters_that_exist(string text)
    {
        MethodInfo method = Methods().Single(method => $"{method.DeclaringType!.Name}.{method}" == text);
        Message message = (Message)method.Invoke(null, [.. method.GetParameters().Select(parameter => Sample(parameter.ParameterType))])!;

        Assert.Equal($"{method.DeclaringType!.Name.Replace("Messages", "")}.{method.Name}", message.Id);
        Assert.All(message.Tokens.Where(token => token.Kind == MessagePieceKind.Command), token => Assert.Contains(Voice.Command(token.Text), Cmdlets));
        Assert.All(message.Tokens.Where(token => token.Kind == MessagePieceKind.Parameter && token.Text != "x"), token => Assert.Contains(token.Text, Parameters));
        Assert.DoesNotMatch(@"ebops|(^|[ (])--?[A-Za-z]|docs/", message.Template);
        Assert.DoesNotContain(Regex.Matches(message.Template, "[A-Z][a-z]+-[A-Z][A-Za-z]+").Select(name => name.Value), Cmdlets.Contains);
    }

    private static IEnumerable<MethodInfo> Methods() => Module.GetTypes()
        .Where(type => type.Name.EndsWith("Messages", StringComparison.Ordinal))
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(method => method.ReturnType == typeof(Message));

    private static object Sample(Type type) =>
        type == typeof(string) ? "x"
        : type == typeof(Message) ? Message.Verbatim("x")
        : type == typeof(OpsException) ? new OpsException(ErrorIds.Unexpected, Message.Verbatim("x"))
        : type.IsGenericType && type.IsInterface ? Array.CreateInstance(type.GetGenericArguments()[0], 0)
        : RuntimeHelpers.GetUninitializedObject(type);
}
