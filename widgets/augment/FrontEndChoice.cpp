// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/FrontEndChoice.h"

#include <QLocale>

namespace melscope {

QString frontEndText(const FrontEnd& frontEnd)
{
    const QString facts = FrontEndChoice::tr("%1 kHz, %2 mels, hop %3")
                              .arg(QLocale().toString(frontEnd.sampleRate / 1000.0, 'g', 5)).arg(frontEnd.mels).arg(frontEnd.hop);
    switch (frontEnd.kind) {
    case FrontEnd::Kind::Kaldi:
        return FrontEndChoice::tr("Kaldi, %1").arg(facts);
    case FrontEnd::Kind::Beats:
        return FrontEndChoice::tr("BEATs, %1").arg(facts);
    case FrontEnd::Kind::Mel:
        break;
    }
    return facts;
}

FrontEndChoice::FrontEndChoice(QWidget* parent) : QComboBox(parent)
{
    addItems({tr("Front end: Explore"), tr("Front end: recipe")});
    setAccessibleName(tr("Front end"));
    setSizeAdjustPolicy(AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(13);
    connect(this, &QComboBox::currentIndexChanged, this, &FrontEndChoice::announce);
    announce();
}

void FrontEndChoice::setOfExplore(const FrontEnd& frontEnd)
{
    m_ofExplore = frontEnd;
    announce();
}

void FrontEndChoice::setOfRecipe(const QString& title, const FrontEnd& frontEnd)
{
    m_recipe = title;
    m_ofRecipe = frontEnd;
    announce();
}

void FrontEndChoice::choose(Origin origin)
{
    setCurrentIndex(origin);
}

QString FrontEndChoice::note() const
{
    if (m_recipe.isEmpty() || frontEnd() == m_ofRecipe)
        return {};
    return tr("Shown under Explore's front end (%1); \"%2\", chosen on the Train page, has its own (%3): choose it above to see what that network gets.")
        .arg(frontEndText(m_ofExplore), m_recipe, frontEndText(m_ofRecipe));
}

void FrontEndChoice::announce()
{
    const QString recipe = m_recipe.isEmpty() ? tr("the recipe chosen on the Train page") : QStringLiteral("\"%1\"").arg(m_recipe);
    setToolTip(tr("How the spectrogram is computed before augmentations change it: as on the Explore page (%1), or as by %2 (%3). A run draws "
                  "exactly what is shown under its recipe's front end.").arg(frontEndText(m_ofExplore), recipe, frontEndText(m_ofRecipe)));
    Q_EMIT recipeChanged();
    if (frontEnd() == m_announced)
        return;
    m_announced = frontEnd();
    Q_EMIT frontEndChanged();
}

} // namespace melscope
