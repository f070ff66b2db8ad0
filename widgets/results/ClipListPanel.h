// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "results/ClipListModel.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace melscope {

/// Lists of held-out clips to listen through: the mistakes, the highest losses, ..., or those behind a cell of the confusion matrix.
class ClipListPanel : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Mistakes, HighestLoss, LowestMargin, OneMethod, NoMethod };

    explicit ClipListPanel(QWidget* parent = nullptr);

    Kind kind() const; ///< Mistakes while a cell's clips are shown
    void choose(Kind kind); ///< tells kindChosen() where that is news
    /// `title` says what the list is; it stands above the table and, later, above the queue.
    void show(const QString& title, ClipList clips, const std::vector<std::string>& classes);
    void showCell(const QString& title, ClipList clips, const std::vector<std::string>& classes);
    void showMessage(const QString& sentence); ///< in place of clips

    ClipListModel* model() const { return m_model; }
    QTableView* table() const { return m_table; }
    QString title() const;

Q_SIGNALS:
    void kindChosen();
    void listenRequested(int row); ///< from this one on

private:
    void fill(const QString& title, ClipList clips, const std::vector<std::string>& classes);
    void activate();

    ClipListModel* m_model;
    QComboBox* m_kind;
    QLabel* m_title;
    QPushButton* m_listen;
    QTableView* m_table;
};

} // namespace melscope
