// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/Engine.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace melscope {

/// "12 s an epoch, 6 min a fold, 1.3 GB".
QString costText(const TrainingCost& cost, int folds);

/// What a run would cost on this machine: not known, being measured, or measured.
class CostPanel : public QWidget
{
    Q_OBJECT

public:
    explicit CostPanel(QWidget* parent = nullptr);

    void showUnknown();
    void showMeasuring(const QString& doing);
    void showCost(const TrainingCost& cost, int folds); ///< `folds`: as many as the run would train
    void showFailure(const QString& sentence);
    void setPossible(bool possible); ///< there is something to measure
    bool isMeasuring() const { return m_measuring; }

Q_SIGNALS:
    void measureRequested();
    void cancelRequested();

private:
    void show(const QString& text, bool measuring);

    bool m_measuring = false;
    bool m_possible = false;
    QLabel* m_text;
    QToolButton* m_button;
};

} // namespace melscope
