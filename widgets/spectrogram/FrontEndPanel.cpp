// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/FrontEndPanel.h"

#include "base/Error.h"
#include "common/ParameterForm.h"
#include "spectral/FrontEndSettings.h"

#include <QComboBox>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace melscope {
namespace {

QString presetLabel(const std::string& name)
{
    if (name == "esc")
        return FrontEndPanel::tr("ESC (default)");
    if (name == "kaldi")
        return FrontEndPanel::tr("Kaldi fbank");
    if (name == "beats")
        return FrontEndPanel::tr("BEATs");
    return QString::fromStdString(name);
}

/// The values that the form's schema knows; "kind" belongs to the preset and is not edited.
Json formValues(const FrontEnd& frontEnd)
{
    Json values = frontEnd.toJson();
    values.erase("kind");
    return values;
}

} // namespace

FrontEndPanel::FrontEndPanel(QWidget* parent)
    : QWidget(parent), m_frontEnd(FrontEnd::preset("esc")), m_form(new ParameterForm(FrontEnd::schema(), this)),
      m_presets(new QComboBox(this))
{
    for (const std::string& name : FrontEnd::presetNames())
        addPreset(presetLabel(name), FrontEnd::preset(name));
    m_presets->setAccessibleName(tr("Front-end preset"));
    m_presets->setToolTip(tr("Start from the values of a well-known front end. ESC, librosa and torchaudio give a mel\n"
                             "spectrogram in dB, Kaldi and BEATs a log filter bank as speech recognisers use it."));
    auto* presetLabel = new QLabel(tr("&Preset"), this);
    presetLabel->setBuddy(m_presets);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(presetLabel);
    layout->addWidget(m_presets);
    layout->addWidget(m_form);
    setFrontEnd(m_frontEnd);
    connect(m_presets, &QComboBox::activated, this, &FrontEndPanel::choosePreset);
    connect(m_form, &ParameterForm::valueChanged, this, &FrontEndPanel::take);
}

void FrontEndPanel::setFrontEnd(const FrontEnd& frontEnd)
{
    m_frontEnd = frontEnd;
    m_form->clearErrors();
    m_form->setValues(formValues(frontEnd));
    showPreset();
}

void FrontEndPanel::addPreset(const QString& label, const FrontEnd& frontEnd)
{
    if (std::ranges::find(m_presetValues, frontEnd) != m_presetValues.end())
        return;
    m_presets->insertItem(static_cast<int>(m_presetValues.size()), label);
    m_presetValues.push_back(frontEnd);
    showPreset();
}

void FrontEndPanel::choosePreset(int index)
{
    const auto chosen = static_cast<size_t>(index);
    if (chosen >= m_presetValues.size())
        return;
    setFrontEnd(m_presetValues[chosen]);
    Q_EMIT frontEndChanged(m_frontEnd);
}

void FrontEndPanel::take(const QString& key)
{
    const Json before = m_frontEnd.toJson();
    const Json wanted = m_form->values();
    std::vector<Setting> settings;
    for (const auto& [name, value] : wanted.items())
        if (!before.contains(name) || before.at(name) != value)
            settings.emplace_back(name, value.is_string() ? value.get<std::string>() : value.dump());
    try {
        m_frontEnd = withSettings(m_frontEnd, settings);
    } catch (const Error& error) {
        m_form->setError(key.toStdString(), QString::fromUtf8(error.what()));
        return;
    }
    // Values tied to the changed one (win_length to n_fft, f_max to the rate) have followed.
    m_form->setValues(formValues(m_frontEnd));
    m_form->clearErrors();
    showPreset();
    Q_EMIT frontEndChanged(m_frontEnd);
}

void FrontEndPanel::showPreset()
{
    const auto presets = static_cast<int>(m_presetValues.size());
    const auto shown = static_cast<int>(std::ranges::find(m_presetValues, m_frontEnd) - m_presetValues.begin());
    const bool hasOwn = m_presets->count() > presets;
    if (shown == presets && !hasOwn)
        m_presets->addItem(tr("Own values"));
    else if (shown < presets && hasOwn)
        m_presets->removeItem(presets);
    m_presets->setCurrentIndex(shown);
}

} // namespace melscope
