// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/EntryPanel.h"

#include "augment/ChainDocument.h"
#include "augment/ChainText.h"
#include "base/Error.h"
#include "common/ParameterForm.h"
#include "common/ThemedIcon.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace melscope {
namespace {

constexpr int lettersAcross = 55;

ParameterSchema formSchema(const AugmentationInfo& info)
{
    ParameterSchema schema({probabilityParameter()});
    schema.append(info.schema);
    return schema;
}

Json formValues(const ChainEntry& entry)
{
    Json values = entry.values;
    values[probabilityParameter().key] = entry.probability;
    return values;
}

bool isUndo(const QKeyEvent& key)
{
    return key.key() == Qt::Key_Z && key.modifiers() == Qt::ControlModifier;
}

bool isRedo(const QKeyEvent& key)
{
    return (key.key() == Qt::Key_Z && key.modifiers() == (Qt::ControlModifier | Qt::ShiftModifier))
        || (key.key() == Qt::Key_Y && key.modifiers() == Qt::ControlModifier);
}

} // namespace

EntryPanel::EntryPanel(ChainDocument& document, QWidget* parent)
    : QScrollArea(parent), m_document(document), m_title(new QLabel(this)), m_help(new QLabel(this)),
      m_add(new QPushButton(themedIcon(QStringLiteral("add")), {}, this)), m_column(new QVBoxLayout)
{
    auto* content = new QWidget(this);
    content->setLayout(m_column);
    const int margin = fontMetrics().averageCharWidth() / 2;
    m_column->setContentsMargins(margin, margin, margin, margin);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_help->setWordWrap(true);
    m_help->setForegroundRole(QPalette::PlaceholderText);
    m_column->addWidget(m_title);
    m_column->addWidget(m_help);
    m_column->addWidget(m_add, 0, Qt::AlignLeft);
    m_column->addStretch(1);
    setWidget(content);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // The area scrolls downwards only, so every form must fit; one width for all keeps the dock from jumping with the augmentation.
    setMinimumWidth(fontMetrics().averageCharWidth() * lettersAcross + style()->pixelMetric(QStyle::PM_ScrollBarExtent));
    connect(m_add, &QPushButton::clicked, this, &EntryPanel::addRequested);
    connect(&document, &ChainDocument::chainChanged, this, &EntryPanel::follow);
    connect(&document, &ChainDocument::acted, this, &EntryPanel::follow);
    follow();
}

void EntryPanel::follow()
{
    if (const ChainEntry* entry = m_document.entryAt(m_document.place()))
        showEntry(*entry);
    else
        showStage(m_document.place().stage);
}

void EntryPanel::showStage(AugmentationStage stage)
{
    delete m_form;
    m_form = nullptr;
    m_info = nullptr;
    m_title->setText(stageTitle(stage));
    m_help->setText(stageNote(stage));
    m_add->setText(tr("Add to %1…").arg(stageTitle(stage)));
    m_add->show();
}

void EntryPanel::showEntry(const ChainEntry& entry)
{
    const Json values = formValues(entry);
    if (m_info == entry.info && m_place == m_document.place() && m_values == values)
        return; // whatever the user has typed and cannot be yet stays
    m_place = m_document.place();
    m_values = values;
    m_add->hide();
    if (m_info != entry.info)
        buildForm(*entry.info);
    m_form->setValues(values);
}

void EntryPanel::buildForm(const AugmentationInfo& info)
{
    delete m_form;
    m_info = &info;
    m_title->setText(QString::fromStdString(info.title));
    m_help->setText(QString::fromStdString(info.help));
    m_form = new ParameterForm(formSchema(info), widget());
    m_column->insertWidget(m_column->count() - 1, m_form);
    m_form->show(); // now: a layout shows it only with the next events, which blinks
    connect(m_form, &ParameterForm::valueChanged, this, &EntryPanel::take);
    connect(m_form, &ParameterForm::sliderReleased, &m_document, &ChainDocument::endGesture);
    for (QLineEdit* field : m_form->findChildren<QLineEdit*>()) {
        field->installEventFilter(this);
        field->parent()->installEventFilter(this); // asks its field once more
    }
}

void EntryPanel::take(const QString& key)
{
    Json values = m_form->values();
    const double probability = values.at(probabilityParameter().key);
    m_values = values;
    values.erase(probabilityParameter().key);
    try {
        m_document.setValues(m_document.place(), values, probability, key.toStdString());
        m_form->clearErrors();
    } catch (const Error& error) {
        m_form->setError(key.toStdString(), QString::fromStdString(error.what()));
    }
}

bool EntryPanel::eventFilter(QObject* watched, QEvent* event)
{
    // A number field takes the keys of undo even where it has nothing to undo; then they are meant for the chain.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const auto* field = qobject_cast<QLineEdit*>(watched);
        if (!field)
            field = watched->findChild<QLineEdit*>();
        if ((isUndo(*key) && !field->isUndoAvailable()) || (isRedo(*key) && !field->isRedoAvailable()))
            return true;
    }
    return QScrollArea::eventFilter(watched, event);
}

} // namespace melscope
