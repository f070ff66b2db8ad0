// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/ViewAnatomyModel.h"

#include "common/Figures.h"
#include "common/Theme.h"
#include "spectrogram/SpectrogramThumbnail.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace melscope {

void ViewAnatomyModel::show(std::optional<ClipAnatomy> anatomy)
{
    beginResetModel();
    m_anatomy = std::move(anatomy);
    m_pictures.clear();
    if (m_anatomy) {
        // One range for all: what a view makes louder or fainter shows.
        const ColourScale scale = describe(m_anatomy->views.front().grid, m_anatomy->frontEnd, 0).autoScale;
        for (const ClipView& view : m_anatomy->views)
            m_pictures.push_back(QPixmap::fromImage(drawThumbnail(view.grid, m_anatomy->frontEnd, scale))
                                     .scaled(pictureSize, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    }
    endResetModel();
}

int ViewAnatomyModel::rowCount(const QModelIndex& parent) const
{
    if (parent.isValid() || !m_anatomy)
        return 0;
    return static_cast<int>(m_anatomy->views.size()) + (m_anatomy->mean.empty() ? 0 : 1);
}

int ViewAnatomyModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

const std::vector<float>& ViewAnatomyModel::vote(int row) const
{
    return isMean(row) ? m_anatomy->mean : m_anatomy->views[static_cast<size_t>(row)].probabilities;
}

double ViewAnatomyModel::trueClass(int row) const
{
    return static_cast<double>(vote(row).at(static_cast<size_t>(m_anatomy->label)));
}

QVariant ViewAnatomyModel::text(int row, int column) const
{
    const auto winner = std::ranges::max_element(vote(row));
    switch (column) {
    case View: return row == 0 ? tr("As it is") : isMean(row) ? tr("Mean of the views") : tr("View %1").arg(row);
    case Vote:
        return tr("%1, %2").arg(QString::fromStdString(m_anatomy->classes.at(static_cast<size_t>(winner - vote(row).begin()))),
                                percentText(static_cast<double>(*winner)));
    case TrueClass: return percentText(trueClass(row));
    case Gain: {
        if (row == 0)
            return {};
        const double points = 100.0 * (trueClass(row) - trueClass(0));
        return QString((points < 0.0 ? QStringLiteral("−") : QStringLiteral("+")) + QLocale().toString(std::abs(points), 'f', 1));
    }
    default: return {};
    }
}

QVariant ViewAnatomyModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const int row = index.row();
    switch (role) {
    case Qt::DisplayRole: return text(row, index.column());
    case Qt::DecorationRole: return index.column() == Picture && !isMean(row) ? QVariant(m_pictures[static_cast<size_t>(row)]) : QVariant();
    case Qt::TextAlignmentRole:
        return static_cast<int>((index.column() >= TrueClass ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        if (index.column() == Vote) {
            const bool right = std::ranges::max_element(vote(row)) - vote(row).begin() == m_anatomy->label;
            return right ? Theme::colours().good : Theme::colours().error;
        }
        return {};
    default: return {};
    }
}

QVariant ViewAnatomyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole && section == Gain)
        return tr("Points by which the true class is likelier than in the clip as it is.");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Picture: return tr("Model's input");
    case View: return tr("View");
    case Vote: return tr("Votes for");
    case TrueClass: return tr("True class");
    case Gain: return tr("Gain");
    default: return {};
    }
}

} // namespace melscope
