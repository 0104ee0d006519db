using System.Text;
using EventBridgeOps.Events.Messages;
using EventBridgeOps.Events.Policies;
using EventBridgeOps.Sandbox.Lambda;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Deliveries;

/// <summary>Lambda functions: Lambda accepts the event, which is delivered with that; errors of the function are for Lambda to retry.</summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html</remarks>
internal sealed class FunctionTarget : ITarget
{
    public string Service => "lambda";

    public Message? Deliver(Attempt attempt)
    {
        Operation operation = attempt.Operation;
        string arn = attempt.Target.Arn.ToString();
        if (attempt.Target.Arn.AccountId != operation.Account.Id)
            return DeliveryMessages.OtherAccount(attempt.Target.Arn.AccountId);
        if (Function.AtArn(operation, arn) is not { } function)
            throw DeliveryRefusal.NoResource($"Function not found: {arn}");
        // A statement may be for the function with its qualifier, and then it allows no other way to name it.
        PolicyRequest request = PolicyRequest.OfEventBridge("lambda:InvokeFunction", arn, attempt.RuleArn, operation.Account.Id);
        if (attempt.Doubt(PolicyEvaluation.OfResource(function.Policy?.Text("Policy"), request), request.Action) is { } doubt)
            return doubt;

        if (!function.IsRun)
            return LambdaMessages.NotRun(function.Name, function.Runtime);
        AsyncInvocations.Accept(operation, function, Encoding.UTF8.GetBytes(attempt.Input));
        return null;
    }
}
