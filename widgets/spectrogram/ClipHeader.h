// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <string>

class QAction;
class QLabel;

namespace melscope {

/// Which clip a page shows, class first, with buttons for the clips before and after it.
class ClipHeader : public QWidget
{
    Q_OBJECT

public:
    ClipHeader(QAction* previous, QAction* next, QWidget* parent = nullptr);

    void setClip(const std::string& className, const std::string& name, int fold);
    void clear();
    QString text() const;

private:
    QLabel* m_label;
};

} // namespace melscope
