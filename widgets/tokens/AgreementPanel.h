// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/CodebookComparison.h"

#include <QStringList>
#include <QWidget>

class QComboBox;
class QLabel;
class QTableView;

namespace melscope {

class AgreementModel;
class CurrentCode;

/// Compares the codebook at hand with another one: how far they agree, over all clips and on the clip that is shown, and what became
/// of every code.
class AgreementPanel : public QWidget
{
    Q_OBJECT

public:
    /// `current` must outlive the panel.
    explicit AgreementPanel(CurrentCode& current, QWidget* parent = nullptr);

    void setCodebooks(const QStringList& titles, int current); ///< those at hand; the current one cannot be chosen
    void setComparison(const std::shared_ptr<const CodebookComparison>& comparison); ///< null: none
    void setClip(int clip); ///< index in the sets; -1: none
    void showMessage(const QString& sentence); ///< in place of the figures
    AgreementModel& model() const { return *m_model; }
    QString verdict() const;

Q_SIGNALS:
    void compareRequested(int codebook); ///< -1: none

private:
    void showFigures();

    CurrentCode& m_current;
    std::shared_ptr<const CodebookComparison> m_comparison;
    int m_clip = -1;
    QComboBox* m_choice;
    QLabel* m_figures;
    AgreementModel* m_model;
    QTableView* m_table;
};

} // namespace melscope
