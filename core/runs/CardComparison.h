// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunCard.h"

#include <optional>
#include <string>

namespace melscope {

/// The run that a card asks for, on a dataset that may lie elsewhere. Throws Error(InvalidValue) that says what differs where the
/// classes, a fold, or the class or fold of one of the card's clips are others; Error(Empty) for a card without folds.
NewRun runOf(const RunCard& card, const std::shared_ptr<const Dataset>& dataset);

/// A run beside the card that it reproduces.
struct CardComparison
{
    std::string original; ///< name of the card's run
    int clips = 0;        ///< predicted by both
    int missing = 0;      ///< predicted in the card alone: folds not trained, clips that could not be read
    int samePrediction = 0;
    int identical = 0;              ///< every probability equal to the last bit
    double largestDifference = 0.0; ///< of any probability, in [0, 1]
    double originalAccuracy = 0.0;  ///< of those clips; NaN without any
    double accuracy = 0.0;
    std::string environment; ///< names of what differs in the environments; empty: nothing

    bool isExact() const { return clips > 0 && missing == 0 && identical == clips; }
};

CardComparison compareWithCard(const RunCard& card, const Predictions& predictions, const Json& environment);
/// Of a run that was made with a card (see NewRun); none for others. Throws Error as RunCard::fromFile() does.
std::optional<CardComparison> compareWithCard(const RunStore& store, const RunRecord& run);

std::string toSentence(const CardComparison& comparison);
Json toJson(const CardComparison& comparison);

} // namespace melscope
