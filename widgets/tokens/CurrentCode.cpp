// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/CurrentCode.h"

namespace melscope {

void CurrentCode::hover(int code)
{
    set(code, m_chosen);
}

void CurrentCode::choose(int code)
{
    set(m_hovered, code);
}

void CurrentCode::clear()
{
    set(none, none);
}

void CurrentCode::set(int hovered, int chosen)
{
    const int lit = this->lit();
    const bool anotherChosen = chosen != m_chosen;
    m_hovered = hovered;
    m_chosen = chosen;
    if (anotherChosen)
        Q_EMIT chosenChanged(chosen);
    if (this->lit() != lit)
        Q_EMIT litChanged(this->lit());
}

} // namespace melscope
