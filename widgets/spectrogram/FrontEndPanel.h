// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectral/FrontEnd.h"

#include <QWidget>

#include <vector>

class QComboBox;

namespace melscope {

class ParameterForm;

/// Every number of the front end, live: a preset to start from and a form made from FrontEnd::schema(). Values that
/// contradict each other get their sentence beside the control and change nothing until they agree.
class FrontEndPanel : public QWidget
{
    Q_OBJECT

public:
    explicit FrontEndPanel(QWidget* parent = nullptr);

    const FrontEnd& frontEnd() const { return m_frontEnd; } ///< the last one whose values agreed
    void setFrontEnd(const FrontEnd& frontEnd);             ///< emits nothing
    /// One more front end to start from, unless it is among them already. `label` is what the user reads.
    void addPreset(const QString& label, const FrontEnd& frontEnd);
    ParameterForm* form() const { return m_form; }
    QComboBox* presets() const { return m_presets; }

Q_SIGNALS:
    void frontEndChanged(const melscope::FrontEnd& frontEnd); ///< by the user

private:
    void choosePreset(int index);
    void take(const QString& key);
    void showPreset();

    FrontEnd m_frontEnd;
    ParameterForm* m_form;
    QComboBox* m_presets;                   // may end with an item for values that are nobody's preset
    std::vector<FrontEnd> m_presetValues;   // of the items before that one
};

} // namespace melscope
