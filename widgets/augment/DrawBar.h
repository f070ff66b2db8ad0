// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <optional>
#include <vector>

class QAction;
class QComboBox;
class QSpinBox;

namespace melscope {

/// Which random draw is looked at: seed, epoch, and the fold that is held out (it decides which clips can be mixed in). What a
/// run with this seed does to the clip in that epoch is what the preview shows.
class DrawBar : public QWidget
{
    Q_OBJECT

public:
    explicit DrawBar(QWidget* parent = nullptr);

    quint64 seed() const;
    quint64 epoch() const;
    std::optional<int> heldOut() const; ///< nothing: all clips may be partners
    bool isPinned() const;              ///< the seed stays when the chain or the clip changes; else each change rolls another

    void setFolds(const std::vector<int>& folds); ///< the last one is held out
    void setDraw(quint64 seed, quint64 epoch); ///< tells drawChanged() once where it differs
    void reroll();                             ///< another seed at random
    void step(int epochs);

    QAction* rerollAction() const { return m_reroll; }     ///< R
    QAction* previousAction() const { return m_previous; } ///< comma
    QAction* nextAction() const { return m_next; }         ///< full stop
    QAction* pinAction() const { return m_pin; }           ///< checkable

Q_SIGNALS:
    void drawChanged(); ///< seed or epoch
    void heldOutChanged();

private:
    QSpinBox* m_seed;
    QSpinBox* m_epoch;
    QComboBox* m_heldOut;
    QAction *m_pin, *m_reroll, *m_previous, *m_next;
};

} // namespace melscope
