// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ChainModel.h"

#include "augment/ChainDocument.h"
#include "augment/ChainText.h"

#include <QDataStream>
#include <QIODevice>
#include <QMimeData>

#include <algorithm>
#include <array>

namespace melscope {
namespace {

constexpr std::array stages{AugmentationStage::Waveform, AugmentationStage::Spectrogram, AugmentationStage::Mix};
constexpr quintptr heading = stages.size(); // internal id; an entry's is its stage

QString mimeType()
{
    return QStringLiteral("application/x-melscope-chain-entry");
}

bool same(const ChainEntry& a, const ChainEntry& b)
{
    return a.info == b.info && a.enabled == b.enabled && a.probability == b.probability && a.values == b.values;
}

bool isHeading(const QModelIndex& index)
{
    return index.internalId() == heading;
}

} // namespace

ChainModel::ChainModel(ChainDocument& document, QObject* parent) : QAbstractItemModel(parent), m_document(document), m_shown(document.chain())
{
    connect(&document, &ChainDocument::chainChanged, this, qOverload<>(&ChainModel::follow));
}

ChainPlace ChainModel::placeOf(const QModelIndex& index)
{
    if (isHeading(index))
        return {.stage = stages[static_cast<size_t>(index.row())]};
    return {.stage = stages[index.internalId()], .row = index.row()};
}

QModelIndex ChainModel::indexOf(const ChainPlace& place) const
{
    const QModelIndex stage = index(static_cast<int>(place.stage), 0);
    const QModelIndex entry = place.isEntry() ? index(place.row, 0, stage) : QModelIndex();
    return entry.isValid() ? entry : stage;
}

QModelIndex ChainModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) : heading);
}

QModelIndex ChainModel::parent(const QModelIndex& index) const
{
    return !index.isValid() || isHeading(index) ? QModelIndex() : createIndex(static_cast<int>(index.internalId()), 0, heading);
}

int ChainModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(stages.size());
    return isHeading(parent) ? static_cast<int>(m_shown.entries(placeOf(parent).stage).size()) : 0;
}

int ChainModel::columnCount(const QModelIndex&) const
{
    return 1;
}

QVariant ChainModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const ChainPlace place = placeOf(index);
    return place.isEntry() ? entryData(m_shown.entries(place.stage)[place.index()], role) : headingData(place.stage, role);
}

QVariant ChainModel::headingData(AugmentationStage stage, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return stageTitle(stage);
    case Qt::ToolTipRole:
        return stageNote(stage);
    case SummaryRole:
        return stagePlace(stage);
    default:
        return {};
    }
}

QVariant ChainModel::entryData(const ChainEntry& entry, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return QString::fromStdString(entry.info->title);
    case Qt::ToolTipRole:
        return QStringLiteral("<p><b>%1</b></p><p>%2</p><p>%3</p>")
            .arg(QString::fromStdString(entry.info->title).toHtmlEscaped(), QString::fromStdString(entry.info->help).toHtmlEscaped(),
                 valuesText(entry).toHtmlEscaped());
    case Qt::AccessibleDescriptionRole:
        return tr("%1; probability %2").arg(valuesText(entry), probabilityText(entry.probability));
    case Qt::CheckStateRole:
        return entry.enabled ? Qt::Checked : Qt::Unchecked;
    case SummaryRole:
        return entry.values.empty() ? QString::fromStdString(entry.info->help) : valuesText(entry);
    case ProbabilityRole:
        return probabilityText(entry.probability);
    case ActsRole:
        return canAct(entry);
    default:
        return {};
    }
}

bool ChainModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::CheckStateRole || !index.isValid() || isHeading(index))
        return false;
    m_document.setEnabled(placeOf(index), value.toInt() == Qt::Checked);
    return true;
}

Qt::ItemFlags ChainModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    constexpr Qt::ItemFlags all = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return isHeading(index) ? all | Qt::ItemIsDropEnabled : all | Qt::ItemIsUserCheckable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
}

QStringList ChainModel::mimeTypes() const
{
    return {mimeType()};
}

QMimeData* ChainModel::mimeData(const QModelIndexList& indexes) const
{
    if (indexes.size() != 1 || isHeading(indexes.first()))
        return nullptr;
    const ChainPlace place = placeOf(indexes.first());
    QByteArray bytes;
    QDataStream(&bytes, QIODevice::WriteOnly) << static_cast<qint32>(place.stage) << static_cast<qint32>(place.row);
    auto* data = new QMimeData;
    data->setData(mimeType(), bytes);
    return data;
}

std::optional<ChainPlace> ChainModel::placeIn(const QMimeData& data)
{
    qint32 stage = -1, row = -1;
    QDataStream(data.data(mimeType())) >> stage >> row;
    if (stage < 0 || stage >= static_cast<qint32>(stages.size()) || row < 0)
        return {};
    return ChainPlace{.stage = stages[static_cast<size_t>(stage)], .row = row};
}

bool ChainModel::canDropMimeData(const QMimeData* data, Qt::DropAction action, int, int, const QModelIndex& parent) const
{
    const auto place = placeIn(*data);
    return action == Qt::MoveAction && place && parent.isValid() && isHeading(parent) && placeOf(parent).stage == place->stage;
}

bool ChainModel::dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column, const QModelIndex& parent)
{
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    const ChainPlace from = *placeIn(*data);
    const int before = std::max(row, 0); // on the heading: to the beginning
    m_document.move(from, before > from.row ? before - 1 : before);
    return true;
}

void ChainModel::follow()
{
    for (const AugmentationStage stage : stages)
        follow(stage);
}

void ChainModel::follow(AugmentationStage stage)
{
    const std::vector<ChainEntry> before = m_shown.entries(stage);
    const std::vector<ChainEntry>& after = m_document.chain().entries(stage);
    const QModelIndex parent = indexOf({.stage = stage});
    const auto sameInfo = [](const ChainEntry& a, const ChainEntry& b) { return a.info == b.info; };
    const auto first = std::ranges::mismatch(before, after, same).in1 - before.begin();
    if (std::ranges::equal(before, after, sameInfo)) {
        m_shown = m_shown.withEntries(stage, after);
        if (first < std::ssize(after))
            Q_EMIT dataChanged(index(static_cast<int>(first), 0, parent), index(static_cast<int>(after.size()) - 1, 0, parent));
        return;
    }
    // Only what lies between equal beginnings and ends goes and comes: the view keeps the rest as it is.
    std::ptrdiff_t kept = 0;
    while (kept < std::min(std::ssize(before), std::ssize(after)) - first && same(before[before.size() - 1 - static_cast<size_t>(kept)], after[after.size() - 1 - static_cast<size_t>(kept)]))
        ++kept;
    std::vector<ChainEntry> rest(before.begin(), before.begin() + first);
    rest.insert(rest.end(), before.end() - kept, before.end());
    if (const auto last = std::ssize(before) - kept - 1; last >= first) {
        beginRemoveRows(parent, static_cast<int>(first), static_cast<int>(last));
        m_shown = m_shown.withEntries(stage, rest);
        endRemoveRows();
    }
    if (const auto last = std::ssize(after) - kept - 1; last >= first) {
        beginInsertRows(parent, static_cast<int>(first), static_cast<int>(last));
        m_shown = m_shown.withEntries(stage, after);
        endInsertRows();
    }
}

} // namespace melscope
