namespace EventBridgeOps.Patterns.Values;

/// <summary>
/// IP addresses as the service reads them: IPv4 in four decimal parts (zeros in front allowed), IPv6 in hexadecimal groups
/// without a dotted tail. An IPv6 address that maps an IPv4 one is the IPv4 one.
/// </summary>
internal static class NetworkAddress
{
    private const int LongestV4 = 15;

    /// <summary>Whether the text is written like an address, valid or not.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> text) => LooksLikeV4(text) || LooksLikeV6(text);

    /// <summary>Reads an address.</summary>
    /// <returns>False if the text is not one.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out SortKey address, out bool isV4)
    {
        isV4 = false;
        address = default;
        if (text.IsEmpty || text.Length > 64 || !(text[0] == ':' || JsonText.Hex(text[0]) >= 0))
        {
            return false;
        }

        if (TryParseV4(text, out address))
        {
            isV4 = true;
            return true;
        }

        if (!LooksLikeV6(text) || !TryParseV6(text, out address))
        {
            return false;
        }

        if (address.High == 0 && address.Low >> 32 == 0xFFFF)
        {
            isV4 = true;
            address = new SortKey(0, address.Low & uint.MaxValue);
        }

        return true;
    }

    private static bool LooksLikeV4(ReadOnlySpan<byte> text)
    {
        int dots = 0;
        bool digit = false;
        foreach (byte b in text)
        {
            if (b == '.')
            {
                if (!digit)
                {
                    return false;
                }

                dots++;
                digit = false;
            }
            else if ((uint)(b - '0') <= 9)
            {
                digit = true;
            }
            else
            {
                return false;
            }
        }

        return dots == 3 && digit;
    }

    private static bool LooksLikeV6(ReadOnlySpan<byte> text)
    {
        bool colon = false;
        foreach (byte b in text)
        {
            if (b == ':')
            {
                colon = true;
            }
            else if (JsonText.Hex(b) < 0)
            {
                return false;
            }
        }

        return colon;
    }

    private static bool TryParseV4(ReadOnlySpan<byte> text, out SortKey address)
    {
        address = default;
        if (text.Length > LongestV4)
        {
            return false;
        }

        ulong all = 0;
        int part = 0;
        int parts = 0;
        bool digit = false;
        foreach (byte b in text)
        {
            if (b == '.')
            {
                if (!digit || ++parts > 3)
                {
                    return false;
                }

                all = (all << 8) | (uint)part;
                part = 0;
                digit = false;
            }
            else if ((uint)(b - '0') <= 9)
            {
                part = (part * 10) + b - '0';
                digit = true;
                if (part > 255)
                {
                    return false;
                }
            }
            else
            {
                return false;
            }
        }

        address = new SortKey(0, (all << 8) | (uint)part);
        return digit && parts == 3;
    }

    private static bool TryParseV6(ReadOnlySpan<byte> text, out SortKey address)
    {
        address = default;
        if (text.Length < 2 || (text[0] == ':' && text[1] != ':'))
        {
            return false;
        }

        Span<ushort> groups = stackalloc ushort[8];
        groups.Clear();
        int count = 0;
        int gap = -1;
        int value = 0;
        bool digit = false;
        for (int i = text[0] == ':' ? 1 : 0; i < text.Length; i++)
        {
            if (text[i] != ':')
            {
                value = (value << 4) | JsonText.Hex(text[i]);
                digit = true;
                if (value > 0xFFFF)
                {
                    return false;
                }

                continue;
            }

            if (!digit)
            {
                if (gap >= 0)
                {
                    return false;
                }

                gap = count;
                continue;
            }

            if (i == text.Length - 1 || count == 8)
            {
                return false;
            }

            groups[count++] = (ushort)value;
            value = 0;
            digit = false;
        }

        if (digit)
        {
            if (count == 8)
            {
                return false;
            }

            groups[count++] = (ushort)value;
        }

        if (gap >= 0)
        {
            if (count == 8)
            {
                return false;
            }

            int moved = count - gap;
            groups.Slice(gap, moved).CopyTo(groups.Slice(8 - moved));
            groups.Slice(gap, 8 - count).Clear();
            count = 8;
        }

        if (count != 8)
        {
            return false;
        }

        ulong high = 0;
        ulong low = 0;
        for (int i = 0; i < 4; i++)
        {
            high = (high << 16) | groups[i];
            low = (low << 16) | groups[i + 4];
        }

        address = new SortKey(high, low);
        return true;
    }
}
