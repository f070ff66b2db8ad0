// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/NumberEdit.h"

#include <QLineEdit>
#include <QStyle>
#include <QStyleOptionSpinBox>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace melscope {

NumberEdit::NumberEdit(const Parameter& parameter, QWidget* parent)
    : QAbstractSpinBox(parent), m_parameter(parameter), m_unit(QString::fromStdString(parameter.unit))
{
    setAccelerated(true);
    setFocusPolicy(Qt::StrongFocus);
    setValue(parameter.defaultValue.is_number() ? parameter.defaultValue.get<double>() : parameter.minimum);
    connect(this, &QAbstractSpinBox::editingFinished, this, &NumberEdit::takeText);
}

void NumberEdit::setValue(double value)
{
    m_value = value;
    lineEdit()->setText(textOf(value));
}

QString NumberEdit::textOf(double value) const
{
    const QString number = isWhole() ? QString::number(static_cast<qint64>(value)) : QString::number(value, 'g', 6);
    return m_unit.isEmpty() ? number : number + QChar(QChar::Nbsp) + m_unit;
}

void NumberEdit::takeText()
{
    QString text = lineEdit()->text().trimmed();
    if (text == textOf(m_value)) {
        Q_EMIT valueEdited(m_value); // a refused text may have stood here before
        return;
    }
    if (!m_unit.isEmpty() && text.endsWith(m_unit, Qt::CaseInsensitive))
        text.chop(m_unit.size());
    text = text.trimmed();
    bool isNumber = false;
    const double number = QString(text).replace(QLatin1Char(','), QLatin1Char('.')).toDouble(&isNumber);
    const bool inRange = number >= m_parameter.minimum && number <= m_parameter.maximum;
    if (!isNumber || !inRange || (isWhole() && number != std::floor(number))) {
        Q_EMIT refused(text);
        return;
    }
    setValue(number);
    Q_EMIT valueEdited(m_value);
}

double NumberEdit::stepped(double value, int steps) const
{
    const double span = m_parameter.maximum - m_parameter.minimum;
    double next = value;
    if (m_parameter.logarithmic && value > 0.0) {
        next = value * std::pow(isWhole() ? 2.0 : std::pow(10.0, 0.1), steps);
        if (!isWhole())
            next = QString::number(next, 'g', 3).toDouble();
    } else if (isWhole()) {
        next = value + steps;
    } else {
        const double step = std::pow(10.0, std::floor(std::log10(span / 20.0)));
        next = std::round(value / step + steps) * step;
    }
    return std::clamp(isWhole() ? std::round(next) : next, m_parameter.minimum, m_parameter.maximum);
}

void NumberEdit::stepBy(int steps)
{
    setValue(stepped(m_value, steps));
    Q_EMIT valueEdited(m_value);
}

QAbstractSpinBox::StepEnabled NumberEdit::stepEnabled() const
{
    StepEnabled enabled = StepNone;
    if (m_value > m_parameter.minimum)
        enabled |= StepDownEnabled;
    if (m_value < m_parameter.maximum)
        enabled |= StepUpEnabled;
    return enabled;
}

// A form is scrolled with the wheel: only a field that was clicked first takes it.
void NumberEdit::wheelEvent(QWheelEvent* event)
{
    if (hasFocus())
        QAbstractSpinBox::wheelEvent(event);
    else
        event->ignore();
}

QSize NumberEdit::sizeHint() const
{
    // The same for every unit, so that the sliders of a form stand in one line.
    return sizeFor(QStringLiteral("0.00000 samples"));
}

QSize NumberEdit::minimumSizeHint() const
{
    return sizeFor(QStringLiteral("00000 samples"));
}

QSize NumberEdit::sizeFor(const QString& widest) const
{
    ensurePolished();
    QStyleOptionSpinBox option;
    initStyleOption(&option);
    const QSize content(fontMetrics().horizontalAdvance(widest) + fontMetrics().averageCharWidth(), lineEdit()->sizeHint().height());
    return style()->sizeFromContents(QStyle::CT_SpinBox, &option, content, this);
}

} // namespace melscope
