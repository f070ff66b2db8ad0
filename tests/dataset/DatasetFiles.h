// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audio/AudioFile.h"
#include "dataset/Dataset.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

namespace melscope::test {

inline void writeText(const std::filesystem::path& path, const std::string& text)
{
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

/// A tone, written in the format of the extension.
inline void writeTone(const std::filesystem::path& path, double seconds = 0.1, int rate = 8000, float amplitude = 0.5f, int channels = 1)
{
    std::filesystem::create_directories(path.parent_path());
    Waveform waveform{rate, channels, {}};
    const auto length = static_cast<size_t>(seconds * rate);
    for (int channel = 0; channel < channels; ++channel)
        for (size_t i = 0; i < length; ++i)
            waveform.samples.push_back(amplitude * static_cast<float>(std::sin(0.3 * static_cast<double>(i))));
    writeAudioFile(path, waveform);
}

inline const Problem* problemOfKind(const std::vector<Problem>& problems, Problem::Kind kind)
{
    const auto found = std::find_if(problems.begin(), problems.end(), [&](const Problem& p) { return p.kind == kind; });
    return found == problems.end() ? nullptr : &*found;
}

inline const Clip* clipNamed(const Dataset& dataset, const std::string& name)
{
    const auto found = std::find_if(dataset.clips.begin(), dataset.clips.end(), [&](const Clip& c) { return c.name == name; });
    return found == dataset.clips.end() ? nullptr : &*found;
}

/// The kind of the Error that `call` throws and its sentence; "nothing" where it does not.
template<typename Call>
std::pair<std::string, std::string> errorOf(Call call)
{
    try {
        call();
    } catch (const Error& error) {
        return {toString(error.kind()), error.what()};
    }
    return {"nothing", {}};
}

} // namespace melscope::test
