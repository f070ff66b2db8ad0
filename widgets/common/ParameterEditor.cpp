// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/ParameterEditor.h"

#include "common/NumberEdit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSlider>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace melscope {
namespace {

constexpr int sliderSteps = 1000;

/// Leaves the wheel to the scroll area around the form.
template <typename Control>
class WithoutWheel : public Control
{
public:
    using Control::Control;

protected:
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

/// Slider position <-> value. A logarithmic range that begins at 0 keeps 0 at its left end.
struct SliderScale
{
    double minimum, maximum;
    bool logarithmic;

    double lowest() const { return minimum > 0.0 ? minimum : maximum * 1e-6; }

    int positionOf(double value) const
    {
        double share = (value - minimum) / (maximum - minimum);
        if (logarithmic)
            share = value < lowest() ? 0.0 : std::log(value / lowest()) / std::log(maximum / lowest());
        return static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * sliderSteps));
    }

    double valueAt(int position) const
    {
        if (position == 0)
            return minimum;
        if (position == sliderSteps)
            return maximum;
        const double share = static_cast<double>(position) / sliderSteps;
        return logarithmic ? lowest() * std::pow(maximum / lowest(), share) : minimum + share * (maximum - minimum);
    }
};

class NumberParameterEditor : public ParameterEditor
{
public:
    NumberParameterEditor(const Parameter& parameter, QWidget* parent)
        : ParameterEditor(parent), m_whole(parameter.type == Parameter::Type::Integer),
          m_scale{parameter.minimum, parameter.maximum, parameter.logarithmic && parameter.maximum > 0.0},
          m_number(new NumberEdit(parameter, this))
    {
        setFocusProxy(m_number);
        connect(m_number, &NumberEdit::refused, this, &ParameterEditor::refused);
        connect(m_number, &NumberEdit::valueEdited, this, [this](double value) {
            showOnSlider(value);
            Q_EMIT edited();
        });
        layout()->addWidget(m_number);
        if (parameter.maximum > parameter.minimum)
            addSlider();
        showOnSlider(m_number->value());
    }

    /// A field that goes with the focus in it reports its text once more, to a slider that is gone.
    ~NumberParameterEditor() override { disconnect(m_number, nullptr, this, nullptr); }

    Json value() const override { return m_whole ? Json(static_cast<int64_t>(m_number->value())) : Json(m_number->value()); }

    void setValue(const Json& value) override
    {
        m_number->setValue(value.get<double>());
        showOnSlider(m_number->value());
    }

private:
    void addSlider()
    {
        m_slider = new WithoutWheel<QSlider>(Qt::Horizontal, this);
        m_slider->setRange(0, sliderSteps);
        m_slider->setPageStep(sliderSteps / 20);
        m_slider->setSingleStep(sliderSteps / 100);
        m_slider->setFocusPolicy(Qt::ClickFocus); // the number field is the one stop for the keyboard
        m_slider->setMinimumWidth(fontMetrics().averageCharWidth() * 6);
        layout()->addWidget(m_slider);
        static_cast<QHBoxLayout*>(layout())->setStretchFactor(m_slider, 1);
        connect(m_slider, &QSlider::valueChanged, this, &NumberParameterEditor::takeSlider);
        connect(m_slider, &QSlider::sliderReleased, this, &ParameterEditor::sliderReleased);
    }

    void takeSlider(int position)
    {
        double value = m_scale.valueAt(position);
        value = m_whole ? std::round(value) : QString::number(value, 'g', 3).toDouble();
        value = std::clamp(value, m_scale.minimum, m_scale.maximum);
        if (value == m_number->value())
            return;
        m_number->setValue(value);
        Q_EMIT edited();
    }

    void showOnSlider(double value)
    {
        if (!m_slider)
            return;
        const QSignalBlocker silent(m_slider);
        m_slider->setValue(m_scale.positionOf(value));
    }

    bool m_whole;
    SliderScale m_scale;
    NumberEdit* m_number;
    QSlider* m_slider = nullptr;
};

class BooleanParameterEditor : public ParameterEditor
{
public:
    explicit BooleanParameterEditor(QWidget* parent) : ParameterEditor(parent), m_box(new QCheckBox(this))
    {
        setFocusProxy(m_box);
        layout()->addWidget(m_box);
        connect(m_box, &QCheckBox::toggled, this, &ParameterEditor::edited);
    }

    Json value() const override { return m_box->isChecked(); }

    void setValue(const Json& value) override
    {
        const QSignalBlocker silent(m_box);
        m_box->setChecked(value.get<bool>());
    }

private:
    QCheckBox* m_box;
};

class ChoiceParameterEditor : public ParameterEditor
{
public:
    ChoiceParameterEditor(const Parameter& parameter, QWidget* parent)
        : ParameterEditor(parent), m_list(new WithoutWheel<QComboBox>(this))
    {
        setFocusProxy(m_list);
        for (const std::string& choice : parameter.choices)
            m_list->addItem(QString::fromStdString(choice));
        layout()->addWidget(m_list);
        connect(m_list, &QComboBox::currentIndexChanged, this, &ParameterEditor::edited);
    }

    Json value() const override { return m_list->currentText().toStdString(); }

    void setValue(const Json& value) override
    {
        const QSignalBlocker silent(m_list);
        m_list->setCurrentText(QString::fromStdString(value.get<std::string>()));
    }

private:
    QComboBox* m_list;
};

} // namespace

ParameterEditor::ParameterEditor(QWidget* parent) : QWidget(parent)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
}

ParameterEditor* ParameterEditor::create(const Parameter& parameter, QWidget* parent)
{
    ParameterEditor* editor = nullptr;
    switch (parameter.type) {
    case Parameter::Type::Boolean: editor = new BooleanParameterEditor(parent); break;
    case Parameter::Type::Choice: editor = new ChoiceParameterEditor(parameter, parent); break;
    case Parameter::Type::Integer:
    case Parameter::Type::Real: editor = new NumberParameterEditor(parameter, parent); break;
    }
    editor->setValue(parameter.defaultValue);
    return editor;
}

} // namespace melscope
