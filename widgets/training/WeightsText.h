// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "weights/WeightIdentity.h"

#include <QString>

#include <filesystem>
#include <utility>
#include <vector>

namespace melscope {

/// What a weight file is, in a sentence or two: "EfficientNet-Lite0, the published efficientnet-lite0-57934424.pth, trained on ImageNet."
QString weightsSentence(const WeightIdentity& identity);

/// The same in full, as rows of name and text. Text from the file itself is shown without control characters.
std::vector<std::pair<QString, QString>> weightsRows(const WeightFile& file, const WeightIdentity& identity, const std::filesystem::path& path);

/// What files a method (an id) accepts, what they are called and where people get them; empty for one that takes none.
QString acceptedWeightsText(const std::string& method);

} // namespace melscope
