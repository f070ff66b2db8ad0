// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"

#include <QWidget>

#include <memory>
#include <vector>

class QLabel;
class QTableView;

namespace melscope {

class ProblemsModel;

/// What is the matter with a dataset: the leak check in a sentence, then every problem; a click shows the clip.
class ProblemsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ProblemsPanel(QWidget* parent = nullptr);

    void setDataset(std::shared_ptr<const Dataset> dataset); ///< lists the problems found while opening
    void setLeaks(const std::vector<Problem>& leaks);
    void setFileProblems(const std::vector<Problem>& problems); ///< replaces those of an earlier scan

    int count() const;
    std::vector<char> problemClips() const; ///< per clip, whether one of the problems names its file
    QString leakSentence() const;

Q_SIGNALS:
    void countChanged(int count);
    void clipSelected(int clip);

private:
    void refresh();
    int clipOf(const Problem& problem) const;

    std::shared_ptr<const Dataset> m_dataset;
    std::vector<Problem> m_leaks;
    std::vector<Problem> m_fileProblems;
    ProblemsModel* m_model;
    QLabel* m_leakLabel;
    QLabel* m_none;
    QTableView* m_table;
};

} // namespace melscope
