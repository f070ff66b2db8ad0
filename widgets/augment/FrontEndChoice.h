// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/FrontEnd.h"

#include <QComboBox>

namespace melscope {

/// Under which front end augmentations are previewed: that of the Explore page, or that of the recipe chosen on the Train page,
/// whose network gets no other.
class FrontEndChoice : public QComboBox
{
    Q_OBJECT

public:
    enum Origin { Explore, Recipe };

    explicit FrontEndChoice(QWidget* parent = nullptr);

    void setOfExplore(const FrontEnd& frontEnd);
    void setOfRecipe(const QString& title, const FrontEnd& frontEnd);
    void choose(Origin origin);

    Origin origin() const { return static_cast<Origin>(currentIndex()); }
    const FrontEnd& frontEnd() const { return origin() == Recipe ? m_ofRecipe : m_ofExplore; } ///< the chosen one
    /// A sentence where the chosen one is not what the recipe's network gets; empty where it is.
    QString note() const;

Q_SIGNALS:
    void frontEndChanged(); ///< frontEnd() is another
    void recipeChanged();   ///< note() may be another

private:
    void announce();

    FrontEnd m_ofExplore;
    FrontEnd m_ofRecipe;
    FrontEnd m_announced;
    QString m_recipe; // title; empty: none is known
};

/// "44.1 kHz, 64 mels, hop 882", and the kind where it is no mel spectrogram.
QString frontEndText(const FrontEnd& frontEnd);

} // namespace melscope
