// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace melscope::test {

/// A WAV file put together byte by byte, so that it can claim what no library would write.
struct WavBytes
{
    int bits = 16; ///< of one sample
    bool isFloat = false;
    uint32_t rate = 44100; ///< Hz
    uint16_t channels = 1;
    std::string data;
    uint32_t claimedBytes = 0; ///< of sound; 0 claims what is there

    static void append(std::string& bytes, uint64_t value, int count)
    {
        for (int i = 0; i < count; ++i)
            bytes += static_cast<char>(value >> (8 * i));
    }

    void addInteger(int64_t value)
    {
        // 8-bit WAV counts from 0 to 255 with silence at 128.
        append(data, static_cast<uint64_t>(bits == 8 ? value + 128 : value), bits / 8);
    }

    void addFloat(float value) { append(data, std::bit_cast<uint32_t>(value), 4); }

    std::string bytes() const
    {
        const uint32_t claimed = claimedBytes ? claimedBytes : static_cast<uint32_t>(data.size());
        const uint32_t frameBytes = static_cast<uint32_t>(bits / 8) * channels;
        std::string text = "RIFF";
        append(text, claimed > UINT32_MAX - 36 ? UINT32_MAX : claimed + 36, 4);
        text += "WAVEfmt ";
        append(text, 16, 4);
        append(text, isFloat ? 3 : 1, 2);
        append(text, channels, 2);
        append(text, rate, 4);
        append(text, rate * frameBytes, 4);
        append(text, frameBytes, 2);
        append(text, static_cast<uint64_t>(bits), 2);
        text += "data";
        append(text, claimed, 4);
        return text + data;
    }

    void write(const std::filesystem::path& path) const { std::ofstream(path, std::ios::binary) << bytes(); }
};

} // namespace melscope::test
