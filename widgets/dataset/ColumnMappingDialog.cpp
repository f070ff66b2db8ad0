// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/ColumnMappingDialog.h"

#include "common/Theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace melscope {
namespace {

std::string chosen(const QComboBox* choice)
{
    return choice->currentData().toString().toStdString();
}

} // namespace

ColumnMappingDialog::ColumnMappingDialog(const QString& path, const CsvPreview& preview, QWidget* parent)
    : QDialog(parent), m_path(path), m_validity(new QLabel(this))
{
    setWindowTitle(tr("Columns of %1").arg(QFileInfo(path).fileName()));
    for (const std::string& column : preview.columns)
        m_columns << QString::fromStdString(column);
    auto* column = new QVBoxLayout(this);
    auto* intro = new QLabel(tr("Which columns of this table name the sound files and their classes? These are its first rows:"), this);
    intro->setWordWrap(true);
    column->addWidget(intro);
    addPreview(preview);

    auto* form = new QFormLayout;
    m_file = addChoice(form, tr("&File"), tr("File names, relative to the table's folder or absolute"), preview.guess.file, true);
    m_label = addChoice(form, tr("&Class"), tr("The class of each clip, as a word or a number"), preview.guess.label, true);
    m_fold = addChoice(form, tr("F&old"), tr("Which part of a cross-validation each clip belongs to; without one, folds are made"),
                       preview.guess.fold, false);
    m_source = addChoice(form, tr("&Source"), tr("The recording each clip was cut from, so that folds made here do not split it"),
                         preview.guess.source, false);
    column->addLayout(form);
    m_validity->setWordWrap(true);
    column->addWidget(m_validity);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_accept = buttons->button(QDialogButtonBox::Ok);
    m_accept->setText(tr("Open"));
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    showValidity();
    resize(fontMetrics().averageCharWidth() * 100, sizeHint().height());
}

void ColumnMappingDialog::addPreview(const CsvPreview& preview)
{
    auto* table = new QTableWidget(static_cast<int>(preview.rows.size()), static_cast<int>(preview.columns.size()), this);
    table->setHorizontalHeaderLabels(m_columns);
    for (int row = 0; row < table->rowCount(); ++row)
        for (int cell = 0; cell < std::min(table->columnCount(), static_cast<int>(preview.rows[static_cast<size_t>(row)].size())); ++cell)
            table->setItem(row, cell, new QTableWidgetItem(QString::fromStdString(preview.rows[static_cast<size_t>(row)][static_cast<size_t>(cell)])));
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionMode(QAbstractItemView::NoSelection);
    table->setFocusPolicy(Qt::NoFocus);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    table->resizeColumnsToContents();
    table->horizontalHeader()->setStretchLastSection(true);
    table->setAccessibleName(tr("First rows of the table"));
    table->setMinimumHeight(fontMetrics().height() * 8);
    layout()->addWidget(table);
}

QComboBox* ColumnMappingDialog::addChoice(QFormLayout* form, const QString& title, const QString& help, const std::string& guess, bool needed)
{
    auto* choice = new QComboBox(this);
    choice->addItem(needed ? tr("(choose)") : tr("(none)"), QString());
    for (const QString& name : m_columns)
        choice->addItem(name, name);
    choice->setCurrentIndex(std::max(0, choice->findData(QString::fromStdString(guess))));
    choice->setToolTip(help);
    choice->setAccessibleName(QString(title).remove(QLatin1Char('&')));
    choice->setAccessibleDescription(help);
    form->addRow(title, choice);
    connect(choice, &QComboBox::currentIndexChanged, this, &ColumnMappingDialog::showValidity);
    return choice;
}

ColumnMapping ColumnMappingDialog::mapping() const
{
    return {.file = chosen(m_file), .label = chosen(m_label), .fold = chosen(m_fold), .source = chosen(m_source)};
}

QString ColumnMappingDialog::objection() const
{
    const ColumnMapping columns = mapping();
    if (columns.file.empty())
        return tr("Choose the column that names the sound files.");
    if (columns.label.empty())
        return tr("Choose the column that holds the class.");
    if (columns.file == columns.label)
        return tr("File and class cannot both be \"%1\".").arg(QString::fromStdString(columns.file));
    if (!columns.fold.empty() && (columns.fold == columns.file || columns.fold == columns.label))
        return tr("\"%1\" already means something else and cannot be the fold as well.").arg(QString::fromStdString(columns.fold));
    return {};
}

void ColumnMappingDialog::showValidity()
{
    const QString sentence = objection();
    m_accept->setEnabled(sentence.isEmpty());
    QPalette palette = m_validity->palette();
    palette.setColor(QPalette::WindowText, sentence.isEmpty() ? Theme::colours().mutedText : Theme::colours().error);
    m_validity->setPalette(palette);
    if (!sentence.isEmpty())
        m_validity->setText(sentence);
    else
        m_validity->setText(mapping().fold.empty() ? tr("Ready. Folds will be made: stratified by class, one source never split.")
                                                   : tr("Ready. Folds are the table's own."));
}

} // namespace melscope
