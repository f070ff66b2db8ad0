// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunStore.h"

#include <filesystem>
#include <functional>

namespace melscope {

/// A picture of a clip for TensorBoard's Images page.
struct EncodedPicture
{
    int width = 0;
    int height = 0;
    std::string png;
};
using PictureOf = std::function<EncodedPicture(const std::filesystem::path& clip)>; ///< throws Error

/// Writes `folder`/<run's name>/fold<N>/events.out.tfevents.*: every epoch's scalars and, with sound and picture, the held-out clips
/// of the highest loss, at most `samples` a fold. Where the dataset or a clip is not at hand there are curves without it, and a sentence
/// in `warnings`. TensorBoard opens `folder`. Returns the files. Throws Error (the store's, and of writing).
std::vector<std::filesystem::path> exportTensorBoard(const RunStore& store, const RunRecord& run, const std::filesystem::path& folder,
                                                     int samples, const PictureOf& pictureOf, std::vector<std::string>& warnings);

} // namespace melscope
