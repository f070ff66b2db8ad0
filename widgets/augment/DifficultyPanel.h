// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/PretextDifficulty.h"
#include "dataset/Dataset.h"

#include <QWidget>

#include <memory>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTableView;

namespace melscope {

class DifficultyBars;
class DifficultyModel;
class EmptyState;
class JobBar;

/// The pretext difficulty meter: asks for a measurement, shows its figures, says in words what they mean, and marks them
/// stale when the chain is another by now. Measures nothing itself: DifficultyController feeds it.
class DifficultyPanel : public QWidget
{
    Q_OBJECT

public:
    /// What to measure besides chain, front end and dataset, which the panel does not know.
    struct Wish
    {
        int heldOut = 0; ///< fold whose clips are not looked at
        DifficultySettings settings;
        bool withoutEach = true;
    };

    /// Of what the figures are.
    struct Subject
    {
        QString chain; ///< its title
        QString steps; ///< its augmentations, a line each
        QString clips; ///< "200 clips outside fold 5"
    };

    explicit DifficultyPanel(QWidget* parent = nullptr);

    void setDataset(const std::shared_ptr<const Dataset>& dataset); ///< null: the empty state; forgets the figures
    Wish wish() const;

    void begin(); ///< the figures shown stay until new ones come
    void setProgress(int done, int total);
    void showDifficulty(const PretextDifficulty& difficulty, const Subject& subject);
    void addWithout(const QString& title, const PretextDifficulty& difficulty);
    void finish(); ///< done, failed or cancelled
    void showFailure(const QString& sentence);
    void setStale(bool stale); ///< the figures shown belong to another chain, front end or dataset

    QString verdict() const;
    DifficultyBars* bars() const { return m_bars; }
    DifficultyModel* model() const { return m_model; }

Q_SIGNALS:
    void measureRequested(melscope::DifficultyPanel::Wish wish);
    void cancelRequested();

private:
    QWidget* buildControls();
    QWidget* buildFigures();

    QStackedWidget* m_pages;
    EmptyState* m_empty;
    EmptyState* m_unmeasured;
    QComboBox* m_heldOut;
    QSpinBox *m_clips, *m_pairs, *m_seed;
    QCheckBox* m_withoutEach;
    QPushButton* m_measure;
    JobBar* m_job;
    QLabel *m_notice, *m_verdict, *m_subject;
    QStackedWidget* m_results; ///< nothing measured yet, or the figures
    DifficultyBars* m_bars;
    DifficultyModel* m_model;
    QTableView* m_table;
    Subject m_shown;
    bool m_stale = false;
};

} // namespace melscope
