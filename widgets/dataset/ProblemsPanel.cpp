// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/ProblemsPanel.h"

#include "dataset/ProblemsModel.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include <string_view>
#include <unordered_map>

namespace melscope {

ProblemsPanel::ProblemsPanel(QWidget* parent)
    : QWidget(parent), m_model(new ProblemsModel(this)), m_leakLabel(new QLabel(this)), m_none(new QLabel(tr("No problems found."), this)),
      m_table(new QTableView(this))
{
    m_leakLabel->setWordWrap(true);
    m_leakLabel->setToolTip(tr("Clips cut from one recording sound alike. Where some train the network and others test it, "
                               "the accuracy looks better than it is."));
    m_none->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setAccessibleName(tr("Problems"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setColumnWidth(0, fontMetrics().averageCharWidth() * 16);
    m_table->setColumnWidth(1, fontMetrics().averageCharWidth() * 22);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_leakLabel);
    column->addWidget(m_none, 1);
    column->addWidget(m_table, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& index) {
        if (const int clip = index.isValid() ? clipOf(m_model->problem(index.row())) : -1; clip >= 0)
            Q_EMIT clipSelected(clip);
    });
    refresh();
}

void ProblemsPanel::setDataset(std::shared_ptr<const Dataset> dataset)
{
    m_dataset = std::move(dataset);
    m_leaks.clear();
    m_fileProblems.clear();
    m_leakLabel->clear();
    refresh();
}

void ProblemsPanel::setLeaks(const std::vector<Problem>& leaks)
{
    m_leaks = leaks;
    m_leakLabel->setText(leaks.empty() ? tr("No leaks: no recording has clips of one class in more than one fold.")
                                       : tr("%n leak(s): clips of one recording stand in more than one fold, so a test would "
                                            "hear what training heard.", nullptr, static_cast<int>(leaks.size())));
    refresh();
}

void ProblemsPanel::setFileProblems(const std::vector<Problem>& problems)
{
    m_fileProblems = problems;
    refresh();
}

void ProblemsPanel::refresh()
{
    std::vector<Problem> all = m_leaks;
    if (m_dataset)
        all.insert(all.end(), m_dataset->problems.begin(), m_dataset->problems.end());
    all.insert(all.end(), m_fileProblems.begin(), m_fileProblems.end());
    m_none->setVisible(all.empty());
    m_table->setVisible(!all.empty());
    m_model->setProblems(std::move(all));
    Q_EMIT countChanged(count());
}

int ProblemsPanel::count() const
{
    return m_model->rowCount();
}

QString ProblemsPanel::leakSentence() const
{
    return m_leakLabel->text();
}

int ProblemsPanel::clipOf(const Problem& problem) const
{
    if (!m_dataset || problem.file.empty())
        return -1;
    for (size_t i = 0; i < m_dataset->clips.size(); ++i)
        if (m_dataset->clips[i].path.native() == problem.file.native())
            return static_cast<int>(i);
    return -1;
}

std::vector<char> ProblemsPanel::problemClips() const
{
    std::vector<char> marked(m_dataset ? m_dataset->clips.size() : 0, char(0));
    if (count() == 0)
        return marked;
    std::unordered_map<std::string_view, size_t> clipOfPath;
    for (size_t i = 0; i < marked.size(); ++i)
        clipOfPath.emplace(m_dataset->clips[i].path.native(), i);
    for (int row = 0; row < count(); ++row)
        if (const auto found = clipOfPath.find(m_model->problem(row).file.native()); found != clipOfPath.end())
            marked[found->second] = 1;
    return marked;
}

} // namespace melscope
