using EventBridgeOps.Aws.Sessions;
using EventBridgeOps.Lambda.Handling;

using CancellationTokenSource ending = new();
// Lambda sends it before it ends the process; without a listener the process would just end.
using System.Runtime.InteropServices.PosixSignalRegistration signal = System.Runtime.InteropServices.PosixSignalRegistration.Create(
    System.Runtime.InteropServices.PosixSignal.SIGTERM,
    context =>
    {
        context.Cancel = true;
        ending.Cancel();
    });
SessionHost host = new() { Environment = Environment.GetEnvironmentVariable, Folder = Path.GetTempPath() };
return await Host.RunAsync(host, Console.Out, ending.Token);
