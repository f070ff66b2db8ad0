// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/ClipHeader.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace melscope {

ClipHeader::ClipHeader(QAction* previous, QAction* next, QWidget* parent) : QWidget(parent), m_label(new QLabel(this))
{
    auto* row = new QHBoxLayout(this);
    const int space = fontMetrics().averageCharWidth();
    row->setContentsMargins(space, space / 2, space, 0);
    row->setSpacing(space / 2);
    m_label->setTextFormat(Qt::RichText);
    m_label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // a long name must not widen the page
    m_label->setAccessibleName(tr("Clip"));
    row->addWidget(m_label, 1);
    for (QAction* action : {previous, next}) {
        auto* button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setAutoRaise(true);
        row->addWidget(button);
    }
}

void ClipHeader::setClip(const std::string& className, const std::string& name, int fold)
{
    m_label->setText(tr("<b>%1</b> &nbsp;%2 · fold %3")
                         .arg(QString::fromStdString(className).toHtmlEscaped(), QString::fromStdString(name).toHtmlEscaped())
                         .arg(fold));
}

void ClipHeader::clear()
{
    m_label->clear();
}

QString ClipHeader::text() const
{
    return m_label->text();
}

} // namespace melscope
