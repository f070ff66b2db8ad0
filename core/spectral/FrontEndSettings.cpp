// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectral/FrontEndSettings.h"

namespace melscope {

FrontEnd withSettings(const FrontEnd& frontEnd, const std::vector<Setting>& settings)
{
    Json changes = Json::object();
    for (const auto& [key, text] : settings) {
        // "kind" names the family of a preset; it has no entry in the schema of numbers.
        changes[key] = key == "kind" ? Json(text) : FrontEnd::schema().parsed(key, text);
    }
    return frontEnd.with(changes);
}

} // namespace melscope
