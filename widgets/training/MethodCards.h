// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <string>
#include <vector>

class QAbstractButton;

namespace melscope {

/// The seven methods, one card each: title, approach, the published figure. Those that this version cannot run yet say so and
/// cannot be chosen.
class MethodCards : public QWidget
{
    Q_OBJECT

public:
    explicit MethodCards(QWidget* parent = nullptr);

    std::string method() const; ///< id of the chosen one, empty when none can run
    void setCost(const std::string& id, const QString& text); ///< what a fold of it was last measured to cost
    void setMethod(const std::string& id);

Q_SIGNALS:
    void methodChanged(const std::string& id);

private:
    std::vector<QAbstractButton*> m_cards; // in the order of methods()
};

} // namespace melscope
