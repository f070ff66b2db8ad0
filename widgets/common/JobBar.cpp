// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/JobBar.h"

#include "common/ThemedIcon.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace melscope {

QString remainingText(double seconds)
{
    const auto text = [](const char* sentence) { return QCoreApplication::translate("JobBar", sentence); };
    if (!std::isfinite(seconds) || seconds < 0.0)
        return {};
    if (seconds < 1.0)
        return text(QT_TRANSLATE_NOOP("JobBar", "under a second"));
    if (seconds < 90.0)
        return text(QT_TRANSLATE_NOOP("JobBar", "about %1 s")).arg(std::lround(seconds));
    const long minutes = std::lround(seconds / 60.0);
    if (minutes < 60)
        return text(QT_TRANSLATE_NOOP("JobBar", "about %1 min")).arg(minutes);
    return text(QT_TRANSLATE_NOOP("JobBar", "about %1 h %2 min")).arg(minutes / 60).arg(minutes % 60);
}

JobBar::JobBar(QWidget* parent)
    : QWidget(parent), m_what(new QLabel(this)), m_bar(new QProgressBar(this)), m_remaining(new QLabel(this)),
      m_cancel(new QToolButton(this))
{
    m_bar->setTextVisible(false);
    m_bar->setMaximumHeight(fontMetrics().height() * 2 / 3);
    m_cancel->setIcon(themedIcon(QStringLiteral("close")));
    m_cancel->setAutoRaise(true);
    m_cancel->setToolTip(tr("Cancel"));
    // Two lines and a short bar: side by side they would make a narrow dock wide, and it never shrinks back.
    m_bar->setMinimumWidth(fontMetrics().averageCharWidth() * 8);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto* title = new QHBoxLayout;
    title->addWidget(m_what, 1);
    title->addWidget(m_cancel);
    auto* progress = new QHBoxLayout;
    progress->addWidget(m_bar, 1);
    progress->addWidget(m_remaining);
    rows->addLayout(title);
    rows->addLayout(progress);
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        m_cancel->setEnabled(false);
        m_remaining->setText(tr("stopping…"));
        Q_EMIT cancelRequested();
    });
    hide();
}

void JobBar::start(const QString& what)
{
    m_running = true;
    m_clock.start();
    m_what->setText(what);
    m_remaining->clear();
    m_bar->setRange(0, 0);
    m_bar->setAccessibleName(what);
    m_cancel->setEnabled(true);
    m_cancel->setAccessibleName(tr("Cancel: %1").arg(what));
    show();
}

void JobBar::setProgress(int done, int total)
{
    if (!m_running)
        return;
    m_bar->setRange(0, total);
    m_bar->setValue(done);
    const double elapsed = static_cast<double>(m_clock.elapsed()) / 1000.0;
    QString text = tr("%L1 of %L2").arg(done).arg(total);
    // The first moments say nothing yet about the rest.
    if (done > 0 && elapsed > 1.0)
        text = tr("%1, %2 left").arg(text, remainingText(elapsed / done * (total - done)));
    if (m_cancel->isEnabled())
        m_remaining->setText(text);
}

QString JobBar::what() const
{
    return m_what->text();
}

void JobBar::finish()
{
    m_running = false;
    hide();
}

} // namespace melscope
