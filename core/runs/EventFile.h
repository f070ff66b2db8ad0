// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace melscope {

/// CRC-32C (Castagnoli, polynomial 0x1EDC6F41 reflected), as iSCSI and TFRecord use it.
uint32_t crc32c(std::string_view bytes);

/// Collects TensorBoard events and writes them as one file of TFRecords: length, masked CRC-32C of it, bytes, masked CRC-32C of
/// those. The events are TensorFlow's event.proto and summary.proto, encoded here.
class EventFile
{
public:
    explicit EventFile(double wallTime); ///< seconds since 1970, of the file's own first event

    void addScalar(std::string_view tag, int64_t step, double wallTime, float value);
    void addImage(std::string_view tag, int64_t step, double wallTime, int width, int height, std::string_view png);
    void addAudio(std::string_view tag, int64_t step, double wallTime, int sampleRate, int channels, int64_t frames, std::string_view wav);

    const std::string& bytes() const { return m_bytes; }

private:
    void addSummary(int64_t step, double wallTime, const std::string& value);
    void addRecord(const std::string& event);

    std::string m_bytes;
};

} // namespace melscope
