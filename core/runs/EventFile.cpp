// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/EventFile.h"

#include <array>
#include <bit>
#include <cstring>

namespace melscope {
namespace {

// Wire types of protocol buffers.
enum Wire : uint32_t { Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5 };

void appendVarint(std::string& out, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        out += static_cast<char>(value | 0x80);
    out += static_cast<char>(value);
}

template<typename Number>
void appendLittleEndian(std::string& out, Number value)
{
    static_assert(std::endian::native == std::endian::little, "files are little-endian");
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    out.append(bytes, sizeof value);
}

void appendKey(std::string& out, uint32_t field, Wire wire)
{
    appendVarint(out, field << 3 | wire);
}

void appendInteger(std::string& out, uint32_t field, int64_t value)
{
    appendKey(out, field, Varint);
    appendVarint(out, static_cast<uint64_t>(value));
}

void appendBytes(std::string& out, uint32_t field, std::string_view bytes)
{
    appendKey(out, field, Bytes);
    appendVarint(out, bytes.size());
    out += bytes;
}

void appendFloat(std::string& out, uint32_t field, float value)
{
    appendKey(out, field, Fixed32);
    appendLittleEndian(out, value);
}

std::string eventAt(double wallTime)
{
    std::string event;
    appendKey(event, 1, Fixed64);
    appendLittleEndian(event, wallTime);
    return event;
}

constexpr std::array<uint32_t, 256> crcTable = [] {
    std::array<uint32_t, 256> table{};
    for (uint32_t i = 0; i < table.size(); ++i) {
        uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = (value & 1) != 0 ? value >> 1 ^ 0x82F63B78u : value >> 1;
        table[i] = value;
    }
    return table;
}();

/// TensorFlow masks its checksums, so that a checksum of data with checksums in it stays meaningful.
uint32_t masked(uint32_t crc)
{
    return (crc >> 15 | crc << 17) + 0xA282EAD8u;
}

} // namespace

uint32_t crc32c(std::string_view bytes)
{
    uint32_t crc = 0xFFFFFFFFu;
    for (const char byte : bytes)
        crc = crcTable[(crc ^ static_cast<unsigned char>(byte)) & 0xFF] ^ crc >> 8;
    return ~crc;
}

EventFile::EventFile(double wallTime)
{
    std::string event = eventAt(wallTime);
    appendBytes(event, 3, "brain.Event:2");
    addRecord(event);
}

void EventFile::addScalar(std::string_view tag, int64_t step, double wallTime, float value)
{
    std::string summary;
    appendBytes(summary, 1, tag);
    appendFloat(summary, 2, value);
    addSummary(step, wallTime, summary);
}

void EventFile::addImage(std::string_view tag, int64_t step, double wallTime, int width, int height, std::string_view png)
{
    std::string image;
    appendInteger(image, 1, height);
    appendInteger(image, 2, width);
    appendInteger(image, 3, 3); // RGB
    appendBytes(image, 4, png);
    std::string summary;
    appendBytes(summary, 1, tag);
    appendBytes(summary, 4, image);
    addSummary(step, wallTime, summary);
}

void EventFile::addAudio(std::string_view tag, int64_t step, double wallTime, int sampleRate, int channels, int64_t frames, std::string_view wav)
{
    std::string audio;
    appendFloat(audio, 1, static_cast<float>(sampleRate));
    appendInteger(audio, 2, channels);
    appendInteger(audio, 3, frames);
    appendBytes(audio, 4, wav);
    appendBytes(audio, 5, "audio/wav");
    std::string summary;
    appendBytes(summary, 1, tag);
    appendBytes(summary, 6, audio);
    addSummary(step, wallTime, summary);
}

void EventFile::addSummary(int64_t step, double wallTime, const std::string& value)
{
    std::string summary, event = eventAt(wallTime);
    appendBytes(summary, 1, value);
    appendInteger(event, 2, step);
    appendBytes(event, 5, summary);
    addRecord(event);
}

void EventFile::addRecord(const std::string& event)
{
    std::string length;
    appendLittleEndian(length, static_cast<uint64_t>(event.size()));
    m_bytes += length;
    appendLittleEndian(m_bytes, masked(crc32c(length)));
    m_bytes += event;
    appendLittleEndian(m_bytes, masked(crc32c(event)));
}

} // namespace melscope
