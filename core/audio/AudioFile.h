// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audio/Waveform.h"

#include <filesystem>
#include <string>

namespace melscope {

/// What a file's header promises.
struct AudioInfo
{
    int sampleRate = 0; ///< Hz
    int channels = 0;
    SampleIndex frames = 0; ///< samples per channel; 0 where the format does not say
    std::string format;     ///< e.g. "WAV 16 bit", "FLAC", "Ogg Vorbis"

    double seconds() const { return sampleRate > 0 ? static_cast<double>(frames) / sampleRate : 0.0; }
};

/// Opens the file and reads its header only. Throws Error: Missing, Unreadable, Empty (zero bytes or no samples),
/// Format (not audio, or a header beyond 64 channels or 1-768 kHz).
AudioInfo readAudioInfo(const std::filesystem::path& path);

/// Decodes a whole file at its native rate (WAV, FLAC, Ogg Vorbis, Opus, MP3, AIFF: what libsndfile 1.2 knows).
/// Never allocates for frames that are not really there. A file that holds fewer frames than promised throws
/// Error(Truncated) unless `partial` is not null: then what is there is returned and *partial says whether it was cut.
/// Samples that are not finite become 0. Thread: any.
Waveform readAudioFile(const std::filesystem::path& path, bool* partial = nullptr);

/// Writes WAV (16 bit, or 32-bit float), FLAC or Ogg Vorbis by the path's extension; used by exports and the demo
/// dataset. Throws Error (Unreadable, DiskFull, InvalidValue).
enum class SampleFormat { Int16, Float32 };
void writeAudioFile(const std::filesystem::path& path, const Waveform& waveform, SampleFormat format = SampleFormat::Int16);

/// Whether the extension is one that readAudioFile may know (any case).
bool hasAudioExtension(const std::filesystem::path& path);

} // namespace melscope
