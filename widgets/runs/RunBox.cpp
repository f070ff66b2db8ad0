// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunBox.h"

#include "runs/RunChoices.h"

#include <QListView>

namespace melscope {

RunBox::RunBox(WhenGone whenGone, QWidget* parent) : QComboBox(parent), m_whenGone(whenGone), m_choices(new RunChoices(this))
{
    setModel(m_choices);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(20); // what is beside it is squeezed last
}

template <typename Change>
void RunBox::changeQuietly(Change change)
{
    const std::string before = run();
    const QSignalBlocker quiet(this);
    change();
    const int row = m_choices->rowOf(before);
    setCurrentIndex(row < 0 && m_whenGone == WhenGone::First && count() > 0 ? 0 : row);
}

void RunBox::setRuns(const RunList& runs)
{
    changeQuietly([&] { m_choices->setRuns(runs); });
}

void RunBox::setLead(const std::string& id, const QString& text)
{
    changeQuietly([&] { m_choices->setLead(id, text); });
}

void RunBox::choose(const std::string& id)
{
    const int row = m_choices->rowOf(id);
    if (row >= 0 || m_whenGone == WhenGone::None)
        setCurrentIndex(row);
}

std::string RunBox::run() const
{
    return m_choices->idAt(currentIndex());
}

void RunBox::showPopup()
{
    if (auto* list = qobject_cast<QListView*>(view()))
        list->setUniformItemSizes(true); // thousands are not measured one by one
    QComboBox::showPopup();
}

} // namespace melscope
