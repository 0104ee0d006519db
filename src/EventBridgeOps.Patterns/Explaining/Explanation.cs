namespace EventBridgeOps.Patterns;
/// <summary>x</summary>
public sealed class Explanation { }
