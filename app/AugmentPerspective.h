// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "DockPage.h"
#include "dataset/Dataset.h"

#include <memory>

class QSettings;

namespace melscope {

class AugmentPage;
class ChainEditor;
class ContactSheet;
class DifficultyController;
class DifficultyPanel;
class LabelSafetyPanel;
struct FrontEnd;
struct Recipe;

/// The augmentation laboratory: the preview in the middle, around it the contact sheet and whatever else looks at a chain.
class AugmentPerspective : public DockPage
{
    Q_OBJECT

public:
    explicit AugmentPerspective(QWidget* parent = nullptr);

    AugmentPage& page() { return *m_page; }
    ChainEditor& editor() { return *m_editor; }
    ContactSheet& sheet() { return *m_sheet; }
    LabelSafetyPanel& labelSafety() { return *m_labelSafety; }

    /// Docks, panes and chain over the end of the program.
    void remember(QSettings& settings) const;
    void recall(const QSettings& settings);

    void setDataset(const std::shared_ptr<const Dataset>& dataset);
    void setFrontEnd(const FrontEnd& frontEnd); ///< of Explore
    void setRecipe(const Recipe& recipe);       ///< chosen on the Train page

protected:
    void arrangeDocks() override;

private:
    void passChainOn();

    AugmentPage* m_page;
    ChainEditor* m_editor;
    ContactSheet* m_sheet;
    DifficultyPanel* m_difficulty;
    LabelSafetyPanel* m_labelSafety;
    DifficultyController* m_meter;
    QDockWidget *m_chainDock, *m_sheetDock;
};

} // namespace melscope
