// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/ClipListModel.h"

#include "common/Figures.h"

#include <QLocale>

#include <cmath>

namespace melscope {

QString verdictText(Verdict verdict)
{
    switch (verdict) {
    case Verdict::ModelWrong: return ClipListModel::tr("model wrong");
    case Verdict::LabelWrong: return ClipListModel::tr("label wrong");
    case Verdict::BothPlausible: return ClipListModel::tr("both plausible");
    case Verdict::None: break;
    }
    return {};
}

void ClipListModel::show(ClipList clips, std::vector<std::string> classes)
{
    beginResetModel();
    m_clips = std::move(clips);
    m_classes = std::move(classes);
    endResetModel();
}

void ClipListModel::setVerdicts(const VerdictMap& verdicts)
{
    m_verdicts = verdicts;
    if (!m_clips.empty())
        Q_EMIT dataChanged(index(0, Judged), index(rowCount() - 1, Judged));
}

Verdict ClipListModel::verdictAt(int row) const
{
    const ClipPrediction& clip = clipAt(row);
    const auto predicted = static_cast<size_t>(clip.predicted);
    const auto found = predicted < m_classes.size() ? m_verdicts.find({clip.name, m_classes[predicted]}) : m_verdicts.end();
    return found == m_verdicts.end() ? Verdict::None : found->second;
}

QString ClipListModel::className(int label) const
{
    const auto index = static_cast<size_t>(label);
    return index < m_classes.size() ? QString::fromStdString(m_classes[index]) : QString::number(label);
}

int ClipListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_clips.size());
}

int ClipListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ClipListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int column = index.column();
    if (role == Qt::TextAlignmentRole && (column == Fold || column == Probability || column == Margin || column == Loss))
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const ListedClip& listed = m_clips[static_cast<size_t>(index.row())];
    const ClipPrediction& clip = listed.prediction;
    const auto predicted = static_cast<size_t>(clip.predicted);
    switch (column) {
    case Clip: return QString::fromStdString(clip.name);
    case Fold: return QString::number(clip.fold);
    case Truth: return className(clip.label);
    case Predicted: return className(clip.predicted);
    case Probability: return percentText(predicted < clip.probabilities.size() ? static_cast<double>(clip.probabilities[predicted]) : std::nan(""));
    case Margin: return percentText(marginOf(clip));
    case Loss: return QLocale().toString(clip.loss, 'f', 2);
    case Judged: return verdictText(verdictAt(index.row()));
    case Note: return QString::fromStdString(listed.note);
    default: return {};
    }
}

QVariant ClipListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole)
        switch (section) {
        case Probability: return tr("The probability that the network gave the class it chose.");
        case Margin: return tr("How much more probable the chosen class was than the next: narrow decisions are the ones to listen to.");
        case Loss: return tr("Cross-entropy of the true class, in nats: high where the network was sure of something else.");
        case Judged: return tr("Your verdict on this mistake.");
        default: return {};
        }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Clip: return tr("Clip");
    case Fold: return tr("Fold");
    case Truth: return tr("Is");
    case Predicted: return tr("Taken for");
    case Probability: return tr("Sure by");
    case Margin: return tr("Margin");
    case Loss: return tr("Loss");
    case Judged: return tr("Verdict");
    case Note: return tr("Note");
    default: return {};
    }
}

} // namespace melscope
