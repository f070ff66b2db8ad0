// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "DockPage.h"

namespace melscope {

class AugmentPage;
class ContactSheet;

/// The augmentation laboratory: the preview in the middle, around it the contact sheet and whatever else looks at a chain.
class AugmentPerspective : public DockPage
{
    Q_OBJECT

public:
    explicit AugmentPerspective(QWidget* parent = nullptr);

    AugmentPage& page() { return *m_page; }
    ContactSheet& sheet() { return *m_sheet; }
    void arrangeDocks() override;

private:
    AugmentPage* m_page;
    ContactSheet* m_sheet;
    QDockWidget* m_sheetDock;
};

} // namespace melscope
