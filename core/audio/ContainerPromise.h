// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

namespace melscope {

/// What a container says about the bytes of sound in it, beside the bytes that are there. libsndfile quietly believes
/// the file's size where a WAV or AIFF header promises more, so a cut file has to be noticed here.
struct ContainerPromise
{
    int64_t promisedBytes = 0; ///< 0 where the container does not say
    int64_t presentBytes = 0;

    bool cut() const { return presentBytes < promisedBytes; }
};

/// Looks at the chunk headers of RIFF, RF64, RIFX and FORM files and at the last page of Ogg files; says nothing of
/// others. Never throws: a file it cannot follow gives an empty promise.
ContainerPromise readContainerPromise(const std::filesystem::path& path);

} // namespace melscope
