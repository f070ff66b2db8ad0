// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/AudioFile.h"

#include "base/Error.h"
#include "base/Files.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <memory>
#include <sndfile.h>

namespace melscope {
namespace {

namespace fs = std::filesystem;

// libsndfile's Ogg encoder keeps what it is given on the stack: long pieces crash it.
constexpr SampleIndex pieceFrames = 4096;

/// A file in memory for libsndfile to write to, so that the finished bytes reach the disk in one durable step.
struct MemoryFile
{
    std::string bytes;
    size_t position = 0;

    static MemoryFile& of(void* user) { return *static_cast<MemoryFile*>(user); }
    static sf_count_t length(void* user) { return static_cast<sf_count_t>(of(user).bytes.size()); }
    static sf_count_t tell(void* user) { return static_cast<sf_count_t>(of(user).position); }
    static sf_count_t seek(sf_count_t offset, int whence, void* user)
    {
        const sf_count_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? tell(user) : length(user);
        of(user).position = static_cast<size_t>(std::max<sf_count_t>(base + offset, 0));
        return tell(user);
    }
    static sf_count_t read(void* target, sf_count_t count, void* user)
    {
        MemoryFile& file = of(user);
        if (file.position >= file.bytes.size())
            return 0;
        const size_t got = std::min(static_cast<size_t>(count), file.bytes.size() - file.position);
        std::memcpy(target, file.bytes.data() + file.position, got);
        file.position += got;
        return static_cast<sf_count_t>(got);
    }
    static sf_count_t write(const void* source, sf_count_t count, void* user)
    {
        MemoryFile& file = of(user);
        const size_t end = file.position + static_cast<size_t>(count);
        if (end > file.bytes.size())
            file.bytes.resize(end);
        std::memcpy(file.bytes.data() + file.position, source, static_cast<size_t>(count));
        file.position = end;
        return count;
    }
};

int formatFor(const fs::path& path, SampleFormat format)
{
    std::string extension = path.extension().string();
    std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (extension == ".wav")
        return SF_FORMAT_WAV | (format == SampleFormat::Int16 ? SF_FORMAT_PCM_16 : SF_FORMAT_FLOAT);
    if (extension == ".flac")
        return SF_FORMAT_FLAC | SF_FORMAT_PCM_16;
    if (extension == ".ogg")
        return SF_FORMAT_OGG | SF_FORMAT_VORBIS;
    throw Error(ErrorKind::InvalidValue, path.string() + " cannot be written: its name must end in .wav, .flac or .ogg.", path);
}

/// Frames [start, start + count) with the channels interleaved, each sample through `convert`.
template <typename Sample, typename Convert>
std::vector<Sample> interleaved(const Waveform& waveform, SampleIndex start, SampleIndex count, Convert convert)
{
    std::vector<Sample> piece(static_cast<size_t>(count * waveform.channels));
    for (int c = 0; c < waveform.channels; ++c) {
        const std::span<const float> channel = waveform.channel(c);
        for (SampleIndex i = 0; i < count; ++i)
            piece[static_cast<size_t>(i * waveform.channels + c)] = convert(channel[static_cast<size_t>(start + i)]);
    }
    return piece;
}

float finite(float sample)
{
    return std::isfinite(sample) ? sample : 0.0f;
}

short toInt16(float sample)
{
    return static_cast<short>(std::lrint(std::clamp(finite(sample) * 32768.0f, -32768.0f, 32767.0f)));
}

bool writePieces(SNDFILE* handle, const Waveform& waveform, bool asInt16)
{
    for (SampleIndex start = 0; start < waveform.length(); start += pieceFrames) {
        const SampleIndex count = std::min(pieceFrames, waveform.length() - start);
        const sf_count_t written = asInt16
            ? sf_writef_short(handle, interleaved<short>(waveform, start, count, toInt16).data(), count)
            : sf_writef_float(handle, interleaved<float>(waveform, start, count, finite).data(), count);
        if (written != count)
            return false;
    }
    return true;
}

} // namespace

void writeAudioFile(const fs::path& path, const Waveform& waveform, SampleFormat format)
{
    SF_INFO info{};
    info.samplerate = waveform.sampleRate;
    info.channels = waveform.channels;
    info.format = formatFor(path, format);
    MemoryFile memory;
    SF_VIRTUAL_IO access{&MemoryFile::length, &MemoryFile::seek, &MemoryFile::read, &MemoryFile::write, &MemoryFile::tell};
    const bool possible = waveform.channels >= 1 && waveform.channels <= 64 && sf_format_check(&info);
    std::unique_ptr<SNDFILE, decltype(&sf_close)> handle(
        possible ? sf_open_virtual(&access, SFM_WRITE, &info, &memory) : nullptr, &sf_close);
    if (!handle)
        throw Error(ErrorKind::InvalidValue,
                    path.string() + " cannot be written with " + std::to_string(waveform.channels) + " channels at "
                        + std::to_string(waveform.sampleRate) + " Hz; choose another format or rate.",
                    path);
    const bool asInt16 = (info.format & SF_FORMAT_SUBMASK) == SF_FORMAT_PCM_16;
    const bool complete = writePieces(handle.get(), waveform, asInt16);
    if (sf_close(handle.release()) != 0 || !complete)
        throw Error(ErrorKind::Internal, path.string() + " could not be encoded; try another format.", path);
    writeFileAtomically(path, memory.bytes);
}

} // namespace melscope
