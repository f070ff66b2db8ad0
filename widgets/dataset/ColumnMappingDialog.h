// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/Dataset.h"

#include <QDialog>

class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;

namespace melscope {

/// Asks which columns of a CSV mean what, over its first rows. Shown with open(); accepted() means mapping() is complete.
class ColumnMappingDialog : public QDialog
{
    Q_OBJECT

public:
    ColumnMappingDialog(const QString& path, const CsvPreview& preview, QWidget* parent = nullptr);

    const QString& path() const { return m_path; }
    ColumnMapping mapping() const;

private:
    QComboBox* addChoice(QFormLayout* form, const QString& title, const QString& help, const std::string& guess, bool needed);
    void addPreview(const CsvPreview& preview);
    void showValidity();
    QString objection() const; ///< empty: the mapping can be used

    QString m_path;
    QStringList m_columns;
    QComboBox* m_file;
    QComboBox* m_label;
    QComboBox* m_fold;
    QComboBox* m_source;
    QLabel* m_validity;
    QPushButton* m_accept;
};

} // namespace melscope
