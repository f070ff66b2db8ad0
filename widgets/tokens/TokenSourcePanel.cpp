// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/TokenSourcePanel.h"

#include "common/JobBar.h"
#include "common/ParameterForm.h"
#include "common/ThemedIcon.h"
#include "tokens/CodeText.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

namespace melscope {
namespace {

QLabel* heading(const QString& text)
{
    auto* label = new QLabel(text);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    return label;
}

QToolButton* toolButton(const char* icon, const QString& tip)
{
    auto* button = new QToolButton;
    button->setIcon(themedIcon(QLatin1String(icon)));
    button->setAutoRaise(true);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    return button;
}

void letShrink(QComboBox* box)
{
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon); // a long run's name must not make the dock wide
    box->setMinimumContentsLength(12);
}

} // namespace

TokenSourcePanel::TokenSourcePanel(QWidget* parent)
    : QWidget(parent), m_list(new QListWidget), m_save(toolButton("save", tr("Save the codebook or its tokens…"))),
      m_remove(toolButton("remove", tr("Put the codebook away"))), m_form(new ParameterForm(TokenSettings::schema())), m_frontEnds(new QComboBox),
      m_heldOut(new QComboBox), m_runs(new QComboBox), m_seed(new QSpinBox), m_fit(new QPushButton(tr("&Fit a codebook"))),
      m_openRun(new QPushButton(tr("Open"))), m_open(new QPushButton(tr("&Open a file…"))), m_beats(new QPushButton(tr("&BEATs tokenizer…"))),
      m_job(new JobBar), m_message(new QLabel)
{
    m_message->setObjectName(QStringLiteral("sourceMessage"));
    m_message->setWordWrap(true);
    m_message->hide();
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->addWidget(buildAtHand());
    column->addWidget(buildFit());
    column->addWidget(buildLoad());
    column->addStretch(1);
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(content);
    area->setMinimumWidth(content->minimumSizeHint().width() + fontMetrics().height());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_job);
    layout->addWidget(m_message);
    layout->addWidget(area, 1);
    const int margin = fontMetrics().averageCharWidth();
    m_message->setContentsMargins(margin, 0, margin, 0);
    connect(m_job, &JobBar::cancelRequested, this, &TokenSourcePanel::cancelRequested);
    setDataset(nullptr);
    setCodebooks({}, -1);
    setRunCodebooks({});
}

TokenSourcePanel::~TokenSourcePanel() = default;

QWidget* TokenSourcePanel::buildAtHand()
{
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins({});
    auto* line = new QHBoxLayout;
    line->addWidget(heading(tr("Codebooks")), 1);
    line->addWidget(m_save);
    line->addWidget(m_remove);
    column->addLayout(line);
    m_list->setAccessibleName(tr("Codebooks at hand"));
    m_list->setWordWrap(true);
    m_list->setMaximumHeight(fontMetrics().lineSpacing() * 8);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(m_list);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) {
        if (!m_filling)
            Q_EMIT chosen(row);
    });
    auto* menu = new QMenu(m_save);
    connect(menu->addAction(tr("&Codebook with all clips' tokens…")), &QAction::triggered, this, &TokenSourcePanel::askWhereToSave);
    connect(menu->addAction(tr("&Audacity labels of all clips' tokens…")), &QAction::triggered, this, &TokenSourcePanel::askWhereToLabel);
    m_save->setMenu(menu);
    m_save->setPopupMode(QToolButton::InstantPopup);
    connect(m_remove, &QToolButton::clicked, this, [this] { Q_EMIT removeRequested(m_list->currentRow()); });
    return part;
}

QWidget* TokenSourcePanel::buildFit()
{
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins({});
    column->addWidget(heading(tr("Fit one here")));
    m_frontEnds->setAccessibleName(tr("Front end"));
    m_frontEnds->setToolTip(tr("How clips become spectrograms before they are cut into patches"));
    m_frontEnds->addItem(tr("As on Explore"));
    for (const std::string& name : FrontEnd::presetNames())
        m_frontEnds->addItem(QString::fromStdString(name), QString::fromStdString(name));
    letShrink(m_frontEnds);
    m_heldOut->setAccessibleName(tr("Fold left out"));
    m_heldOut->setToolTip(tr("Clips of this fold are not looked at while the codebook is fitted; they get tokens all the same."));
    m_seed->setRange(0, 999'999);
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setToolTip(tr("The same seed gives the same codebook."));
    auto* fields = new QFormLayout;
    fields->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    fields->addRow(tr("Front &end"), m_frontEnds);
    fields->addRow(tr("&Leave out"), m_heldOut);
    fields->addRow(tr("See&d"), m_seed);
    column->addLayout(fields);
    column->addWidget(m_form);
    m_fit->setObjectName(QStringLiteral("fit"));
    m_fit->setToolTip(tr("Fits a codebook on the training clips and gives every clip its tokens"));
    column->addWidget(m_fit);
    connect(m_fit, &QPushButton::clicked, this, &TokenSourcePanel::fit);
    connect(m_form, &ParameterForm::errorsChanged, this, &TokenSourcePanel::updateButtons);
    return part;
}

QWidget* TokenSourcePanel::buildLoad()
{
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins({});
    column->addWidget(heading(tr("Or take one")));
    m_runs->setAccessibleName(tr("Codebooks of runs"));
    m_runs->setToolTip(tr("Every round of a masked-prediction run has a codebook for each fold."));
    letShrink(m_runs);
    auto* line = new QHBoxLayout;
    line->addWidget(m_runs, 1);
    line->addWidget(m_openRun);
    column->addLayout(line);
    m_open->setToolTip(tr("A codebook that was saved here, or by melscope tokens fit"));
    m_beats->setToolTip(tr("A checkpoint of a BEATs tokenizer, e.g. Tokenizer_iter3.pt: makes the tokens of the open dataset"));
    column->addWidget(m_open);
    column->addWidget(m_beats);
    connect(m_openRun, &QPushButton::clicked, this, [this] { Q_EMIT runRequested(m_runCodebooks[static_cast<size_t>(m_runs->currentIndex())]); });
    connect(m_open, &QPushButton::clicked, this, &TokenSourcePanel::askForFile);
    connect(m_beats, &QPushButton::clicked, this, &TokenSourcePanel::askForBeats);
    return part;
}

void TokenSourcePanel::setDataset(const std::shared_ptr<const Dataset>& dataset)
{
    m_dataset = dataset;
    m_heldOut->clear();
    if (dataset)
        for (const int fold : dataset->folds)
            m_heldOut->addItem(tr("Fold %1").arg(fold), fold);
    m_heldOut->addItem(tr("Nothing"));
    m_heldOut->setCurrentIndex(std::max(0, m_heldOut->count() - 2)); // the last fold
    updateButtons();
}

void TokenSourcePanel::setFrontEnd(const FrontEnd& frontEnd)
{
    m_frontEnd = frontEnd;
}

void TokenSourcePanel::setRunCodebooks(const std::vector<RunCodebook>& codebooks)
{
    if (codebooks == m_runCodebooks && m_runs->count() > 0)
        return;
    const int index = m_runCodebooks.empty() ? -1 : m_runs->currentIndex();
    const RunCodebook before = index >= 0 ? m_runCodebooks[static_cast<size_t>(index)] : RunCodebook{};
    m_runCodebooks = codebooks;
    m_runs->clear();
    for (const RunCodebook& codebook : codebooks) {
        m_runs->addItem(roundText(codebook));
        if (isSameRound(codebook, before)) // a training that makes another one must not change what is about to be opened
            m_runs->setCurrentIndex(m_runs->count() - 1);
    }
    if (codebooks.empty())
        m_runs->addItem(tr("No run has one yet"));
    updateButtons();
}

void TokenSourcePanel::setCodebooks(const std::vector<Entry>& codebooks, int current)
{
    m_filling = true;
    m_list->clear();
    for (const Entry& entry : codebooks)
        m_list->addItem(QStringLiteral("%1\n%2").arg(entry.title, entry.detail));
    m_list->setCurrentRow(current);
    m_list->setVisible(!codebooks.empty());
    m_filling = false;
    updateButtons();
}

TokenSourcePanel::FitWish TokenSourcePanel::wish() const
{
    FitWish wish{.settings = TokenSettings::fromJson(m_form->values())};
    const QVariant preset = m_frontEnds->currentData();
    wish.settings.frontEnd = preset.isValid() ? FrontEnd::preset(preset.toString().toStdString()) : m_frontEnd;
    wish.settings.seed = static_cast<uint64_t>(m_seed->value());
    if (m_heldOut->currentData().isValid())
        wish.heldOut = m_heldOut->currentData().toInt();
    return wish;
}

void TokenSourcePanel::fit()
{
    if (m_fit->isEnabled())
        Q_EMIT fitRequested(wish());
}

void TokenSourcePanel::showProgress(const QString& what, int done, int total)
{
    if (!m_job->isRunning() || m_job->what() != what)
        m_job->start(what);
    if (total > 0)
        m_job->setProgress(done, total);
    m_working = true;
    updateButtons();
}

void TokenSourcePanel::finish()
{
    m_working = false;
    m_job->finish();
    updateButtons();
}

void TokenSourcePanel::showMessage(const QString& sentence)
{
    m_message->setText(sentence);
    m_message->setVisible(!sentence.isEmpty());
}

QString TokenSourcePanel::message() const
{
    return m_message->text();
}

void TokenSourcePanel::askForFile()
{
    auto* dialog = new QFileDialog(this, tr("Open a codebook"), QString(), tr("Codebooks (*.safetensors);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &TokenSourcePanel::openRequested);
    dialog->open();
}

void TokenSourcePanel::askForBeats()
{
    auto* dialog = new QFileDialog(this, tr("Take a BEATs tokenizer"), QString(), tr("PyTorch checkpoints (*.pt *.pth);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &TokenSourcePanel::beatsRequested);
    dialog->open();
}

void TokenSourcePanel::askWhereToSave()
{
    auto* dialog = new QFileDialog(this, tr("Save the codebook"), QString(), tr("Codebooks (*.safetensors)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("safetensors"));
    connect(dialog, &QFileDialog::fileSelected, this, &TokenSourcePanel::saveRequested);
    dialog->open();
}

void TokenSourcePanel::askWhereToLabel()
{
    auto* dialog = new QFileDialog(this, tr("Choose a folder for a label track a clip"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &TokenSourcePanel::labelsRequested);
    dialog->open();
}

void TokenSourcePanel::updateButtons()
{
    m_fit->setEnabled(m_dataset && !m_working && !m_form->hasErrors());
    m_beats->setEnabled(m_dataset && !m_working);
    m_open->setEnabled(!m_working);
    m_openRun->setEnabled(!m_working && !m_runCodebooks.empty());
    m_runs->setEnabled(!m_runCodebooks.empty());
    const bool any = m_list->currentRow() >= 0;
    m_save->setEnabled(any && !m_working);
    m_remove->setEnabled(any);
}

} // namespace melscope
