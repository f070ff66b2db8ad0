// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationCatalogue.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace melscope {

/// A pop-up list of all augmentations, stage by stage, with a field to search their names and help.
class AugmentationPicker : public QFrame
{
    Q_OBJECT

public:
    explicit AugmentationPicker(QWidget* parent = nullptr);

    /// Below (or above) the widget, at the beginning of a stage.
    void openAt(const QWidget& widget, AugmentationStage stage);

Q_SIGNALS:
    void picked(const melscope::AugmentationInfo& info);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    void filter(const QString& text);
    void showHelp();
    void pick(QTreeWidgetItem* item);

    QLineEdit* m_search;
    QTreeWidget* m_list;
    QLabel* m_help;
};

} // namespace melscope
