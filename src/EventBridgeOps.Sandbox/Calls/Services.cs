using EventBridgeOps.Sandbox.Alarms;
using EventBridgeOps.Sandbox.Batch;
using EventBridgeOps.Sandbox.CloudFormation;
using EventBridgeOps.Sandbox.CloudTrail;
using EventBridgeOps.Sandbox.DynamoDb;
using EventBridgeOps.Sandbox.Ecr;
using EventBridgeOps.Sandbox.Ecs;
using EventBridgeOps.Sandbox.EventBridge;
using EventBridgeOps.Sandbox.Iam;
using EventBridgeOps.Sandbox.Lambda;
using EventBridgeOps.Sandbox.Logs;
using EventBridgeOps.Sandbox.S3;
using EventBridgeOps.Sandbox.SchemaRegistry;
using EventBridgeOps.Sandbox.ServiceQuotas;
using EventBridgeOps.Sandbox.Sns;
using EventBridgeOps.Sandbox.Sqs;
using EventBridgeOps.Sandbox.Ssm;
using EventBridgeOps.Sandbox.Sts;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Calls;

/// <summary>The services over one world: runs a call, whoever sent it.</summary>
internal sealed class Services(World world, Account account, DueRunner due) : IServiceCalls
{
    private readonly Dictionary<string, IService> services =
        new IService[]
        {
            new EventBridgeService(), new BatchService(), new EcrService(), new StsService(), new SqsService(), new SnsService(), new IamService(), new DynamoService(),
            new AlarmService(), new LogsService(), new LambdaService(), new EcsService(), new SsmService(), new TrailService(), new S3Service(), new CloudFormationService(),
            new SchemaService(), new QuotaService(),
        }.ToDictionary(service => service.Name, StringComparer.Ordinal);

    /// <summary>What other accounts have too: what events, their targets and stacks of both need.</summary>
    private static readonly string[] OfAllAccounts = ["events", "schemas", "sqs", "sns", "iam", "sts", "cloudformation", "logs", "monitoring", "s3", "ssm", "servicequotas"];

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    private readonly List<HeldEffect> held = [];

    public IService Named(string name) => services[name];

    /// <summary>Does what the call asks for.</summary>
    /// <exception cref="AwsError">The service's refusal.</exception>
    public RawDocument Run(AwsCall call)
    {
        due.RunDue();
        long before = world.Version;
        RawDocument output = RunNow(call);
        if (world.Version != before)
            world.SayChanged();
        return output;
    }

    /// <summary>A service calls another one: what is due is not done in between, and the change is said by the caller.</summary>
    RawDocument IServiceCalls.Run(AwsCall call) => RunNow(call.Service == "iam" ? call with { Region = Role.HomeOf(call.Region) } : call);

    private RawDocument RunNow(AwsCall call)
    {
        if (!services.TryGetValue(call.Service, out IService? service) || !service.Operations.TryGetValue(call.Operation, out Func<Operation, RawDocument>? run))
            throw new AwsError(400, "UnknownOperationException", CallMessages.UnknownOperation(call.Service, call.Operation).ToString());

        Account called = account.All.Of(call, world);
        if (called.IsOther && !OfAllAccounts.Contains(call.Service))
            throw new AwsError(400, "UnknownOperationException", CallMessages.NotInOtherAccounts(call.Service, called.Id).ToString());
        if (!account.KeepsUnknownMembers)
            InputMembers.Check(call);
        try
        {
            return world.Use(called.Place(call.Region), state =>
            {
                Operation operation = new(call with { AccountId = called.Id }, called.IsOther ? state : Visible(call, state), called);
                RawDocument answer = run(operation);
                CallRecord.Keep(operation, answer);
                return answer;
            });
        }
        catch (InvalidTokenException)
        {
            throw service.BadToken;
        }
        catch (InvalidOperationException e)
        {
            // A value that is not of the kind that the member has, or half of a surrogate pair where a text is needed.
            throw new AwsError(400, "SerializationException", e.Message);
        }
    }

    /// <summary>Does what the call asks for; ReceiveMessage waits for a message as long as it says, or its queue, and Invoke for the function.</summary>
    /// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html</remarks>
    /// <exception cref="AwsError">The service's refusal.</exception>
    public async Task<RawDocument> RunAsync(AwsCall call, CancellationToken cancellationToken)
    {
        if (call.Service == "lambda" && call.Operation == "Invoke")
        {
            RawDocument accepted = Run(call);
            return await world.Use(call.Region, state => InvokeOperation.FinishAsync(new(call, state, account), accepted, cancellationToken));
        }

        if (call.Service != "sqs" || call.Operation != "ReceiveMessage")
            return Run(call);

        Account called = account.All.Of(call, world);
        DateTimeOffset? end = null;
        while (true)
        {
            TaskCompletionSource<bool> changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            void OnChanged() => changed.TrySetResult(true);
            world.Changed += OnChanged;
            try
            {
                RawDocument received = Run(call);
                TimeSpan left = world.Use(called.Place(call.Region), state => // In here, for elsewhere the clock may stand at the moment of planned work.
                {
                    Operation asked = new(call, state, called);
                    end ??= asked.Now + ReceiveOperation.Wait(asked);
                    return end.Value - asked.Now;
                });
                if (received.Members.Count > 0 || left <= TimeSpan.Zero)
                    return received;

                // A message also becomes visible by time alone, so it looks again now and then.
                await Waiting.ForAnyAsync(account.Time.Real, left < LookAgain ? left : LookAgain, cancellationToken, changed.Task);
            }
            finally
            {
                world.Changed -= OnChanged;
            }
        }
    }

    /// <summary>From now on each read operation of the service answers so many times from the state as it is now.</summary>
    public void Hold(string region, string service, int reads) =>
        world.Use(region, state =>
        {
            held.Add(new(region, service, state.Snapshot(), reads));
            return state;
        });

    /// <summary>Lets go of the held states, which are of a state that was replaced.</summary>
    public void ForgetHeld() => world.UseAll((_, _) => held.Clear());

    public void AdvanceJobs()
    {
        world.UseAll((place, state) =>
        {
            (Account owner, string region) = account.All.At(place);
            JobCourse.StepAll(Operation.OfService(region, state, owner));
        });
        world.SayChanged();
    }

    /// <summary>Pushes an image, as a client of ECR would.</summary>
    /// <exception cref="InvalidDataException">The image is not one that ECR takes.</exception>
    public SandboxImage Push(string region, string? image)
    {
        due.RunDue();
        SandboxImage pushed = world.Use(region, state => ImagePush.Push(Operation.OfService(region, state, account), image));
        world.SayChanged();
        return pushed;
    }

    /// <summary>The state that a call sees. Every held effect counts the read, and the oldest one that still holds decides.</summary>
    private Region Visible(AwsCall call, Region state) => held.ConvertAll(effect => effect.For(call)).Find(before => before is not null) ?? state;
}
