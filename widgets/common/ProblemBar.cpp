// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/ProblemBar.h"

#include "common/Theme.h"
#include "common/ThemedIcon.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace melscope {
namespace {

QColor colourOf(ProblemBar::Severity severity)
{
    const ThemeColours& colours = Theme::colours();
    switch (severity) {
    case ProblemBar::Severity::Good: return colours.good;
    case ProblemBar::Severity::Info: return colours.accent;
    case ProblemBar::Severity::Warning: return colours.warning;
    case ProblemBar::Severity::Error: return colours.error;
    }
    return colours.text;
}

QString iconOf(ProblemBar::Severity severity)
{
    switch (severity) {
    case ProblemBar::Severity::Good: return QStringLiteral("good");
    case ProblemBar::Severity::Info: return QStringLiteral("info");
    case ProblemBar::Severity::Warning: return QStringLiteral("warning");
    case ProblemBar::Severity::Error: return QStringLiteral("error");
    }
    return {};
}

} // namespace

ProblemBar::ProblemBar(QWidget* parent)
    : QFrame(parent), m_icon(new QLabel(this)), m_sentence(new QLabel(this)), m_action(new QPushButton(this)),
      m_close(new QToolButton(this))
{
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setIcon(themedIcon(QStringLiteral("close")));
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Dismiss"));
    m_close->setAccessibleName(tr("Dismiss the message"));
    auto* row = new QHBoxLayout(this);
    const int gap = fontMetrics().height() / 3;
    row->setContentsMargins(gap * 2, gap, gap, gap);
    row->addWidget(m_icon);
    row->addWidget(m_sentence, 1);
    row->addWidget(m_action);
    row->addWidget(m_close);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setAccessibleName(tr("Message"));
    connect(m_action, &QPushButton::clicked, this, &ProblemBar::actionTriggered);
    connect(m_close, &QToolButton::clicked, this, [this] {
        clear();
        Q_EMIT dismissed();
    });
    hide();
}

void ProblemBar::showMessage(Severity severity, const QString& sentence, const QString& actionText)
{
    m_severity = severity;
    m_sentence->setText(sentence);
    m_action->setText(actionText);
    m_action->setVisible(!actionText.isEmpty());
    setAccessibleDescription(sentence);
    showIcon();
    show();
    update();
}

void ProblemBar::clear()
{
    m_sentence->clear();
    hide();
}

bool ProblemBar::offersAction() const
{
    return !isHidden() && !m_action->isHidden();
}

QString ProblemBar::sentence() const
{
    return m_sentence->text();
}

void ProblemBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showIcon();
}

void ProblemBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QColor tint = colourOf(m_severity);
    painter.fillRect(QRect(0, 0, fontMetrics().height() / 4, height()), tint);
    tint.setAlphaF(0.12f);
    painter.fillRect(rect(), tint);
}

void ProblemBar::showIcon()
{
    const int side = fontMetrics().height() * 5 / 4;
    m_icon->setPixmap(themedIcon(iconOf(m_severity), colourOf(m_severity)).pixmap(QSize(side, side), devicePixelRatioF()));
}

} // namespace melscope
