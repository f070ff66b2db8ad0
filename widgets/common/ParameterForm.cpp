// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/ParameterForm.h"

#include "base/Error.h"
#include "common/ParameterEditor.h"
#include "common/Theme.h"
#include "common/ThemedIcon.h"

#include <QGridLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace melscope {
namespace {

QString labelText(const Parameter& parameter)
{
    return QString::fromStdString(parameter.label.empty() ? parameter.key : parameter.label);
}

QString rangeText(const Parameter& parameter)
{
    const auto number = [](double value) { return QString::number(value, 'g', 6); };
    return QStringLiteral("%1 – %2 %3")
        .arg(number(parameter.minimum), number(parameter.maximum), QString::fromStdString(parameter.unit))
        .trimmed();
}

QString defaultText(const Parameter& parameter)
{
    return parameter.defaultValue.is_string() ? QString::fromStdString(parameter.defaultValue.get<std::string>())
                                              : QString::fromStdString(parameter.defaultValue.dump());
}

QString helpText(const Parameter& parameter)
{
    const QString help = QString::fromStdString(parameter.help).toHtmlEscaped();
    QString facts = ParameterForm::tr("Default %1").arg(defaultText(parameter).toHtmlEscaped());
    if (parameter.type == Parameter::Type::Integer || parameter.type == Parameter::Type::Real)
        facts += ParameterForm::tr(", range %1").arg(rangeText(parameter));
    return QStringLiteral("<p><b>%1</b></p><p>%2</p><p>%3<br><code>%4</code></p>")
        .arg(labelText(parameter).toHtmlEscaped(), help, facts, QString::fromStdString(parameter.key));
}

bool sameValue(const Json& a, const Json& b)
{
    return a.is_number() && b.is_number() ? a.get<double>() == b.get<double>() : a == b;
}

QGridLayout* newGrid(QWidget* parent)
{
    auto* grid = new QGridLayout(parent);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(std::max(2, parent->fontMetrics().height() / 4));
    grid->setColumnStretch(1, 1);
    return grid;
}

} // namespace

ParameterForm::ParameterForm(const ParameterSchema& schema, QWidget* parent) : QWidget(parent), m_schema(schema)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* basic = new QWidget(this);
    QGridLayout* basicGrid = newGrid(basic);
    column->addWidget(basic);
    addAdvanced();
    QGridLayout* advancedGrid = newGrid(m_advanced);
    int labelWidth = 0;
    for (const Parameter& parameter : schema.parameters()) {
        addRow(parameter, parameter.advanced ? advancedGrid : basicGrid);
        labelWidth = std::max(labelWidth, fontMetrics().horizontalAdvance(labelText(parameter)));
    }
    // Room for the bold face of a changed parameter, the same in both halves so that the controls stay in one line. A long
    // label takes two lines: forms stand in docks, and what a dock cannot shrink below widens the whole window.
    for (QGridLayout* grid : {basicGrid, advancedGrid})
        grid->setColumnMinimumWidth(0, std::min(labelWidth * 9 / 8, fontMetrics().averageCharWidth() * 18));
    basic->setVisible(basicGrid->count() > 0);
    m_advancedButton->setVisible(advancedGrid->count() > 0);
    setAdvancedShown(basicGrid->count() == 0);
}

ParameterForm::~ParameterForm()
{
    // A field that has the focus tells of its value once more when it goes, to a form that is no longer one.
    for (const auto& [key, row] : m_rows)
        row.editor->disconnect(this);
}

void ParameterForm::addAdvanced()
{
    m_advancedButton = new QToolButton(this);
    m_advancedButton->setAutoRaise(true);
    m_advancedButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_advancedButton->setToolTip(tr("Parameters that rarely need changing"));
    connect(m_advancedButton, &QToolButton::clicked, this, [this] { setAdvancedShown(m_advanced->isHidden()); });
    m_advanced = new QWidget(this);
    layout()->addWidget(m_advancedButton);
    layout()->addWidget(m_advanced);
}

void ParameterForm::addRow(const Parameter& parameter, QGridLayout* grid)
{
    const std::string key = parameter.key;
    QWidget* owner = grid->parentWidget();
    Row row{.parameter = parameter};
    row.label = new QLabel(labelText(parameter), owner);
    row.label->setWordWrap(true);
    row.editor = ParameterEditor::create(parameter, owner);
    row.reset = new QToolButton(owner);
    row.error = new QLabel(owner);

    row.label->setBuddy(row.editor);
    QWidget* control = row.editor->focusProxy();
    control->setAccessibleName(labelText(parameter));
    control->setAccessibleDescription(QString::fromStdString(parameter.help));
    control->setObjectName(QString::fromStdString(key));
    for (QWidget* widget : {static_cast<QWidget*>(row.label), static_cast<QWidget*>(row.editor), control}) {
        widget->setToolTip(helpText(parameter));
        widget->setWhatsThis(helpText(parameter));
    }
    row.reset->setIcon(themedIcon(QStringLiteral("reset")));
    row.reset->setAutoRaise(true);
    row.reset->setToolTip(tr("Back to the default, %1").arg(defaultText(parameter)));
    row.reset->setAccessibleName(tr("Reset %1").arg(labelText(parameter)));
    QSizePolicy keepsItsPlace = row.reset->sizePolicy();
    keepsItsPlace.setRetainSizeWhenHidden(true);
    row.reset->setSizePolicy(keepsItsPlace);
    row.error->setWordWrap(true);
    row.error->hide();

    const int line = grid->rowCount();
    grid->addWidget(row.label, line, 0);
    grid->addWidget(row.editor, line, 1);
    grid->addWidget(row.reset, line, 2);
    grid->addWidget(row.error, line + 1, 1, 1, 2);
    connect(row.editor, &ParameterEditor::edited, this, [this, key] { take(key); });
    connect(row.editor, &ParameterEditor::sliderReleased, this, &ParameterForm::sliderReleased);
    connect(row.editor, &ParameterEditor::refused, this, [this, key](const QString& text) { refuse(key, text); });
    connect(row.reset, &QToolButton::clicked, this, [this, key] { resetRow(key); });
    showWhetherChanged(row);
    m_rows.emplace(key, row);
}

Json ParameterForm::values() const
{
    Json values = Json::object();
    for (const Parameter& parameter : m_schema.parameters())
        values[parameter.key] = value(parameter.key);
    return values;
}

Json ParameterForm::value(const std::string& key) const
{
    return m_rows.at(key).editor->value();
}

Json ParameterForm::changedValues() const
{
    Json values = Json::object();
    for (const Parameter& parameter : m_schema.parameters())
        if (isChanged(m_rows.at(parameter.key)))
            values[parameter.key] = value(parameter.key);
    return values;
}

void ParameterForm::setValues(const Json& values)
{
    Json checked = Json::object();
    for (const auto& [key, value] : values.items())
        if (m_schema.find(key))
            checked[key] = m_schema.checked(key, value);
    for (const auto& [key, value] : checked.items()) {
        m_rows.at(key).editor->setValue(value);
        setError(key, QString());
        showWhetherChanged(m_rows.at(key));
    }
}

void ParameterForm::setValue(const std::string& key, const Json& value)
{
    setValues(Json{{key, value}});
}

void ParameterForm::resetToDefaults()
{
    for (const Parameter& parameter : m_schema.parameters())
        if (isChanged(m_rows.at(parameter.key)) || !m_rows.at(parameter.key).error->text().isEmpty())
            resetRow(parameter.key);
}

void ParameterForm::resetRow(const std::string& key)
{
    m_rows.at(key).editor->setValue(m_rows.at(key).parameter.defaultValue);
    take(key);
}

void ParameterForm::take(const std::string& key)
{
    setError(key, QString());
    showWhetherChanged(m_rows.at(key));
    Q_EMIT valueChanged(QString::fromStdString(key));
}

void ParameterForm::refuse(const std::string& key, const QString& text)
{
    const Parameter& parameter = m_rows.at(key).parameter;
    QString sentence = parameter.type == Parameter::Type::Integer ? tr("%1 must be a whole number, %2.") : tr("%1 must be a number, %2.");
    sentence = sentence.arg(labelText(parameter), rangeText(parameter));
    setError(key, text.isEmpty() ? sentence : sentence + QLatin1Char(' ') + tr("It stays at %1.").arg(QString::fromStdString(value(key).dump())));
}

void ParameterForm::setError(const std::string& key, const QString& sentence)
{
    QLabel* label = m_rows.at(key).error;
    if (label->text() == sentence)
        return;
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, Theme::colours().error);
    label->setPalette(palette);
    label->setText(sentence);
    label->setVisible(!sentence.isEmpty());
    if (!sentence.isEmpty() && m_rows.at(key).parameter.advanced)
        setAdvancedShown(true);
    Q_EMIT errorsChanged();
}

void ParameterForm::clearErrors()
{
    for (const auto& [key, row] : m_rows)
        setError(key, QString());
}

bool ParameterForm::hasErrors() const
{
    return std::any_of(m_rows.begin(), m_rows.end(), [](const auto& entry) { return !entry.second.error->text().isEmpty(); });
}

void ParameterForm::setParameterEnabled(const std::string& key, bool enabled)
{
    m_rows.at(key).label->setEnabled(enabled);
    m_rows.at(key).editor->setEnabled(enabled);
    m_rows.at(key).reset->setEnabled(enabled);
}

void ParameterForm::setAdvancedShown(bool shown)
{
    m_advanced->setVisible(shown);
    m_advancedButton->setIcon(themedIcon(shown ? QStringLiteral("down") : QStringLiteral("next")));
    showAdvancedTitle();
}

bool ParameterForm::isChanged(const Row& row) const
{
    return !sameValue(row.editor->value(), row.parameter.defaultValue);
}

void ParameterForm::showWhetherChanged(const Row& row)
{
    const bool changed = isChanged(row);
    QFont font = row.label->font();
    font.setBold(changed);
    row.label->setFont(font);
    row.reset->setVisible(changed);
    showAdvancedTitle();
}

void ParameterForm::showAdvancedTitle()
{
    const auto changed = std::count_if(m_rows.begin(), m_rows.end(), [this](const auto& entry) {
        return entry.second.parameter.advanced && isChanged(entry.second);
    });
    m_advancedButton->setText(changed == 0 ? tr("Advanced") : tr("Advanced (%n changed)", nullptr, static_cast<int>(changed)));
}

} // namespace melscope
