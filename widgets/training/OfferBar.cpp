// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/OfferBar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace melscope {

OfferBar::OfferBar(QWidget* parent) : QFrame(parent), m_sentence(new QLabel(this))
{
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    auto* layout = new QHBoxLayout(this);
    m_sentence->setWordWrap(true);
    auto* resume = new QPushButton(tr("&Resume"), this);
    resume->setObjectName(QStringLiteral("resume"));
    resume->setToolTip(tr("Goes on from the last checkpoint, to exactly the numbers of a run that was never interrupted."));
    auto* leave = new QPushButton(tr("&Leave"), this);
    leave->setObjectName(QStringLiteral("leave"));
    leave->setToolTip(tr("They stay in the list and can be resumed there at any time."));
    layout->addWidget(m_sentence, 1);
    layout->addWidget(resume);
    layout->addWidget(leave);
    connect(resume, &QPushButton::clicked, this, &OfferBar::resumeAll);
    connect(leave, &QPushButton::clicked, this, &QWidget::hide);
    hide();
}

void OfferBar::offer(const std::vector<RunRecord>& runs)
{
    m_runs = runs;
    QStringList names;
    for (const RunRecord& run : runs)
        names << QString::fromStdString(run.name);
    m_sentence->setText(runs.size() == 1 ? tr("A run was interrupted: %1.").arg(names.join(QString()))
                                         : tr("%1 runs were interrupted: %2.").arg(runs.size()).arg(names.join(QStringLiteral(", "))));
    setVisible(!runs.empty());
}

void OfferBar::withdraw(const std::string& id)
{
    if (isHidden() || std::erase_if(m_runs, [&](const RunRecord& run) { return run.id == id; }) == 0)
        return;
    offer(m_runs);
}

void OfferBar::resumeAll()
{
    hide();
    for (const RunRecord& run : m_runs)
        Q_EMIT resumeRequested(run.id);
}

} // namespace melscope
