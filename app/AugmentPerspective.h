// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "DockPage.h"
#include "dataset/Dataset.h"

#include <memory>

namespace melscope {

class AugmentPage;
class AugmentationChain;
class ContactSheet;
class DifficultyController;
class DifficultyPanel;
struct FrontEnd;

/// The augmentation laboratory: the preview in the middle, around it the contact sheet and whatever else looks at a chain.
class AugmentPerspective : public DockPage
{
    Q_OBJECT

public:
    explicit AugmentPerspective(QWidget* parent = nullptr);

    AugmentPage& page() { return *m_page; }
    ContactSheet& sheet() { return *m_sheet; }
    void arrangeDocks() override;

    void setDataset(const std::shared_ptr<const Dataset>& dataset);
    void setFrontEnd(const FrontEnd& frontEnd);
    void setChain(const AugmentationChain& chain);

private:
    AugmentPage* m_page;
    ContactSheet* m_sheet;
    DifficultyPanel* m_difficulty;
    DifficultyController* m_meter;
    QDockWidget* m_sheetDock;
};

} // namespace melscope
