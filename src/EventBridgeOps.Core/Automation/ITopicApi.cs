using EventBridgeOps.Events.Names;

namespace EventBridgeOps.Automation;

/// <summary>Amazon SNS, as far as people are notified by it.</summary>
public interface ITopicApi
{
    /// <summary>Publish: sends a notification. It is sent once, so a lost response can lose it, or not.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="subject">The subject: at most 100 ASCII characters without control characters.</param>
    /// <param name="message">The text.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="Services.ServiceCallException">The service rejected the call or could not be reached.</exception>
    Task PublishAsync(Arn topic, string subject, string message, CancellationToken cancellationToken);
}

/// <summary>AWS Systems Manager Parameter Store, as far as the configuration is read from it.</summary>
public interface IParameterApi
{
    /// <summary>GetParameter, decrypted: the value of a parameter.</summary>
    /// <param name="name">The name or ARN of the parameter.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="Services.ServiceCallException">The service rejected the call or could not be reached.</exception>
    Task<string> ReadAsync(string name, CancellationToken cancellationToken);
}
