using System.Numerics;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace EventBridgeOps.Fuzz;

/// <summary>The branches that were taken, as the instrumented engine counts them.</summary>
internal sealed class Coverage
{
    private const int Size = 64 * 1024;

    private readonly byte[] _seen = new byte[Size];

    /// <summary>How many branches were ever taken.</summary>
    public int Branches { get; private set; }

    private static unsafe Span<byte> Hits => new(Trace.SharedMem, Size);

    /// <summary>Gives the engine, which is not loaded yet, the memory to count in.</summary>
    public static unsafe void Start() => Trace.SharedMem = (byte*)NativeMemory.AllocZeroed(Size);

    /// <summary>Whether a branch was taken for the first time since the last call, or as often as never before; and begins to count anew.</summary>
    public bool IsNew()
    {
        bool isNew = false;
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(Hits);
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i] == 0)
                continue;
            for (int at = i * sizeof(ulong); at < (i + 1) * sizeof(ulong); at++)
                isNew |= Hits[at] > 0 && Note(at, (byte)(1 << BitOperations.Log2(Hits[at])));
        }

        Hits.Clear();
        return isNew;
    }

    private bool Note(int at, byte times)
    {
        if ((_seen[at] & times) != 0)
            return false;
        Branches += _seen[at] == 0 ? 1 : 0;
        _seen[at] |= times;
        return true;
    }
}
