namespace EventBridgeOps.Patterns.Explaining;
internal static class Explainer { public static Explanation Explain(EventPattern p, byte[] e) => throw new NotImplementedException(); }
