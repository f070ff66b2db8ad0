// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Threads.h"
#include "dataset/ClipRows.h"

#include <QAbstractTableModel>
#include <QImage>

#include <functional>
#include <memory>
#include <vector>

namespace melscope {

/// A dataset's clips as rows. Filtering and sorting run on a worker, which publishes the clip index of every row; the rows
/// change by a model reset, and views that want to keep a selection remember clips (clipOf, rowOf), not rows.
class DatasetModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int clipRole = Qt::UserRole;         ///< index in Dataset::clips
    static constexpr int problemRole = Qt::UserRole + 1;  ///< bool

    explicit DatasetModel(QObject* parent = nullptr);

    void setDataset(std::shared_ptr<const Dataset> dataset); ///< may be nullptr; shows it at once, in its own order
    const std::shared_ptr<const Dataset>& dataset() const { return m_dataset; }

    /// What a scan found, in pieces as it comes.
    void addFigures(const std::vector<std::pair<int, ClipFigures>>& figures);
    const ClipFigures& figures(int clip) const { return m_figures[static_cast<size_t>(clip)]; }
    void setProblemClips(std::vector<char> hasProblem); ///< per clip
    /// Asked for each spectrogram cell that is painted; may return nullptr.
    void setThumbnailSource(std::function<const QImage*(int clip)> source) { m_thumbnail = std::move(source); }
    void thumbnailArrived(int clip);

    void setFilter(const ClipFilter& filter);
    const ClipFilter& filter() const { return m_filter; }
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override; ///< column -1: the dataset's order
    void arrangeAgain(); ///< after figures have come, where the order or the filter depends on them

    int clipOf(int row) const { return m_rows[static_cast<size_t>(row)]; }
    int rowOf(int clip) const; ///< -1: filtered out

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void arranged(); ///< the rows are those of the newest filter and order

private:
    void arrange();
    void showRows(std::vector<int> rows);
    QVariant display(const Clip& clip, int index, ClipColumn column) const;
    QVariant toolTip(const Clip& clip, int index) const;

    std::shared_ptr<const Dataset> m_dataset;
    std::vector<ClipFigures> m_figures;
    std::shared_ptr<const std::vector<char>> m_hasProblem;
    std::function<const QImage*(int clip)> m_thumbnail;
    ClipFilter m_filter;
    ClipOrder m_order;
    std::vector<int> m_rows;      ///< row -> clip
    std::vector<int> m_rowOfClip; ///< clip -> row, -1 where filtered out
    int m_generation = 0;         ///< of the newest request; older answers are dropped
    LatestJob m_job;              // last: stops before the rest goes
};

} // namespace melscope
