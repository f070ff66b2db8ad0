// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"
#include "runs/RunCodebooks.h"
#include "spectral/FrontEnd.h"
#include "tokens/TokenFitting.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QListWidget;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace melscope {

class JobBar;
class ParameterForm;

/// Where codebooks come from, and those that are at hand: fitted here, of a run, a file, or a BEATs tokenizer. It asks; somebody else
/// does the work and says how far it is.
class TokenSourcePanel : public QWidget
{
    Q_OBJECT

public:
    struct FitWish
    {
        TokenSettings settings;
        std::optional<int> heldOut;
    };
    struct Entry
    {
        QString title;
        QString detail; ///< where it comes from
        std::optional<RunCodebook> round; ///< of the run that it comes from
    };

    explicit TokenSourcePanel(QWidget* parent = nullptr);
    ~TokenSourcePanel() override;

    void setDataset(const std::shared_ptr<const Dataset>& dataset); ///< null: none
    void setFrontEnd(const FrontEnd& frontEnd);                     ///< of the Explore page, the first choice
    void setRunCodebooks(const std::vector<RunCodebook>& codebooks);
    /// Those at hand; `current` -1: none.
    void setCodebooks(const std::vector<Entry>& codebooks, int current);
    FitWish wish() const;

    void showProgress(const QString& what, int done, int total); ///< total 0: unknown
    void finish();
    void showMessage(const QString& sentence); ///< empty: none
    QString message() const;

    void fit(); ///< as the button does
    void askForFile();

Q_SIGNALS:
    void fitRequested(const melscope::TokenSourcePanel::FitWish& wish);
    void cancelRequested();
    void runRequested(const melscope::RunCodebook& codebook);
    void openRequested(const QString& path);
    void beatsRequested(const QString& path);
    void saveRequested(const QString& path);     ///< the current one
    void labelsRequested(const QString& folder); ///< its tokens of every clip
    void chosen(int codebook);
    void removeRequested(int codebook);

private:
    QWidget* buildAtHand();
    QWidget* buildFit();
    QWidget* buildLoad();
    void askForBeats();
    void askWhereToSave();
    void askWhereToLabel();
    void updateButtons();

    std::shared_ptr<const Dataset> m_dataset;
    FrontEnd m_frontEnd;
    std::vector<RunCodebook> m_runCodebooks;
    bool m_working = false;
    bool m_filling = false; // the list is being set, not chosen from
    QListWidget* m_list;
    QToolButton *m_save, *m_remove;
    ParameterForm* m_form;
    QComboBox *m_frontEnds, *m_heldOut, *m_runs;
    QSpinBox* m_seed;
    QPushButton *m_fit, *m_openRun, *m_open, *m_beats;
    JobBar* m_job;
    QLabel* m_message;
};

} // namespace melscope
