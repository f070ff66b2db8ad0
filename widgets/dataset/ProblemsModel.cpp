// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/ProblemsModel.h"

#include "common/ThemedIcon.h"
#include "common/Theme.h"

namespace melscope {

QString problemTitle(Problem::Kind kind)
{
    switch (kind) {
    case Problem::Kind::Missing: return ProblemsModel::tr("missing");
    case Problem::Kind::Unreadable: return ProblemsModel::tr("unreadable");
    case Problem::Kind::Empty: return ProblemsModel::tr("empty");
    case Problem::Kind::Truncated: return ProblemsModel::tr("cut short");
    case Problem::Kind::NotAudio: return ProblemsModel::tr("no audio");
    case Problem::Kind::Silent: return ProblemsModel::tr("silent");
    case Problem::Kind::Clipped: return ProblemsModel::tr("clipped");
    case Problem::Kind::DuplicateRow: return ProblemsModel::tr("listed twice");
    case Problem::Kind::BadRow: return ProblemsModel::tr("bad row");
    case Problem::Kind::Leak: return ProblemsModel::tr("leak");
    case Problem::Kind::UnusualRate: return ProblemsModel::tr("unusual rate");
    case Problem::Kind::Short: return ProblemsModel::tr("short");
    case Problem::Kind::Long: return ProblemsModel::tr("long");
    }
    return {};
}

void ProblemsModel::setProblems(std::vector<Problem> problems)
{
    beginResetModel();
    m_problems = std::move(problems);
    endResetModel();
}

int ProblemsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_problems.size());
}

int ProblemsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : 3;
}

QVariant ProblemsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Problem& item = problem(index.row());
    const QString message = QString::fromStdString(item.message);
    if (role == Qt::ToolTipRole)
        return item.unusable ? tr("%1\nThe clip was left out.").arg(message) : message;
    if (role == Qt::DecorationRole && index.column() == 0)
        return item.unusable ? themedIcon(QStringLiteral("error"), Theme::colours().error)
                             : themedIcon(QStringLiteral("warning"), Theme::colours().warning);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case 0: return problemTitle(item.kind);
    case 1: return QString::fromStdString(item.file.filename().string());
    default: return message;
    }
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section > 2)
        return {};
    const QString titles[] = {tr("Kind"), tr("File"), tr("What is the matter")};
    return titles[section];
}

} // namespace melscope
