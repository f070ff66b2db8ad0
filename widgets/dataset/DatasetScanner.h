// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Threads.h"
#include "dataset/ClipRows.h"

#include <QObject>

#include <memory>
#include <vector>

namespace melscope {

/// Looks into a dataset's files in the background: leaks between folds first, then every header, then (where there are
/// few enough clips, or when asked) every sample for levels. A newer start overtakes the older one.
class DatasetScanner : public QObject
{
    Q_OBJECT

public:
    /// Above this many clips levels are measured only on request: decoding takes about 3 ms a clip.
    static constexpr int measuredAtOnce = 5000;

    using Figures = std::vector<std::pair<int, ClipFigures>>;

    explicit DatasetScanner(QObject* parent = nullptr);

    void start(std::shared_ptr<const Dataset> dataset);
    void measureLevels(std::shared_ptr<const Dataset> dataset);
    void cancel();

Q_SIGNALS:
    void started(bool measuring); ///< false: headers, true: levels
    void progressed(int done, int total);
    void figuresArrived(std::shared_ptr<const melscope::DatasetScanner::Figures> figures); ///< at most every 60 ms
    void leaksChecked(std::shared_ptr<const std::vector<melscope::Problem>> leaks);
    void problemsFound(std::shared_ptr<const std::vector<melscope::Problem>> problems); ///< of the files; replaces earlier ones
    void finished(); ///< or cancelled

private:
    void scan(const std::shared_ptr<const Dataset>& dataset, bool withHeaders, bool withLevels);

    int m_generation = 0;
    LatestJob m_job; // last: stops before the rest goes
};

} // namespace melscope
