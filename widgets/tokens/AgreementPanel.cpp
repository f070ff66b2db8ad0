// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/AgreementPanel.h"

#include "common/Figures.h"
#include "common/NumberText.h"
#include "tokens/AgreementModel.h"
#include "tokens/CurrentCode.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QTableView>

namespace melscope {

AgreementPanel::AgreementPanel(CurrentCode& current, QWidget* parent)
    : QWidget(parent), m_current(current), m_choice(new QComboBox(this)), m_figures(new QLabel(this)), m_model(new AgreementModel(this)),
      m_table(new QTableView(this))
{
    m_choice->setAccessibleName(tr("Compare with"));
    m_choice->setToolTip(tr("Another codebook at hand whose tokens are of the same clips and patches, e.g. the next round of a run.\n"
                            "Its tokens appear below the map in the colours of the codes they come from."));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(16);
    m_figures->setWordWrap(true);
    m_figures->setTextFormat(Qt::RichText);
    m_figures->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_figures->setAccessibleName(tr("Agreement"));
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("What became of the codes"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    auto* left = new QVBoxLayout;
    auto* label = new QLabel(tr("&Compare with"), this);
    label->setBuddy(m_choice);
    left->addWidget(label);
    left->addWidget(m_choice);
    auto* area = new QScrollArea(this); // the sentences may need more lines than there is room for
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(m_figures);
    left->addWidget(area, 1);
    auto* columns = new QHBoxLayout(this);
    columns->addLayout(left, 2);
    columns->addWidget(m_table, 3);
    connect(m_choice, &QComboBox::currentIndexChanged, this, [this] { Q_EMIT compareRequested(m_choice->currentData().toInt()); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& index) {
        if (index.isValid())
            m_current.choose(m_model->codeAt(index.row()));
    });
    setCodebooks({}, -1);
    showFigures();
}

void AgreementPanel::setCodebooks(const QStringList& titles, int current)
{
    const QSignalBlocker blocker(m_choice);
    m_choice->clear();
    m_choice->addItem(tr("Nothing"), -1);
    for (int i = 0; i < titles.size(); ++i)
        if (i != current)
            m_choice->addItem(titles[i], i);
    m_choice->setEnabled(m_choice->count() > 1);
}

void AgreementPanel::setComparison(const std::shared_ptr<const CodebookComparison>& comparison)
{
    m_comparison = comparison;
    m_model->setComparison(comparison);
    showFigures();
}

void AgreementPanel::setClip(int clip)
{
    m_clip = clip;
    showFigures();
}

void AgreementPanel::showMessage(const QString& sentence)
{
    setComparison(nullptr);
    m_figures->setText(sentence.toHtmlEscaped());
}

QString AgreementPanel::verdict() const
{
    return m_figures->text();
}

void AgreementPanel::showFigures()
{
    m_table->setVisible(m_comparison != nullptr);
    if (!m_comparison) {
        m_figures->setText(m_choice->count() > 1 ? tr("Choose a second codebook to see how far the two agree, and what moved.")
                                                 : tr("Open a second codebook, e.g. the next round of the same run, to compare it with this one."));
        return;
    }
    const TokenAgreement& all = m_comparison->agreement;
    const auto line = [&](const QString& where, double adjusted, double moved, int64_t compared) {
        return tr("<p>%1: adjusted mutual information <b>%2</b>, %3 of %L4 tokens moved.</p>")
            .arg(where, numberText(adjusted, 3), percentText(moved))
            .arg(compared);
    };
    QString text = tr("<p>First: %1<br>Second: %2</p>").arg(m_comparison->firstName.toHtmlEscaped(), m_comparison->secondName.toHtmlEscaped());
    text += line(tr("All clips"), all.adjusted, all.movedShare, all.compared);
    if (m_clip >= 0) {
        const CodebookComparison::OfClip here = m_comparison->ofClip(m_clip);
        text += line(tr("This clip"), here.adjusted, here.movedShare(), here.compared);
    }
    m_figures->setText(text + tr("<p>1 is the same grouping under other names, 0 what chance would give. A token moved if its code in the second "
                                 "is not the one that most places of its code in the first have: those carry a corner in the lower map.</p>"));
}

} // namespace melscope
