// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationPreview.h"

#include <QObject>

#include <memory>

namespace melscope {

class Player;

/// Lets a preview's two sides be heard through one player at the same position: flipping goes on without a gap, equally loud
/// unless that is switched off, and so does a changed chain. Thread: the GUI's.
class ComparisonPlayer : public QObject
{
    Q_OBJECT

public:
    explicit ComparisonPlayer(std::unique_ptr<Player> player, QObject* parent = nullptr);
    ~ComparisonPlayer() override;

    Player& player() const { return *m_player; }
    /// Null: nothing. The same clip with another draw or chain goes on where it is; another clip stops.
    void setPreview(std::shared_ptr<const AugmentationPreview> preview);

    PreviewSide side() const { return m_side; }
    void setSide(PreviewSide side);
    void flip();
    bool isMatched() const { return m_matched; }
    void setMatched(bool matched);
    double gainDb(PreviewSide side) const; ///< under which that side is heard

Q_SIGNALS:
    void sideChanged(melscope::PreviewSide side);
    void gainsChanged();

private:
    void hand();

    std::unique_ptr<Player> m_player;
    std::shared_ptr<const AugmentationPreview> m_preview;
    PreviewSide m_side = PreviewSide::After;
    bool m_matched = true;
};

} // namespace melscope
