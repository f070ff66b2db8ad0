// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/LabelSafetyModel.h"

#include "common/Figures.h"
#include "common/Theme.h"

#include <QColor>
#include <QFont>
#include <QLocale>

#include <cmath>

namespace melscope {
namespace {

/// From the table's ground to red; small shares must still be seen.
QColor heat(double share)
{
    const ThemeColours& colours = Theme::colours();
    const double strength = share > 0.0 ? 0.12 + 0.68 * std::sqrt(share) : 0.0;
    const auto mix = [&](int from, int to) { return static_cast<int>(std::lround(from + strength * (to - from))); };
    return {mix(colours.base.red(), colours.error.red()), mix(colours.base.green(), colours.error.green()),
            mix(colours.base.blue(), colours.error.blue())};
}

QColor inkOn(const QColor& ground)
{
    return contrastRatio(ground, Qt::white) > contrastRatio(ground, Qt::black) ? Qt::white : Qt::black;
}

} // namespace

void LabelSafetyModel::setSafety(const LabelSafety& safety)
{
    beginResetModel();
    m_safety = safety;
    endResetModel();
}

int LabelSafetyModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_safety.augmentations.empty() ? 0 : 1 + static_cast<int>(m_safety.classes.size());
}

int LabelSafetyModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_safety.augmentations.empty() ? 0 : FirstAugmentation + static_cast<int>(m_safety.augmentations.size());
}

const std::vector<ChangedShare>& LabelSafetyModel::row(int index) const
{
    return index == allRow ? m_safety.overall : m_safety.byClass[static_cast<size_t>(index - 1)];
}

QString LabelSafetyModel::className(int index) const
{
    return index == allRow ? tr("All clips") : QString::fromStdString(m_safety.classes[static_cast<size_t>(index - 1)]);
}

QString LabelSafetyModel::cellText(int index, const ChangedShare& cell) const
{
    if (cell.clips == 0)
        return {};
    const QString share = percentText(cell.share);
    return index == allRow ? share + QLatin1Char('\n') + intervalText(cell.interval) : share;
}

QString LabelSafetyModel::tip(int index, int augmentation) const
{
    const ChangedShare& cell = row(index)[static_cast<size_t>(augmentation)];
    if (cell.clips == 0)
        return {};
    const QString title = QString::fromStdString(m_safety.augmentations[static_cast<size_t>(augmentation)]);
    QString text = tr("%1 of the predictions for %2 change under \"%3\" (95 %: %4, n = %5).")
                       .arg(percentText(cell.share), className(index).toLower(), title, intervalText(cell.interval)).arg(cell.clips);
    if (index == allRow)
        text += QLatin1Char('\n') + tr("Accuracy %1 as they are, %2 under it.")
                                        .arg(percentText(m_safety.accuracy), percentText(m_safety.accuracyUnder[static_cast<size_t>(augmentation)]));
    return text;
}

QVariant LabelSafetyModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const std::vector<ChangedShare>& cells = row(index.row());
    const int column = index.column();
    if (role == Qt::FontRole && index.row() == allRow) {
        QFont font;
        font.setWeight(QFont::DemiBold);
        return font;
    }
    if (column == Class)
        return role == Qt::DisplayRole || role == ShareRole ? className(index.row()) : QVariant();
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (column == Clips)
        return role == Qt::DisplayRole || role == ShareRole ? cells.front().clips : QVariant();
    const ChangedShare& cell = cells[static_cast<size_t>(column - FirstAugmentation)];
    switch (role) {
    case Qt::DisplayRole: return cellText(index.row(), cell);
    case Qt::ToolTipRole: return tip(index.row(), column - FirstAugmentation);
    case Qt::BackgroundRole: return cell.clips > 0 ? heat(cell.share) : QVariant();
    case Qt::ForegroundRole: return inkOn(heat(cell.share));
    case ShareRole: return cell.share;
    default: return {};
    }
}

QVariant LabelSafetyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole && section < FirstAugmentation)
        return static_cast<int>((section == Class ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    if (section == Class)
        return tr("Class");
    return section == Clips ? tr("n") : QString::fromStdString(m_safety.augmentations[static_cast<size_t>(section - FirstAugmentation)]);
}

} // namespace melscope
