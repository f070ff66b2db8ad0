// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/NamedChain.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;

namespace melscope {

/// Which augmentation a run learns with, or which one makes the views that it learns to pair: its recipe's own, a preset, or a
/// chain that was sent here.
class AugmentationChoice : public QWidget
{
    Q_OBJECT

public:
    enum class Purpose { Training, Views };

    explicit AugmentationChoice(Purpose purpose, QWidget* parent = nullptr);

    void setOwn(const NamedChain& own);   ///< of the recipe; another choice stays
    void setSent(const NamedChain& sent); ///< becomes the choice
    void chooseOwn();
    bool isOwn() const;
    const NamedChain& chosen() const;

Q_SIGNALS:
    void changed();
    void editRequested(const melscope::NamedChain& chain);

private:
    void showSteps();

    NamedChain m_own;
    std::optional<NamedChain> m_sent;
    Purpose m_purpose;
    QComboBox* m_choice;
    QLabel* m_steps;
};

} // namespace melscope
