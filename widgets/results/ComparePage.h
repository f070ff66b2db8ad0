// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "results/ComparedRuns.h"
#include "results/TriageQueue.h"
#include "runs/RunList.h"

#include <QWidget>

#include <array>
#include <optional>

class QCheckBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace melscope {

class RunBox;
class TextTableModel;

/// Any two runs on the clips that both held out: who was right how often, McNemar's test, the clips that decide, the classes, and
/// what their recipes do not have in common.
class ComparePage : public QWidget
{
    Q_OBJECT

public:
    explicit ComparePage(QWidget* parent = nullptr);

    void setRuns(const RunList& runs); ///< those with results can be chosen
    /// The run, against the newest other one that held out one of its folds.
    void begin(const std::string& run);
    void choose(const std::string& first, const std::string& second);
    using QWidget::show;
    void show(const ComparedRuns& compared); ///< ignored unless these runs are chosen
    void showFailure(const std::string& first, const std::string& second, const QString& sentence);

    std::string first() const;
    std::string second() const;
    QTableView* deciding() const { return m_decidingTable; }

Q_SIGNALS:
    void closeRequested();
    void comparisonRequested(const std::string& first, const std::string& second, bool tta);
    void triageRequested(const melscope::TriageQueue& queue); ///< the clips that decide

private:
    QWidget* buildTop();
    QWidget* buildCounts();
    QWidget* buildTables();
    void request();
    void showMessage(const QString& sentence);
    void showCounts();
    void showDeciding();
    void showClasses();
    void showRecipes();
    void listen();
    bool isChosen(const std::string& first, const std::string& second) const;

    RunList m_runs;
    std::optional<ComparedRuns> m_compared;
    RunBox *m_first, *m_second;
    QCheckBox* m_tta;
    QLabel *m_message, *m_verdict;
    QStackedWidget* m_stack;
    std::array<QLabel*, 4> m_counts{}; ///< both, only the first, only the second, neither
    TextTableModel *m_deciding, *m_classes, *m_recipes;
    QTableView* m_decidingTable = nullptr;
    QPushButton* m_listen = nullptr;
};

} // namespace melscope
