// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"
#include "dataset/DatasetScan.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace melscope {

enum class ClipColumn { Spectrogram, Name, Class, Fold, Source, Duration, Rate, Channels, Level };
constexpr int clipColumnCount = 9;

/// What a table shows of one file: ClipFacts without its words, small enough to be copied for a worker by the 100,000.
struct ClipFigures
{
    bool known = false;    ///< its header was read
    bool readable = false;
    bool measured = false; ///< rmsDb is
    int rate = 0;          ///< Hz
    int channels = 0;
    float seconds = 0.0f;
    float rmsDb = 0.0f;    ///< dB re full scale; -infinity for silence

    static ClipFigures from(const ClipFacts& facts, bool measured);
};

/// Which clips a table shows. Text is looked for in name, class and source, in any case; several words must all be there.
struct ClipFilter
{
    std::string text;
    std::optional<int> label;
    std::optional<int> fold;
    bool problemsOnly = false;

    bool operator==(const ClipFilter&) const = default;
    bool isActive() const { return *this != ClipFilter{}; }
};

/// In which order. No column: the dataset's own.
struct ClipOrder
{
    std::optional<ClipColumn> column;
    bool descending = false;
};

/// Everything arrangedClips() needs, so that it can run on a worker.
struct ClipArrangement
{
    std::shared_ptr<const Dataset> dataset;
    std::vector<ClipFigures> figures;                       ///< per clip
    std::shared_ptr<const std::vector<char>> hasProblem;    ///< per clip
    ClipFilter filter;
    ClipOrder order;
};

/// Clip indices in the order of the rows. Clips that are equal in the column keep the dataset's order in both directions;
/// unknown figures come last in both. Empty where stopped.
std::vector<int> arrangedClips(const ClipArrangement& arrangement, std::stop_token stop = {});

} // namespace melscope
