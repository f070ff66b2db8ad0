// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/DatasetModel.h"

#include "common/Deliver.h"
#include "common/NumberText.h"
#include "common/Theme.h"

#include <cmath>
#include <numeric>

namespace melscope {
namespace {

QString rateText(int rate)
{
    return DatasetModel::tr("%1 kHz").arg(rate / 1000.0, 0, 'g', 5);
}

QString channelsText(int channels)
{
    if (channels == 1)
        return DatasetModel::tr("mono");
    return channels == 2 ? DatasetModel::tr("stereo") : QString::number(channels);
}

QString levelText(const ClipFigures& figures)
{
    return std::isfinite(figures.rmsDb) ? DatasetModel::tr("%1 dB").arg(numberText(figures.rmsDb, 1)) : DatasetModel::tr("silent");
}

// Numbers stand at the right and together, so that none touches a word that begins at the left.
Qt::Alignment alignment(ClipColumn column)
{
    if (column == ClipColumn::Fold)
        return Qt::AlignCenter;
    return Qt::AlignVCenter | (column >= ClipColumn::Duration ? Qt::AlignRight : Qt::AlignLeft);
}

} // namespace

DatasetModel::DatasetModel(QObject* parent)
    : QAbstractTableModel(parent), m_hasProblem(std::make_shared<const std::vector<char>>())
{
}

void DatasetModel::setDataset(std::shared_ptr<const Dataset> dataset)
{
    ++m_generation;
    const size_t count = dataset ? dataset->clips.size() : 0;
    beginResetModel();
    m_dataset = std::move(dataset);
    m_figures.assign(count, {});
    m_hasProblem = std::make_shared<const std::vector<char>>(count, char(0));
    m_filter = {};
    m_rows.resize(count);
    std::iota(m_rows.begin(), m_rows.end(), 0);
    m_rowOfClip = m_rows;
    endResetModel();
    if (m_order.column)
        arrange();
    else
        Q_EMIT arranged();
}

void DatasetModel::addFigures(const std::vector<std::pair<int, ClipFigures>>& figures)
{
    for (const auto& [clip, value] : figures)
        if (clip >= 0 && static_cast<size_t>(clip) < m_figures.size())
            m_figures[static_cast<size_t>(clip)] = value;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, static_cast<int>(ClipColumn::Duration)),
                           index(rowCount() - 1, static_cast<int>(ClipColumn::Level)), {Qt::DisplayRole});
}

void DatasetModel::setProblemClips(std::vector<char> hasProblem)
{
    hasProblem.resize(m_figures.size());
    m_hasProblem = std::make_shared<const std::vector<char>>(std::move(hasProblem));
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, clipColumnCount - 1), {problemRole, Qt::ForegroundRole});
    if (m_filter.problemsOnly)
        arrange();
}

void DatasetModel::thumbnailArrived(int clip)
{
    const int row = rowOf(clip);
    if (row >= 0)
        Q_EMIT dataChanged(index(row, 0), index(row, 0), {Qt::DecorationRole});
}

void DatasetModel::setFilter(const ClipFilter& filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    arrange();
}

void DatasetModel::sort(int column, Qt::SortOrder order)
{
    m_order = {};
    if (column > 0 && column < clipColumnCount)
        m_order = {static_cast<ClipColumn>(column), order == Qt::DescendingOrder};
    arrange();
}

void DatasetModel::arrangeAgain()
{
    if (m_order.column && *m_order.column >= ClipColumn::Duration)
        arrange();
}

void DatasetModel::arrange()
{
    const int generation = ++m_generation;
    auto arrangement = std::make_shared<const ClipArrangement>(
        ClipArrangement{.dataset = m_dataset, .figures = m_figures, .hasProblem = m_hasProblem, .filter = m_filter, .order = m_order});
    m_job.request([this, generation, arrangement, deliver = Deliver(this)](std::stop_token stop) {
        auto rows = std::make_shared<std::vector<int>>(arrangedClips(*arrangement, stop));
        deliver([this, generation, rows] {
            if (generation == m_generation)
                showRows(std::move(*rows));
        });
    });
}

void DatasetModel::showRows(std::vector<int> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    m_rowOfClip.assign(m_figures.size(), -1);
    for (size_t row = 0; row < m_rows.size(); ++row)
        m_rowOfClip[static_cast<size_t>(m_rows[row])] = static_cast<int>(row);
    endResetModel();
    Q_EMIT arranged();
}

int DatasetModel::rowOf(int clip) const
{
    return clip >= 0 && static_cast<size_t>(clip) < m_rowOfClip.size() ? m_rowOfClip[static_cast<size_t>(clip)] : -1;
}

int DatasetModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DatasetModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : clipColumnCount;
}

QVariant DatasetModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int clipIndex = clipOf(index.row());
    const Clip& clip = m_dataset->clips[static_cast<size_t>(clipIndex)];
    const auto column = static_cast<ClipColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole: return display(clip, clipIndex, column);
    case Qt::ToolTipRole: return toolTip(clip, clipIndex);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(alignment(column));
    case Qt::ForegroundRole:
        return (*m_hasProblem)[static_cast<size_t>(clipIndex)] && column == ClipColumn::Name ? QVariant(Theme::colours().warning) : QVariant();
    case Qt::DecorationRole:
        if (column == ClipColumn::Spectrogram && m_thumbnail)
            if (const QImage* image = m_thumbnail(clipIndex))
                return *image;
        return {};
    case clipRole: return clipIndex;
    case problemRole: return (*m_hasProblem)[static_cast<size_t>(clipIndex)] != 0;
    default: return {};
    }
}

QVariant DatasetModel::display(const Clip& clip, int index, ClipColumn column) const
{
    const ClipFigures& figures = m_figures[static_cast<size_t>(index)];
    switch (column) {
    case ClipColumn::Spectrogram: return {};
    case ClipColumn::Name: return QString::fromStdString(clip.name);
    case ClipColumn::Class: return QString::fromStdString(m_dataset->classes[static_cast<size_t>(clip.label)]);
    case ClipColumn::Fold: return clip.fold;
    case ClipColumn::Source: return QString::fromStdString(clip.source);
    case ClipColumn::Duration:
        return figures.readable ? tr("%1 s").arg(figures.seconds, 0, 'f', 2) : figures.known ? tr("unreadable") : QString();
    case ClipColumn::Rate: return figures.readable ? rateText(figures.rate) : QString();
    case ClipColumn::Channels: return figures.readable ? channelsText(figures.channels) : QString();
    case ClipColumn::Level: return figures.measured ? levelText(figures) : QString();
    }
    return {};
}

QVariant DatasetModel::toolTip(const Clip& clip, int index) const
{
    QString text = QString::fromStdString(clip.path.string());
    for (const auto& [name, value] : clip.extra)
        text += QLatin1Char('\n') + QString::fromStdString(name) + QStringLiteral(": ") + QString::fromStdString(value);
    if ((*m_hasProblem)[static_cast<size_t>(index)])
        text += QLatin1Char('\n') + tr("Something is the matter with this clip: see Problems.");
    return text;
}

QVariant DatasetModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= clipColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(alignment(static_cast<ClipColumn>(section)));
    if (role == Qt::DisplayRole) {
        const QString titles[clipColumnCount] = {tr("Spectrogram"), tr("Name"), tr("Class"), tr("Fold"), tr("Source"),
                                                 tr("Duration"), tr("Rate"), tr("Channels"), tr("Level")};
        return titles[section];
    }
    if (role == Qt::ToolTipRole) {
        const QString helps[clipColumnCount] = {
            tr("A small mel spectrogram, made in the background: low frequencies at the bottom"),
            tr("The clip as the dataset names it"),
            tr("What the network is to recognise"),
            tr("Each fold is held out once for testing while the others train"),
            tr("The recording the clip was cut from: clips of one source must not be split over folds"),
            tr("How long the file is; the front end pads or crops it"),
            tr("Samples per second in the file; the front end resamples"),
            tr("The front end takes the mean over channels"),
            tr("Root mean square of the samples, in dB below full scale")};
        return helps[section];
    }
    return {};
}

} // namespace melscope
