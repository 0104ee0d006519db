namespace EventBridgeOps.Sandbox;

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
    public Document Run(AwsCall call)
    {
        var service = Named(call.Service);
        if (!service.Operations.TryGetValue(call.Operation, out var run))
            throw new AwsError(400, "UnknownOperationException", $"{call.Service} has no operation {call.Operation} here.");

        try
        {
            var output = world.Use(call.Region, state => run(new Operation(call, Visible(call, state), account)));
            if (!call.IsRead || call.Operation == "DescribeJobs")
                world.SayChanged();
            return output;
        }
        catch (InvalidTokenException)
        {
            throw service.BadToken;
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

    private Region Visible(AwsCall call, Region state) =>
        held.Select(effect => effect.For(call)).FirstOrDefault(before => before is not null) ?? state;
}
