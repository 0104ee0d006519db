[assembly: AssemblyFixture(typeof(EventBridgeOps.Tests.MotoFixture))]
