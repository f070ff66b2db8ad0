// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "DockPage.h"
#include "dataset/Dataset.h"

#include <memory>

namespace melscope {

class ClipPage;
class DatasetPage;

/// Clips on one side, the chosen one on the other; everything but the picture is a dock that can be moved, floated and hidden.
class ExplorePerspective : public DockPage
{
    Q_OBJECT

public:
    explicit ExplorePerspective(QWidget* parent = nullptr);

    DatasetPage& datasetPage() { return *m_datasetPage; }
    ClipPage& clipPage() { return *m_clipPage; }

    void setDataset(const std::shared_ptr<const Dataset>& dataset);
    void showClip(int index); ///< -1: none

protected:
    void arrangeDocks() override;

private:
    std::shared_ptr<const Dataset> m_dataset;
    DatasetPage* m_datasetPage;
    ClipPage* m_clipPage;
    QDockWidget* m_clipsDock;
    QDockWidget* m_overviewDock;
    QDockWidget* m_settingsDock;
};

} // namespace melscope
