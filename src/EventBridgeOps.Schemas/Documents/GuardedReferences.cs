using System.Runtime.CompilerServices;
using Json.Schema;
using Json.Schema.Keywords;

namespace EventBridgeOps.Schemas.Documents;

/// <summary>References that end before they fill the stack, which would end the process: those without end that <see cref="SchemaCycles"/> cannot see, and long chains.</summary>
internal static class GuardedReferences
{
    // An event has at most 64 levels, and few schemas have more than some references at each.
    private const int MostDepth = 500;

    [ThreadStatic]
    private static int s_depth;

    private static KeywordEvaluation Guarded(Func<KeywordEvaluation> evaluate)
    {
        if (s_depth >= MostDepth)
            throw new InsufficientExecutionStackException();
        RuntimeHelpers.EnsureSufficientExecutionStack();
        s_depth++;
        try
        {
            return evaluate();
        }
        finally
        {
            s_depth--;
        }
    }

    public sealed class Plain : RefKeyword
    {
        public override KeywordEvaluation Evaluate(KeywordData keyword, EvaluationContext context) => Guarded(() => base.Evaluate(keyword, context));
    }

    public sealed class Recursive : Json.Schema.Keywords.Draft201909.RecursiveRefKeyword
    {
        public override KeywordEvaluation Evaluate(KeywordData keyword, EvaluationContext context) => Guarded(() => base.Evaluate(keyword, context));
    }

    public sealed class Dynamic : Json.Schema.Keywords.Draft202012.DynamicRefKeyword
    {
        public override KeywordEvaluation Evaluate(KeywordData keyword, EvaluationContext context) => Guarded(() => base.Evaluate(keyword, context));
    }
}
