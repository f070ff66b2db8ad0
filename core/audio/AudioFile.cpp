// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/AudioFile.h"

#include "audio/ContainerPromise.h"
#include "base/Error.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <memory>
#include <new>
#include <sndfile.h>
#include <unistd.h>

namespace melscope {
namespace {

namespace fs = std::filesystem;
using SoundFile = std::unique_ptr<SNDFILE, decltype(&sf_close)>;

constexpr sf_count_t pieceFrames = 16384;

void requireReadable(const fs::path& path)
{
    std::error_code failure;
    const fs::file_status status = fs::status(path, failure);
    if (status.type() == fs::file_type::not_found)
        throw Error(ErrorKind::Missing, path.string() + " is not there; was it moved or deleted?", path);
    if (failure)
        throw Error(ErrorKind::Unreadable, path.string() + " cannot be read: " + failure.message() + ".", path);
    if (status.type() == fs::file_type::directory)
        throw Error(ErrorKind::Unreadable, path.string() + " is a folder; choose a file in it.", path);
    if (status.type() != fs::file_type::regular)
        throw Error(ErrorKind::Unreadable, path.string() + " is not a regular file; choose a sound file.", path);
    if (::access(path.c_str(), R_OK) != 0)
        throw Error(ErrorKind::Unreadable, path.string() + " cannot be read: check its permissions.", path);
    if (fs::file_size(path, failure) == 0)
        throw Error(ErrorKind::Empty, path.string() + " is empty (0 bytes); copy it again from its source.", path);
}

std::string formatName(int format)
{
    switch (format & SF_FORMAT_SUBMASK) {
    case SF_FORMAT_VORBIS: return "Ogg Vorbis";
    case SF_FORMAT_OPUS: return "Ogg Opus";
    case SF_FORMAT_MPEG_LAYER_III: return "MP3";
    default: break;
    }
    SF_FORMAT_INFO major{};
    major.format = format & SF_FORMAT_TYPEMASK;
    std::string name = sf_command(nullptr, SFC_GET_FORMAT_INFO, &major, sizeof major) == 0 ? major.name : "sound";
    name = name.substr(0, name.find(' '));
    if (name == "FLAC")
        return name;
    switch (format & SF_FORMAT_SUBMASK) {
    case SF_FORMAT_PCM_S8:
    case SF_FORMAT_PCM_U8: return name + " 8 bit";
    case SF_FORMAT_PCM_16: return name + " 16 bit";
    case SF_FORMAT_PCM_24: return name + " 24 bit";
    case SF_FORMAT_PCM_32: return name + " 32 bit";
    case SF_FORMAT_FLOAT: return name + " 32 bit float";
    case SF_FORMAT_DOUBLE: return name + " 64 bit float";
    default: break;
    }
    SF_FORMAT_INFO sub{};
    sub.format = format & SF_FORMAT_SUBMASK;
    return sf_command(nullptr, SFC_GET_FORMAT_INFO, &sub, sizeof sub) == 0 ? name + " " + sub.name : name;
}

/// Frames that the header promises; what libsndfile believes is scaled up where the container promises more bytes.
SampleIndex promisedFrames(const SF_INFO& info, const ContainerPromise& promise)
{
    if (info.frames <= 0 || info.frames >= SF_COUNT_MAX)
        return 0;
    if (!promise.cut() || promise.presentBytes <= 0)
        return info.frames;
    const double ratio = static_cast<double>(promise.promisedBytes) / static_cast<double>(promise.presentBytes);
    return std::llround(std::min(static_cast<double>(info.frames) * ratio, 9e18));
}

struct OpenedFile
{
    SoundFile handle{nullptr, &sf_close};
    SF_INFO raw{};
    AudioInfo info;
    bool cut = false; ///< the container promises more bytes than there are
};

OpenedFile openForReading(const fs::path& path)
{
    requireReadable(path);
    OpenedFile file;
    file.handle.reset(sf_open(path.c_str(), SFM_READ, &file.raw));
    if (!file.handle)
        // libsndfile's own reason would be that of whichever thread opened a file last
        throw Error(ErrorKind::Format, path.string() + " is not sound that can be read; is it damaged or another kind of file?", path);
    if (file.raw.channels < 1 || file.raw.channels > 64)
        throw Error(ErrorKind::Format,
                    path.string() + " claims " + std::to_string(file.raw.channels) + " channels; 1 to 64 can be read.", path);
    if (file.raw.samplerate < 1000 || file.raw.samplerate > 768000)
        throw Error(ErrorKind::Format,
                    path.string() + " claims a sample rate of " + std::to_string(file.raw.samplerate)
                        + " Hz; 1,000 to 768,000 Hz can be read.",
                    path);
    const ContainerPromise promise = readContainerPromise(path);
    file.cut = promise.cut();
    file.info = {file.raw.samplerate, file.raw.channels, promisedFrames(file.raw, promise), formatName(file.raw.format)};
    if (file.raw.frames == 0)
        throw Error(ErrorKind::Empty, path.string() + " holds no samples; copy it again from its source.", path);
    return file;
}

std::vector<float> readInterleaved(SNDFILE* handle, int channels, SampleIndex promised)
{
    std::vector<float> samples;
    // Only as much as a short clip needs is believed in advance: a header can claim anything.
    constexpr SampleIndex shortClip = 1 << 20;
    samples.reserve(static_cast<size_t>(std::clamp<SampleIndex>(promised, 0, shortClip / channels) * channels));
    std::vector<float> piece(static_cast<size_t>(pieceFrames * channels));
    for (;;) {
        const sf_count_t got = sf_readf_float(handle, piece.data(), pieceFrames);
        if (got <= 0)
            return samples;
        samples.insert(samples.end(), piece.begin(), piece.begin() + got * channels);
    }
}

std::vector<float> channelAfterChannel(std::vector<float> interleaved, int channels)
{
    if (channels == 1)
        return interleaved;
    const size_t length = interleaved.size() / static_cast<size_t>(channels);
    std::vector<float> samples(interleaved.size());
    for (size_t c = 0; c < static_cast<size_t>(channels); ++c)
        for (size_t i = 0; i < length; ++i)
            samples[c * length + i] = interleaved[i * static_cast<size_t>(channels) + c];
    return samples;
}

std::string lowerCaseExtension(const fs::path& path)
{
    std::string extension = path.extension().string();
    std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return extension;
}

} // namespace

AudioInfo readAudioInfo(const fs::path& path)
{
    return openForReading(path).info;
}

Waveform readAudioFile(const fs::path& path, bool* partial)
try {
    const OpenedFile file = openForReading(path);
    Waveform waveform{file.info.sampleRate, file.info.channels, {}};
    waveform.samples = channelAfterChannel(readInterleaved(file.handle.get(), waveform.channels, file.info.frames), waveform.channels);
    const bool truncated = file.cut || waveform.length() < file.info.frames;
    if (truncated && !partial)
        throw Error(ErrorKind::Truncated,
                    path.string() + " is cut short: " + std::to_string(waveform.length()) + " samples of "
                        + std::to_string(std::max(file.info.frames, waveform.length())) + " could be read; copy it again from its source.",
                    path);
    if (waveform.samples.empty())
        throw Error(ErrorKind::Empty, path.string() + " holds no samples that can be read; copy it again from its source.", path);
    for (float& sample : waveform.samples)
        if (!std::isfinite(sample))
            sample = 0.0f;
    if (partial)
        *partial = truncated;
    return waveform;
} catch (const std::bad_alloc&) {
    throw Error(ErrorKind::OutOfMemory, path.string() + " is too long for this machine's memory; cut it into shorter clips.", path);
}

bool hasAudioExtension(const fs::path& path)
{
    static constexpr std::array extensions{".wav", ".wave", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".aif",
                                           ".aiff", ".aifc", ".au", ".snd", ".caf", ".w64", ".rf64"};
    return std::ranges::find(extensions, lowerCaseExtension(path)) != extensions.end();
}

} // namespace melscope
