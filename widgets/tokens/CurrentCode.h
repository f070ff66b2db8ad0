// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace melscope {

/// The one code that every view of a codebook lights up: what is under the pointer somewhere, else what was chosen by a click.
/// Thread: the GUI's.
class CurrentCode : public QObject
{
    Q_OBJECT

public:
    static constexpr int none = -1;

    using QObject::QObject;

    int hovered() const { return m_hovered; }
    int chosen() const { return m_chosen; }
    int lit() const { return m_hovered != none ? m_hovered : m_chosen; }

public Q_SLOTS:
    void hover(int code); ///< none: the pointer left
    void choose(int code);
    void clear(); ///< another codebook: its codes are others

Q_SIGNALS:
    void chosenChanged(int code);
    void litChanged(int code);

private:
    void set(int hovered, int chosen);

    int m_hovered = none;
    int m_chosen = none;
};

} // namespace melscope
