// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectral/FrontEndSettings.h"

#include <set>

namespace melscope {

FrontEnd withSettings(const FrontEnd& frontEnd, const std::vector<Setting>& settings)
{
    Json json = frontEnd.toJson();
    std::set<std::string> changed;
    for (const auto& [key, text] : settings) {
        // "kind" names the family of a preset; it has no entry in the schema of numbers.
        json[key] = key == "kind" ? Json(text) : FrontEnd::schema().parsed(key, text);
        changed.insert(key);
    }
    const auto follows = [&](const char* follower, const char* leader) {
        return changed.contains(leader) && !changed.contains(follower);
    };
    if (follows("win_length", "n_fft") && frontEnd.winLength == frontEnd.nFft)
        json["win_length"] = json["n_fft"];
    if (follows("f_max", "sample_rate") && frontEnd.fMax == frontEnd.sampleRate / 2.0)
        json["f_max"] = json["sample_rate"].get<double>() / 2.0;
    return FrontEnd::fromJson(json);
}

} // namespace melscope
