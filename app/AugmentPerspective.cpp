// SPDX-License-Identifier: GPL-3.0-or-later
#include "AugmentPerspective.h"

#include "DifficultyController.h"
#include "augment/AugmentPage.h"
#include "augment/ContactSheet.h"
#include "augment/DifficultyPanel.h"
#include "augment/ShippedChains.h"

#include <QDockWidget>

namespace melscope {

AugmentPerspective::AugmentPerspective(QWidget* parent) 
    : DockPage(parent), m_page(new AugmentPage), m_sheet(new ContactSheet), m_difficulty(new DifficultyPanel),
      m_meter(new DifficultyController(*m_difficulty, this))
{
    setCentralWidget(m_page);
    m_sheetDock = addDock(tr("Contact sheet"), QStringLiteral("sheetDock"), m_sheet, Qt::RightDockWidgetArea);
    tabifyDockWidget(m_sheetDock, addDock(tr("Pretext difficulty"), QStringLiteral("difficultyDock"), m_difficulty, Qt::RightDockWidgetArea));
    m_sheetDock->raise();
    connect(m_page, &AugmentPage::previewRequested, m_sheet, [this](const PreviewRequest& request) {
        request.clips ? m_sheet->setRequest(request) : m_sheet->clear();
    });
    connect(m_sheet, &ContactSheet::epochPinned, m_page, &AugmentPage::setEpoch);
    setChain(findChain("light").chain); // something to see at once
}

void AugmentPerspective::setDataset(const std::shared_ptr<const Dataset>& dataset)
{
    m_page->setDataset(dataset);
    m_meter->setDataset(dataset);
}

void AugmentPerspective::setFrontEnd(const FrontEnd& frontEnd)
{
    m_page->setFrontEnd(frontEnd);
    m_meter->setFrontEnd(frontEnd);
}

void AugmentPerspective::setChain(const AugmentationChain& chain)
{
    m_page->setChain(chain);
    m_meter->setChain(chain);
}

void AugmentPerspective::arrangeDocks()
{
    const int letter = fontMetrics().averageCharWidth();
    resizeDocks({m_sheetDock}, {letter * 44}, Qt::Horizontal);
}

} // namespace melscope
