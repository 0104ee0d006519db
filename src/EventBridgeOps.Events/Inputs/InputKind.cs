namespace EventBridgeOps.Events.Inputs;

/// <summary>Which setting of a target determines its input.</summary>
public enum InputKind
{
    /// <summary>No setting: the target receives the whole event.</summary>
    Event,

    /// <summary><c>Input</c>: a constant text.</summary>
    Input,

    /// <summary><c>InputPath</c>: a part of the event.</summary>
    InputPath,

    /// <summary><c>InputTransformer</c>: a text built from parts of the event.</summary>
    InputTransformer,
}
