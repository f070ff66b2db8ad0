// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/CostPanel.h"

#include "common/Figures.h"
#include "common/ThemedIcon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>

namespace melscope {

QString costText(const TrainingCost& cost, int folds)
{
    const QString memory = QLocale().formattedDataSize(static_cast<qint64>(cost.peakMemoryMb * 1024.0 * 1024.0), 1, QLocale::DataSizeTraditionalFormat);
    const QString epoch = cost.secondsPerEpoch < 60.0 ? CostPanel::tr("%1 s").arg(QLocale().toString(cost.secondsPerEpoch, 'f', 1)) : timeText(cost.secondsPerEpoch);
    const QString all = timeText(cost.secondsOnce + cost.secondsPerFold * folds);
    const QString once = cost.secondsOnce > 0.0 ? CostPanel::tr(" (%1 of it once, for the clips' features)").arg(timeText(cost.secondsOnce)) : QString();
    if (folds > 1)
        return CostPanel::tr("%1 an epoch, %2 for all %3 folds%4, %5").arg(epoch, all).arg(folds).arg(once, memory);
    return CostPanel::tr("%1 an epoch, %2 in all%3, %4").arg(epoch, all, once, memory);
}

CostPanel::CostPanel(QWidget* parent) : QWidget(parent), m_text(new QLabel(this)), m_button(new QToolButton(this))
{
    m_text->setObjectName(QStringLiteral("cost"));
    m_text->setWordWrap(true);
    m_button->setObjectName(QStringLiteral("measureCost"));
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    connect(m_button, &QToolButton::clicked, this, [this] {
        if (m_measuring)
            Q_EMIT cancelRequested();
        else
            Q_EMIT measureRequested();
    });
    showUnknown();
}

void CostPanel::show(const QString& text, bool measuring)
{
    m_measuring = measuring;
    m_text->setText(text);
    m_button->setText(measuring ? tr("Cancel") : tr("Measure"));
    m_button->setIcon(themedIcon(measuring ? QStringLiteral("close") : QStringLiteral("clock")));
    m_button->setToolTip(measuring ? tr("Stop measuring")
                                   : tr("Trains a few batches, between runs, and tells from them how long the run would take and how much memory"));
    m_button->setEnabled(m_possible || measuring);
}

void CostPanel::setPossible(bool possible)
{
    m_possible = possible;
    m_button->setEnabled(m_possible || m_measuring);
}

void CostPanel::showUnknown()
{
    show(tr("not measured yet"), false);
}

void CostPanel::showMeasuring(const QString& doing)
{
    show(doing, true);
}

void CostPanel::showCost(const TrainingCost& cost, int folds)
{
    show(tr("about %1").arg(costText(cost, folds)), false);
}

void CostPanel::showFailure(const QString& sentence)
{
    show(sentence, false);
}

} // namespace melscope
