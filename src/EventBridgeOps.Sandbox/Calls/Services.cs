using EventBridgeOps.Sandbox.Batch;
using EventBridgeOps.Sandbox.Ecr;
using EventBridgeOps.Sandbox.EventBridge;
using EventBridgeOps.Sandbox.Sts;
using EventBridgeOps.Sandbox.Wire;
using EventBridgeOps.Sandbox.Worlds;

namespace EventBridgeOps.Sandbox.Calls;

/// <summary>The services over one world: runs a call, whoever sent it.</summary>
internal sealed class Services(World world, Account account)
{
    private readonly Dictionary<string, IService> services =
        new IService[] { new EventBridgeService(), new BatchService(), new EcrService(), new StsService() }
            .ToDictionary(service => service.Name, StringComparer.Ordinal);

    private readonly List<HeldEffect> held = [];

    public IService Named(string name) => services[name];

    /// <summary>Does what the call asks for.</summary>
    /// <exception cref="AwsError">The service's refusal.</exception>
    public RawDocument Run(AwsCall call)
    {
        IService service = Named(call.Service);
        if (!service.Operations.TryGetValue(call.Operation, out Func<Operation, RawDocument>? run))
            throw new AwsError(400, "UnknownOperationException", CallMessages.UnknownOperation(call.Service, call.Operation).ToString());

        try
        {
            RawDocument output = world.Use(call.Region, state => run(new Operation(call, Visible(call, state), account)));
            if (!call.IsRead || call.Operation == "DescribeJobs")
                world.SayChanged();
            return output;
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

    /// <summary>From now on each read operation of the service answers so many times from the state as it is now.</summary>
    public void Hold(string region, string service, int reads) =>
        world.Use(region, state =>
        {
            held.Add(new(region, service, state.Snapshot(), reads));
            return state;
        });

    public void AdvanceJobs()
    {
        world.UseAll(state => JobOperations.AdvanceAll(state, account.Time.GetUtcNow()));
        world.SayChanged();
    }

    /// <summary>The state that a call sees. Every held effect counts the read, and the oldest one that still holds decides.</summary>
    private Region Visible(AwsCall call, Region state) => held.ConvertAll(effect => effect.For(call)).Find(before => before is not null) ?? state;
}
