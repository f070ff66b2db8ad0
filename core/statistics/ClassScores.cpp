// SPDX-License-Identifier: GPL-3.0-or-later
#include "statistics/ClassScores.h"

#include <limits>

namespace melscope {
namespace {

double share(int part, int whole)
{
    return whole > 0 ? static_cast<double>(part) / whole : 0.0;
}

} // namespace

std::vector<ClassScore> classScores(const std::vector<std::vector<int>>& counts)
{
    std::vector<ClassScore> scores(counts.size());
    for (size_t label = 0; label < counts.size(); ++label)
        for (size_t predicted = 0; predicted < counts.size(); ++predicted) {
            const int count = counts[label][predicted];
            scores[label].clips += count;
            scores[predicted].predicted += count;
            if (label == predicted)
                scores[label].correct = count;
        }
    for (ClassScore& score : scores) {
        score.precision = share(score.correct, score.predicted);
        score.recall = share(score.correct, score.clips);
        score.f1 = share(2 * score.correct, score.clips + score.predicted);
    }
    return scores;
}

double macroF1(const std::vector<ClassScore>& scores)
{
    double sum = 0.0;
    int classes = 0;
    for (const ClassScore& score : scores)
        if (score.clips > 0 || score.predicted > 0) {
            sum += score.f1;
            ++classes;
        }
    return classes > 0 ? sum / classes : std::numeric_limits<double>::quiet_NaN();
}

} // namespace melscope
