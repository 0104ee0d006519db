namespace EventBridgeOps.Patterns.Syntax;
internal static class PatternLint { public static PatternReport Check(PatternText t) => throw new NotImplementedException(); }
