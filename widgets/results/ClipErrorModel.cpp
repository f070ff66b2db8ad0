// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/ClipErrorModel.h"

#include "common/Figures.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace melscope {

void ClipErrorModel::show(std::shared_ptr<const Predictions> predictions, std::vector<std::string> classes, bool tta, std::optional<Cell> cell)
{
    beginResetModel();
    m_predictions = std::move(predictions);
    m_classes = std::move(classes);
    m_tta = tta;
    m_rows.clear();
    for (size_t i = 0; m_predictions && i < m_predictions->size(); ++i) {
        const ClipPrediction& clip = (*m_predictions)[i];
        const bool wanted = cell ? clip.label == cell->label && predictedBy(clip) == cell->predicted : predictedBy(clip) != clip.label;
        if (wanted)
            m_rows.push_back(i);
    }
    std::stable_sort(m_rows.begin(), m_rows.end(),
                     [this](size_t a, size_t b) { return lossOf((*m_predictions)[a]) > lossOf((*m_predictions)[b]); });
    endResetModel();
}

double ClipErrorModel::lossOf(const ClipPrediction& clip) const
{
    const auto label = static_cast<size_t>(clip.label);
    if (!m_tta || label >= clip.ttaProbabilities.size())
        return clip.loss;
    return -std::log(std::max(clip.ttaProbabilities[label], 1e-30f));
}

QString ClipErrorModel::className(int label) const
{
    const auto index = static_cast<size_t>(label);
    return index < m_classes.size() ? QString::fromStdString(m_classes[index]) : QString::number(label);
}

int ClipErrorModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ClipErrorModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ClipErrorModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole && (index.column() == Probability || index.column() == Loss || index.column() == Fold))
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const ClipPrediction& clip = clipAt(index.row());
    const auto& probabilities = m_tta ? clip.ttaProbabilities : clip.probabilities;
    const auto predicted = static_cast<size_t>(predictedBy(clip));
    switch (index.column()) {
    case Clip: return QString::fromStdString(clip.name);
    case Fold: return QString::number(clip.fold);
    case Truth: return className(clip.label);
    case Predicted: return className(predictedBy(clip));
    case Probability: return percentText(predicted < probabilities.size() ? static_cast<double>(probabilities[predicted]) : std::nan(""));
    case Loss: return QLocale().toString(lossOf(clip), 'f', 2);
    default: return {};
    }
}

QVariant ClipErrorModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Clip: return tr("Clip");
    case Fold: return tr("Fold");
    case Truth: return tr("Is");
    case Predicted: return tr("Taken for");
    case Probability: return tr("Sure by");
    case Loss: return tr("Loss");
    default: return {};
    }
}

} // namespace melscope
