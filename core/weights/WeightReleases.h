// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace melscope {

/// What the numbers of a weight file learned from, where that is known.
enum class WeightOrigin { Unknown, ImageNet, AudioSetSelfSupervised, AudioSetSupervised };
const char* toString(WeightOrigin origin); ///< "unknown", "ImageNet", "AudioSet (self-supervised)", "AudioSet (supervised)"

/// A weight file that somebody published.
struct WeightRelease
{
    std::string_view file;         ///< the name under which it is found
    std::string_view sha256;       ///< the whole digest, or its first 8 digits where only these are published
    std::string_view architecture; ///< WeightIdentity::architecture
    WeightOrigin origin = WeightOrigin::Unknown;
    std::string_view source;       ///< where people get it
};

std::span<const WeightRelease> weightReleases();
const WeightRelease* releaseWithDigest(std::string_view sha256); ///< nullptr when there is none
const WeightRelease* releaseNamed(std::string_view file);        ///< nullptr when there is none

/// A name such as the BEATs authors gave their files: BEATs_iter1.pt, Tokenizer_iter3_plus_AS2M.pt.
bool isNamedLikeBeats(std::string_view file);

/// The 8 hexadecimal digits at the end of a name such as resnet34-b627a593.pth: the beginning of the file's SHA-256, by
/// torch.hub's convention. Empty where a name has none.
std::string digestPromisedBy(std::string_view file);

} // namespace melscope
