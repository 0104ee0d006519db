using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EventBridgeOps.Architecture.Tests;

/// <summary>That a type refers to another, and in which member.</summary>
internal sealed record TypeUse(TypeReference From, TypeReference To, string Member)
{
    public override string ToString() => $"{From.FullName}{(Member.Length > 0 ? "." + Member : "")} refers to {To.FullName}";
}

/// <summary>
/// Reads out of a compiled assembly which of its types refers to which type: in its bases, attributes, fields, signatures, generic arguments and constraints, in the
/// bodies of its methods and in the signatures of what these call. What is nested in a type, by us or by the compiler, counts as that type.
/// </summary>
internal static class TypeReferences
{
    public static IEnumerable<TypeUse> In(ModuleDefinition module) => module.Types.SelectMany(Of);

    public static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is TypeReference outer)
            type = outer;
        return type;
    }

    private static IEnumerable<TypeUse> Of(TypeDefinition type) =>
        from use in OfOneAndNested(type)
        from part in Parts(use.Type)
        let to = Outermost(part)
        where to != type
        select new TypeUse(type, to, use.Member);

    private static IEnumerable<(TypeReference Type, string Member)> OfOneAndNested(TypeDefinition type)
    {
        foreach (TypeReference declared in Declared(type))
            yield return (declared, "");
        foreach (FieldDefinition field in type.Fields)
            foreach (TypeReference used in Attributes(field).Prepend(field.FieldType))
                yield return (used, field.Name);
        foreach (PropertyDefinition property in type.Properties)
            foreach (TypeReference used in Attributes(property).Prepend(property.PropertyType))
                yield return (used, property.Name);
        foreach (EventDefinition happening in type.Events)
            foreach (TypeReference used in Attributes(happening).Prepend(happening.EventType))
                yield return (used, happening.Name);
        foreach (MethodDefinition method in type.Methods)
            foreach (TypeReference used in Signature(method).Concat(Body(method)))
                yield return (used, method.Name);
        foreach (TypeDefinition nested in type.NestedTypes)
            foreach ((TypeReference used, string member) in OfOneAndNested(nested))
                yield return (used, member.Length > 0 ? $"{nested.Name}.{member}" : nested.Name);
    }

    private static IEnumerable<TypeReference> Declared(TypeDefinition type)
    {
        if (type.BaseType is TypeReference baseType)
            yield return baseType;
        foreach (InterfaceImplementation implemented in type.Interfaces)
            yield return implemented.InterfaceType;
        foreach (TypeReference used in Attributes(type).Concat(Generics(type)))
            yield return used;
    }

    private static IEnumerable<TypeReference> Signature(MethodDefinition method)
    {
        yield return method.ReturnType;
        foreach (ParameterDefinition parameter in method.Parameters)
            foreach (TypeReference used in Attributes(parameter).Prepend(parameter.ParameterType))
                yield return used;
        foreach (TypeReference used in Attributes(method).Concat(Attributes(method.MethodReturnType)).Concat(Generics(method)))
            yield return used;
        foreach (MethodReference overridden in method.Overrides)
            yield return overridden.DeclaringType;
    }

    private static IEnumerable<TypeReference> Body(MethodDefinition method)
    {
        if (!method.HasBody)
            yield break;
        foreach (VariableDefinition variable in method.Body.Variables)
            yield return variable.VariableType;
        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
        {
            if (handler.CatchType is TypeReference caught)
                yield return caught;
        }

        foreach (Instruction instruction in method.Body.Instructions)
            foreach (TypeReference used in Operand(instruction.Operand))
                yield return used;
    }

    private static IEnumerable<TypeReference> Operand(object? operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        // A constant of an enum is only a number in the code: the signature still names it.
        MethodReference method =>
        [
            method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType),
            .. method is GenericInstanceMethod generic ? generic.GenericArguments : [],
        ],
        CallSite call => [call.ReturnType, .. call.Parameters.Select(parameter => parameter.ParameterType)],
        _ => [],
    };

    private static IEnumerable<TypeReference> Generics(IGenericParameterProvider provider) =>
        provider.GenericParameters.SelectMany(parameter => parameter.Constraints.Select(constraint => constraint.ConstraintType).Concat(Attributes(parameter)));

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.SelectMany(attribute => attribute.ConstructorArguments.Concat(attribute.Properties.Concat(attribute.Fields).Select(named => named.Argument)).SelectMany(Argument).Prepend(attribute.AttributeType));

    private static IEnumerable<TypeReference> Argument(CustomAttributeArgument argument) => argument.Value switch
    {
        TypeReference type => [argument.Type, type],
        CustomAttributeArgument boxed => Argument(boxed),
        CustomAttributeArgument[] many => many.SelectMany(Argument),
        _ => [argument.Type],
    };

    /// <summary>The types that a constructed type is made of.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Concat(Parts(generic.ElementType)),
        FunctionPointerType pointer => pointer.Parameters.Select(parameter => parameter.ParameterType).Prepend(pointer.ReturnType).SelectMany(Parts),
        IModifierType modified => Parts(modified.ModifierType).Concat(Parts(modified.ElementType)),
        TypeSpecification constructed => Parts(constructed.ElementType),
        _ => [type],
    };
}
