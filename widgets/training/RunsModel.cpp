// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/RunsModel.h"

#include "common/JobBar.h"
#include "plot/SeriesColours.h"
#include "training/Stages.h"

#include <QGuiApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace melscope {
namespace {

bool isLater(const TrainingReport& report, const TrainingReport& known)
{
    return std::tie(report.foldIndex, report.stage.index, report.step) >= std::tie(known.foldIndex, known.stage.index, known.step);
}

} // namespace

void RunsModel::setRuns(const RunList& runs)
{
    std::vector<Entry> entries;
    for (const RunRecord& run : runs) {
        Entry entry{.record = run};
        if (const int row = rowOf(run.id); row >= 0) {
            const Entry& known = m_entries[static_cast<size_t>(row)];
            entry.last = known.last;
            // A list read before the last report arrived must not call an ended run running again.
            if (isActive(run.state) && isEnded(known.record.state))
                entry.record.state = known.record.state, entry.record.message = known.record.message;
        }
        entries.push_back(std::move(entry));
    }
    assignColours(entries);
    std::erase_if(m_checked, [&](const std::string& id) {
        return std::none_of(runs.begin(), runs.end(), [&](const RunRecord& run) { return run.id == id; });
    });
    arrange(std::move(entries));
}

void RunsModel::setWaiting(const std::vector<std::string>& ids)
{
    m_waiting = ids;
    arrange(m_entries);
}

bool RunsModel::applyReport(const TrainingReport& report)
{
    if (rowOf(report.run) < 0) {
        std::vector<Entry> entries = m_entries;
        entries.push_back({.record = {.id = report.run, .name = report.run, .epochs = report.epochs}});
        assignColours(entries);
        arrange(std::move(entries));
    }
    const int row = rowOf(report.run);
    Entry& entry = m_entries[static_cast<size_t>(row)];
    const RunState known = entry.record.state;
    const bool begins = report.state == RunState::Queued || report.state == RunState::Preparing;
    if ((isEnded(known) || known == RunState::Interrupted) && isActive(report.state) && !begins)
        return false;
    if (known == RunState::Running && report.state == RunState::Running && !isLater(report, entry.last))
        return false;
    entry.record.state = report.state;
    entry.record.message = report.message;
    entry.last = report;
    entry.last.newSteps.clear();
    entry.last.newEpochs.clear();
    if (known != report.state)
        arrange(m_entries);
    else
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    return true;
}

void RunsModel::assignColours(const std::vector<Entry>& entries)
{
    std::vector<const RunRecord*> byAge;
    for (const Entry& entry : entries)
        byAge.push_back(&entry.record);
    std::stable_sort(byAge.begin(), byAge.end(), [](const auto* a, const auto* b) { return a->createdAt < b->createdAt; });
    for (const RunRecord* run : byAge)
        m_colours.try_emplace(run->id, static_cast<int>(m_colours.size()));
}

void RunsModel::arrange(std::vector<Entry> entries)
{
    const auto place = [this](const Entry& entry) -> std::pair<int, double> {
        if (isActive(entry.record.state))
            return {0, 0.0};
        if (entry.record.state != RunState::Queued)
            return {2, -entry.record.createdAt};
        const auto found = std::find(m_waiting.begin(), m_waiting.end(), entry.record.id);
        const double beyond = 1e6; // seconds since 1970 are always more than any queue is long
        return {1, found == m_waiting.end() ? beyond + entry.record.createdAt : static_cast<double>(found - m_waiting.begin())};
    };
    std::stable_sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) { return place(a) < place(b); });
    const bool sameRows = std::equal(entries.begin(), entries.end(), m_entries.begin(), m_entries.end(),
                                     [](const Entry& a, const Entry& b) { return a.record.id == b.record.id; });
    if (sameRows) {
        m_entries = std::move(entries);
        if (!m_entries.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_entries = std::move(entries);
    m_rows.clear();
    for (const Entry& entry : m_entries)
        m_rows.emplace(entry.record.id, static_cast<int>(m_rows.size()));
    endResetModel();
    Q_EMIT orderChanged();
}

const RunRecord* RunsModel::find(const std::string& id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_entries[static_cast<size_t>(row)].record;
}

std::string RunsModel::idAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_entries[static_cast<size_t>(row)].record.id : std::string();
}

int RunsModel::rowOf(const std::string& id) const
{
    const auto found = m_rows.find(id);
    return found == m_rows.end() ? -1 : found->second;
}

int RunsModel::waitingPosition(const std::string& id) const
{
    int position = 0;
    for (const Entry& entry : m_entries) {
        if (entry.record.state != RunState::Queued)
            continue;
        if (entry.record.id == id)
            return position;
        ++position;
    }
    return -1;
}

int RunsModel::waitingCount() const
{
    return static_cast<int>(std::ranges::count(m_entries, RunState::Queued, [](const Entry& entry) { return entry.record.state; }));
}

int RunsModel::colourIndex(const std::string& id) const
{
    const auto found = m_colours.find(id);
    return found == m_colours.end() ? 0 : found->second;
}

void RunsModel::setChecked(const std::string& id, bool checked)
{
    const int row = rowOf(id);
    if (row < 0 || isChecked(id) == checked)
        return;
    if (checked)
        m_checked.insert(id);
    else
        m_checked.erase(id);
    Q_EMIT dataChanged(index(row, Name), index(row, Name), {Qt::CheckStateRole});
    Q_EMIT checkedChanged(id, checked);
}

int RunsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int RunsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

double RunsModel::progress(const Entry& entry)
{
    const TrainingReport& report = entry.last;
    if (entry.record.state == RunState::Finished)
        return 1.0;
    if (report.run.empty() || report.foldCount <= 0)
        return std::max(entry.record.progress, static_cast<double>(entry.record.results.size()) / std::max<double>(1.0, static_cast<double>(entry.record.folds.size())));
    return std::clamp((report.foldIndex + report.stage.doneOfFold(report.step, report.steps)) / report.foldCount, 0.0, 1.0);
}

QString RunsModel::help(const Entry& entry) const
{
    const RunRecord& run = entry.record;
    QStringList lines{tr("%1, recipe %2").arg(QString::fromStdString(run.name), QString::fromStdString(run.recipeName)),
                      tr("Dataset %1, seed %2, id %3").arg(QString::fromStdString(run.datasetName)).arg(run.seed).arg(QString::fromStdString(run.id))};
    if (!run.message.empty())
        lines << QString::fromStdString(run.message);
    if (isActive(run.state) && entry.last.stage.count > 1)
        lines << tr("Stage %1 of %2: %3").arg(entry.last.stage.index + 1).arg(entry.last.stage.count).arg(QString::fromStdString(stageTitle(entry.last.stage.name)));
    if (isActive(run.state) && entry.last.foldCount > 1)
        lines << tr("Fold %1, the %2th of %3").arg(entry.last.fold).arg(entry.last.foldIndex + 1).arg(entry.last.foldCount);
    return lines.join(QLatin1Char('\n'));
}

QVariant RunsModel::text(const Entry& entry, int column) const
{
    const TrainingReport& report = entry.last;
    const bool live = isActive(entry.record.state);
    switch (column) {
    case Name: return QString::fromStdString(entry.record.name);
    case State: {
        const QString state = stateText(entry.record.state);
        const QString message = QString::fromStdString(entry.record.message);
        if (message.isEmpty())
            return state;
        return entry.record.state == RunState::Preparing ? message : tr("%1: %2").arg(state, message); // it says "Preparing" itself
    }
    case Progress:
        if (live && report.epochs > 0) {
            QStringList places;
            if (report.foldCount > 1)
                places << tr("fold %1 of %2").arg(report.foldIndex + 1).arg(report.foldCount);
            if (report.stage.count > 1)
                places << tr("stage %1 of %2").arg(report.stage.index + 1).arg(report.stage.count);
            places << tr("epoch %1 of %2").arg(report.epoch).arg(report.epochs);
            return places.join(QStringLiteral(", "));
        }
        return QString(QLocale().toString(qRound(progress(entry) * 100)) + QStringLiteral(" %"));
    case Remaining: return live && report.secondsLeft >= 0.0 ? QVariant(remainingText(report.secondsLeft)) : QVariant();
    case Speed: return live && report.clipsPerSecond > 0.0 ? QVariant(QLocale().toString(report.clipsPerSecond, 'f', 1)) : QVariant();
    default: return {};
    }
}

QVariant RunsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry& entry = m_entries[static_cast<size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return text(entry, index.column());
    case Qt::EditRole: return index.column() == Name ? text(entry, Name) : QVariant();
    case Qt::ToolTipRole: return help(entry);
    case Qt::DecorationRole:
        return index.column() == Name ? QVariant(seriesColour(colourIndex(entry.record.id), QGuiApplication::palette())) : QVariant();
    case Qt::CheckStateRole:
        return index.column() == Name ? QVariant(isChecked(entry.record.id) ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() == Speed ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case IdRole: return QString::fromStdString(entry.record.id);
    case StateRole: return static_cast<int>(entry.record.state);
    case ProgressRole: return progress(entry);
    default: return {};
    }
}

bool RunsModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || index.column() != Name)
        return false;
    const std::string id = idAt(index.row());
    if (role == Qt::CheckStateRole) {
        setChecked(id, value.toInt() == Qt::Checked);
        return true;
    }
    const QString name = value.toString().trimmed();
    if (role != Qt::EditRole || name.isEmpty())
        return false;
    Entry& entry = m_entries[static_cast<size_t>(index.row())];
    if (name == QString::fromStdString(entry.record.name))
        return true;
    entry.record.name = name.toStdString();
    Q_EMIT dataChanged(index, index);
    Q_EMIT renameRequested(id, name);
    return true;
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Run");
    case State: return tr("State");
    case Progress: return tr("Progress");
    case Remaining: return tr("Time left");
    case Speed: return tr("Clips/s");
    default: return {};
    }
}

Qt::ItemFlags RunsModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.isValid() && index.column() == Name)
        flags |= Qt::ItemIsUserCheckable | Qt::ItemIsEditable;
    return flags;
}

QString RunsModel::stateText(RunState state)
{
    switch (state) {
    case RunState::Queued: return tr("waiting");
    case RunState::Preparing: return tr("preparing");
    case RunState::Running: return tr("training");
    case RunState::Pausing: return tr("pausing");
    case RunState::Paused: return tr("paused");
    case RunState::Stopping: return tr("stopping");
    case RunState::Interrupted: return tr("interrupted");
    case RunState::Finished: return tr("finished");
    case RunState::Stopped: return tr("stopped and kept");
    case RunState::Failed: return tr("failed");
    }
    return {};
}

} // namespace melscope
