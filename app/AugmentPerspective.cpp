// SPDX-License-Identifier: GPL-3.0-or-later
#include "AugmentPerspective.h"

#include "DifficultyController.h"
#include "augment/AugmentPage.h"
#include "augment/ChainEditor.h"
#include "augment/ContactSheet.h"
#include "augment/DifficultyPanel.h"
#include "augment/FrontEndChoice.h"
#include "augment/LabelSafetyPanel.h"
#include "augment/ShippedChains.h"
#include "training/Recipe.h"

#include <QDockWidget>
#include <QSettings>
#include <QUndoStack>

namespace melscope {

AugmentPerspective::AugmentPerspective(QWidget* parent)
    : DockPage(parent), m_page(new AugmentPage), m_editor(new ChainEditor), m_sheet(new ContactSheet), m_difficulty(new DifficultyPanel),
      m_labelSafety(new LabelSafetyPanel), m_meter(new DifficultyController(*m_difficulty, this))
{
    setCentralWidget(m_page);
    m_chainDock = addDock(tr("Augmentations"), QStringLiteral("chainDock"), m_editor, Qt::LeftDockWidgetArea);
    m_sheetDock = addDock(tr("Contact sheet"), QStringLiteral("sheetDock"), m_sheet, Qt::RightDockWidgetArea);
    tabifyDockWidget(m_sheetDock, addDock(tr("Pretext difficulty"), QStringLiteral("difficultyDock"), m_difficulty, Qt::RightDockWidgetArea));
    tabifyDockWidget(m_sheetDock, addDock(tr("Label safety"), QStringLiteral("labelSafetyDock"), m_labelSafety, Qt::RightDockWidgetArea));
    m_sheetDock->raise();
    connect(m_page, &AugmentPage::previewRequested, m_sheet, [this](const PreviewRequest& request) {
        request.clips ? m_sheet->setRequest(request) : m_sheet->clear();
    });
    connect(m_sheet, &ContactSheet::epochPinned, m_page, &AugmentPage::pinDraw);
    connect(m_page, &AugmentPage::frontEndChanged, m_meter, &DifficultyController::setFrontEnd);
    connect(m_editor, &ChainEditor::chainChanged, m_page, &AugmentPage::setChain);
    connect(m_editor, &ChainEditor::chainChanged, this, &AugmentPerspective::passChainOn);
    connect(m_editor, &ChainEditor::fileSaved, this, &AugmentPerspective::passChainOn); // under another name
}

void AugmentPerspective::passChainOn()
{
    const NamedChain chain = m_editor->namedChain();
    m_meter->setChain(chain);
    m_labelSafety->setCurrentChain(chain);
}

void AugmentPerspective::setDataset(const std::shared_ptr<const Dataset>& dataset)
{
    m_page->setDataset(dataset);
    m_meter->setDataset(dataset);
}

void AugmentPerspective::setFrontEnd(const FrontEnd& frontEnd)
{
    m_page->setFrontEnd(frontEnd);
}

void AugmentPerspective::setRecipe(const Recipe& recipe)
{
    m_page->setRecipe(QString::fromStdString(recipe.title), recipe.frontEnd());
}

void AugmentPerspective::remember(QSettings& settings) const
{
    settings.setValue(QStringLiteral("window/augment"), saveState());
    settings.setValue(QStringLiteral("augment/panes"), m_page->panes().shown().toInt());
    settings.setValue(QStringLiteral("augment/frontEnd"), m_page->frontEnds().origin());
    settings.setValue(QStringLiteral("augment/chain"), QString::fromStdString(m_editor->namedChain().toJson().dump()));
}

void AugmentPerspective::recall(const QSettings& settings)
{
    restoreOrArrange(settings.value(QStringLiteral("window/augment")).toByteArray());
    const QVariant panes = settings.value(QStringLiteral("augment/panes"));
    if (panes.isValid())
        m_page->panes().setShown(PreviewPanes::Panes::fromInt(panes.toInt()));
    m_page->frontEnds().choose(static_cast<FrontEndChoice::Origin>(settings.value(QStringLiteral("augment/frontEnd"), FrontEndChoice::Explore).toInt()));
    NamedChain chain = findChain("light"); // something to see at once
    try {
        const QString kept = settings.value(QStringLiteral("augment/chain")).toString();
        if (!kept.isEmpty())
            chain = NamedChain::fromJson(Json::parse(kept.toStdString()));
    } catch (const std::exception&) {
        // A chain that this version does not know any more: the preset stands in.
    }
    m_editor->setChain(chain);
    m_editor->history().clear();
}

void AugmentPerspective::arrangeDocks()
{
    const int letter = fontMetrics().averageCharWidth();
    resizeDocks({m_chainDock, m_sheetDock}, {letter * 46, letter * 40}, Qt::Horizontal);
}

} // namespace melscope
