// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunRecord.h"

#include <QFrame>

#include <vector>

class QLabel;

namespace melscope {

/// "2 runs were interrupted: Resume / Leave". Hidden while there is nothing to offer.
class OfferBar : public QFrame
{
    Q_OBJECT

public:
    explicit OfferBar(QWidget* parent = nullptr);
    void offer(const std::vector<RunRecord>& runs);
    void withdraw(const std::string& id); ///< this run was resumed or removed elsewhere

Q_SIGNALS:
    void resumeRequested(const std::string& id); ///< once for each run offered

private:
    void resumeAll();

    std::vector<RunRecord> m_runs;
    QLabel* m_sentence;
};

} // namespace melscope
