// SPDX-License-Identifier: GPL-3.0-or-later
#include "AugmentPerspective.h"

#include "augment/AugmentPage.h"
#include "augment/ContactSheet.h"

#include <QDockWidget>

namespace melscope {

AugmentPerspective::AugmentPerspective(QWidget* parent) : DockPage(parent), m_page(new AugmentPage), m_sheet(new ContactSheet)
{
    setCentralWidget(m_page);
    m_sheetDock = addDock(tr("Contact sheet"), QStringLiteral("sheetDock"), m_sheet, Qt::RightDockWidgetArea);
    connect(m_page, &AugmentPage::previewRequested, m_sheet, [this](const PreviewRequest& request) {
        request.clips ? m_sheet->setRequest(request) : m_sheet->clear();
    });
    connect(m_sheet, &ContactSheet::epochPinned, m_page, &AugmentPage::setEpoch);
}

void AugmentPerspective::arrangeDocks()
{
    const int letter = fontMetrics().averageCharWidth();
    resizeDocks({m_sheetDock}, {letter * 44}, Qt::Horizontal);
}

} // namespace melscope
