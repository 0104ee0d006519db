namespace EventBridgeOps.Events.Inputs;

/// <summary>Which of a target's settings decides what it is sent.</summary>
public enum InputKind
{
    /// <summary>None: the whole event.</summary>
    Event,

    /// <summary><c>Input</c>: always the same text.</summary>
    Input,

    /// <summary><c>InputPath</c>: a part of the event.</summary>
    InputPath,

    /// <summary><c>InputTransformer</c>: a text made of parts of the event.</summary>
    InputTransformer,
}
