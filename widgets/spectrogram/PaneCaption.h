// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace melscope {

/// The name of a pane in the corner of its picture, readable on every colour. Checked: this side is heard.
class PaneCaption : public QAbstractButton
{
    Q_OBJECT

public:
    PaneCaption(const QString& text, QWidget* parent);

    void setNote(const QString& note); ///< after the name, e.g. "+3.2 dB"
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString shownText() const;

    QString m_note;
};

} // namespace melscope
