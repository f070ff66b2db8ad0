// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Parameter.h"

#include <QWidget>

#include <map>
#include <string>

class QGridLayout;
class QLabel;
class QToolButton;

namespace melscope {

class ParameterEditor;

/// A form made from a schema: one line a parameter with its unit, help as tooltip, a button back to the default where it
/// was changed, a sentence below it where its value cannot be. Advanced parameters fold out.
class ParameterForm : public QWidget
{
    Q_OBJECT

public:
    explicit ParameterForm(const ParameterSchema& schema, QWidget* parent = nullptr);
    ~ParameterForm() override;

    const ParameterSchema& schema() const { return m_schema; }

    Json values() const; ///< flat {key: value}, every key of the schema, each of its parameter's type and in range
    Json value(const std::string& key) const; ///< of a known key
    Json changedValues() const; ///< only those that differ from their default

    /// Sets the keys that are there and known, leaves the others; emits nothing. Throws Error(InvalidValue), with nothing
    /// changed, where one is out of range.
    void setValues(const Json& values);
    void setValue(const std::string& key, const Json& value);
    void resetToDefaults(); ///< emits valueChanged for each key that changes

    /// A sentence beside the control, e.g. of a contradiction between two values; an empty one clears it.
    void setError(const std::string& key, const QString& sentence);
    void clearErrors();
    bool hasErrors() const;

    void setParameterEnabled(const std::string& key, bool enabled);
    void setAdvancedShown(bool shown);

Q_SIGNALS:
    void valueChanged(const QString& key); ///< by the user; value(key) is new
    void sliderReleased(); ///< what was one gesture of the user is over
    void errorsChanged();

private:
    struct Row
    {
        Parameter parameter;
        QLabel* label = nullptr;
        ParameterEditor* editor = nullptr;
        QToolButton* reset = nullptr;
        QLabel* error = nullptr;
    };

    void addRow(const Parameter& parameter, QGridLayout* grid);
    void addAdvanced();
    void take(const std::string& key);
    void refuse(const std::string& key, const QString& text);
    void resetRow(const std::string& key);
    bool isChanged(const Row& row) const;
    void showWhetherChanged(const Row& row);
    void showAdvancedTitle();

    ParameterSchema m_schema;
    std::map<std::string, Row> m_rows;
    QWidget* m_advanced = nullptr;
    QToolButton* m_advancedButton = nullptr;
};

} // namespace melscope
