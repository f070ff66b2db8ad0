// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunList.h"

#include <QComboBox>

namespace melscope {

class RunChoices;

/// Chooses one of the runs that have results. currentIndexChanged() tells of a person's choice and of choose(), never of a new list:
/// the chosen run stays chosen, wherever it has moved to.
class RunBox : public QComboBox
{
    Q_OBJECT

public:
    enum class WhenGone { First, None }; ///< what is chosen where the chosen run, or any, is not in the list

    explicit RunBox(WhenGone whenGone, QWidget* parent = nullptr);

    void setRuns(const RunList& runs);
    void setLead(const std::string& id, const QString& text = {}); ///< as RunChoices::setLead()
    void choose(const std::string& id); ///< one that is not in the list: none, or with First no change
    std::string run() const; ///< its id; empty: none is chosen

    void showPopup() override;

private:
    template <typename Change>
    void changeQuietly(Change change);

    WhenGone m_whenGone;
    RunChoices* m_choices;
};

} // namespace melscope
