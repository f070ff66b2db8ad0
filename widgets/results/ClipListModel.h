// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/ClipLists.h"
#include "runs/Verdict.h"

#include <QAbstractTableModel>

#include <string>
#include <vector>

namespace melscope {

QString verdictText(Verdict verdict); ///< for people; empty for None

/// Held-out clips in the order given, what each was taken for, and what was said of that.
class ClipListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Clip, Fold, Truth, Predicted, Probability, Margin, Loss, Judged, Note, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void show(ClipList clips, std::vector<std::string> classes);
    void setVerdicts(const VerdictMap& verdicts); ///< of the clips' dataset

    const ClipList& clips() const { return m_clips; }
    const ClipPrediction& clipAt(int row) const { return m_clips[static_cast<size_t>(row)].prediction; }
    Verdict verdictAt(int row) const;
    QString className(int label) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    ClipList m_clips;
    std::vector<std::string> m_classes;
    VerdictMap m_verdicts;
};

} // namespace melscope
