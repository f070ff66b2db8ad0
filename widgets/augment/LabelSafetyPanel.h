// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/NamedChain.h"
#include "runs/RunList.h"
#include "training/LabelSafety.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QSpinBox;
class QStackedWidget;
class QTableView;

namespace melscope {

class EmptyState;
class JobBar;
class LabelSafetyModel;
class RunBox;

/// Which augmentations leave a finished run's answers alone, class by class, as a table in colours. Tests nothing itself:
/// LabelSafetyController feeds it.
class LabelSafetyPanel : public QWidget
{
    Q_OBJECT

public:
    struct Wish
    {
        std::string run;
        std::optional<AugmentationChain> chain; ///< none: the one of the run's recipe
        QString chainTitle;
        int draws = 1;
    };

    explicit LabelSafetyPanel(QWidget* parent = nullptr);

    void setRuns(const RunList& runs);             ///< those with results can be chosen; none: the empty state
    void setCurrentChain(const NamedChain& chain);         ///< of the page beside it, offered among the presets
    Wish wish() const;

    void begin(const QString& what);
    void setProgress(int done, int total); ///< clips
    void showSafety(const QString& run, const QString& chain, const LabelSafety& safety); ///< `chain`: as Wish::chainTitle
    void finish(); ///< done, failed or cancelled
    void showMessage(const QString& sentence);

    LabelSafetyModel* model() const { return m_model; }
    QTableView* table() const { return m_table; }

Q_SIGNALS:
    void testRequested(melscope::LabelSafetyPanel::Wish wish);
    void cancelRequested();
    void exportRequested(const QString& path, const melscope::LabelSafety& safety);

private:
    QWidget* buildControls();
    void buildTable();
    void fitTable();
    void askAndExport();

    QStackedWidget* m_pages;
    RunBox* m_run;
    QComboBox* m_chain;
    QSpinBox* m_draws;
    QPushButton *m_test, *m_export;
    JobBar* m_job;
    QLabel *m_message, *m_subject;
    QStackedWidget* m_results; ///< nothing tested yet, or the table
    LabelSafetyModel* m_model;
    QSortFilterProxyModel* m_sorted;
    QTableView* m_table;
    NamedChain m_current;
};

} // namespace melscope
