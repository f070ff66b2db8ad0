// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/LoadedTokens.h"
#include "tokens/SavableFigure.h"

#include <QTableView>

class QPainter;

namespace melscope {

class CodePairModel;
class CurrentCode;

/// The pairs of codes that follow each other, the commonest first. Pointing lights a code up, Return or a double click chooses it. Its
/// picture has the first of the pairs that are shown, its numbers all that there are.
class CodePairTable : public QTableView, public SavableFigure
{
    Q_OBJECT

public:
    static constexpr int picturedPairs = 40;

    /// `current` must outlive the table.
    explicit CodePairTable(CurrentCode& current, QWidget* parent = nullptr);

    void setTokens(const std::shared_ptr<const LoadedTokens>& tokens); ///< null: none
    CodePairModel& pairs() const { return *m_pairs; }

    QString title() const override;
    bool isEmpty() const override { return !m_tokens; }
    QString savePicture(const QString& path) const override;
    std::function<std::string()> csv() const override;

protected:
    bool viewportEvent(QEvent* event) override;

private:
    int codeOf(const QModelIndex& index) const;
    void drawRow(QPainter& painter, const QRectF& row, const std::function<QString(int column)>& text) const;

    CurrentCode& m_current;
    CodePairModel* m_pairs;
    std::shared_ptr<const LoadedTokens> m_tokens;
};

} // namespace melscope
