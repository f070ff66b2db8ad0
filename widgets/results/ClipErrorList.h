// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "results/ClipErrorModel.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;

namespace melscope {

/// The clips behind a cell of the confusion matrix, or all errors; Return, Space or a double-click asks to hear and see one.
class ClipErrorList : public QWidget
{
    Q_OBJECT

public:
    explicit ClipErrorList(QWidget* parent = nullptr);

    void show(std::shared_ptr<const Predictions> predictions, const std::vector<std::string>& classes, bool tta,
              std::optional<ClipErrorModel::Cell> cell);
    ClipErrorModel* model() const { return m_model; }
    QTableView* table() const { return m_table; }

Q_SIGNALS:
    void clipActivated(const std::string& clip);
    void allErrorsRequested();

private:
    void activate(const QModelIndex& index);

    ClipErrorModel* m_model;
    QLabel* m_title;
    QPushButton* m_all;
    QTableView* m_table;
};

} // namespace melscope
