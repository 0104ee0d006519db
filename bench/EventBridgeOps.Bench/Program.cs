using EventBridgeOps.Bench;

return args switch
{
    ["sync", .. var rest] => await SyncBench.RunAsync(new Options(rest)),
    ["image", .. var rest] => await ImageBench.RunAsync(new Options(rest)),
    ["events", .. var rest] => await EventsBench.RunAsync(new Options(rest)),
    ["function", .. var rest] => await FunctionBench.RunAsync(new Options(rest)),
    ["start", .. var rest] => await StartBench.RunAsync(new Options(rest)),
    ["journal", .. var rest] => await JournalBench.RunAsync(new Options(rest)),
    ["patterns", .. var rest] => await PatternBench.RunAsync(new Options(rest)),
    ["deliveries", .. var rest] => await DeliveryBench.RunAsync(new Options(rest)),
    ["sandbox", .. var rest] => await SandboxChild.RunAsync(new Options(rest)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        dotnet run -c Release --project bench/EventBridgeOps.Bench -- sync [options]    repairs an account of stale targets
          --shell-rules N   the rules that the shell script does; the rest is estimated (4)
          --whole-shell     let the shell script do all rules (it takes long)
          --only TEXT       only the contenders with this in their names
          --ebops PATH      another build of ebops than this repository's
          --rate N          the quota, requests a second for each service (50)
          --latency N       milliseconds for each call (40)
        dotnet run -c Release --project bench/EventBridgeOps.Bench -- image [options]   brings a pushed image to its job definitions
          --runs N          runs of each contender, of which the median counts (3)
          --ebops PATH, --rate N, --latency N as above
        dotnet run -c Release --project bench/EventBridgeOps.Bench -- events [options]  sends a file of events
          --events N            how many (100000)
          --latency N           milliseconds for each call (40)
          --parallel N          calls at a time (16)
          --sequential-calls N  the calls that boto3 makes one after the other; the rest is estimated (500)
          --shell-calls N       the calls of the AWS CLI; the rest is estimated (20)
          --only TEXT, --ebops PATH  as above
        dotnet run -c Release --project bench/EventBridgeOps.Bench -- deliveries [options]  delivers events in the sandbox and in moto
          --events N            how many in the sandbox (100000)
          --moto-events N       how many in moto (200)
          --rules N             how many rules (1000)
        dotnet run -c Release --project bench/EventBridgeOps.Bench -- function [options]  follows pushes in the function, and in one in Python
          --runs N          starts of each (11)
          --warm N          pushes after the first, for each start (10)
          --bootstrap PATH  a published function; without it, it is published first
        dotnet run -c Release --project bench/EventBridgeOps.Bench -- start [options]   starts the CLI, imports the module, and calls first
          --runs N          runs of each (15)
          --ebops PATH      another build of ebops, as the installed tool
          --module PATH     another manifest, as the installed module's
        dotnet run -c Release --project bench/EventBridgeOps.Bench -- journal [options]     reads a large journal
          --megabytes N     its size (1024)
          --ebops PATH      as above
        dotnet run -c Release --project bench/EventBridgeOps.Bench -- patterns [options]    matches events against rules
          --data DIR        where the events and rules are, or are made (a folder of the temporary one)
          --seconds N       how long each contender matches (3)
          --only TEXT       only the sets with this in their names
          --ruler CMD       a command that runs AWS's own matcher: CMD EVENTS RULES SECONDS (see Peers/EventRulerBench.java)
          --quamina CMD     one that runs Quamina, likewise
        """);
    return 1;
}
