// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/LoadedTokens.h"

#include <QWidget>

class QLabel;
class QTabWidget;

namespace melscope {

class ClassHeatMap;
class CodePairTable;
class CurrentCode;
class FigureSaver;
class FigureTiles;
class PositionFigure;
class SavableFigure;
class UsageFigure;

/// What the tokens of a codebook say, in figures: the same that `melscope tokens stats` prints. Everything can be saved.
class TokenStatisticsPanel : public QWidget
{
    Q_OBJECT

public:
    /// `current` must outlive the panel.
    explicit TokenStatisticsPanel(CurrentCode& current, QWidget* parent = nullptr);

    void setTokens(const std::shared_ptr<const LoadedTokens>& tokens); ///< null: none

    FigureTiles& tiles() const { return *m_tiles; }
    UsageFigure& usage() const { return *m_usage; }
    ClassHeatMap& classes() const { return *m_classes; }
    PositionFigure& positions() const { return *m_positions; }
    CodePairTable& pairTable() const { return *m_pairTable; }
    FigureSaver& saver() const { return *m_saver; }
    QString message() const;

private:
    QWidget* buildPairs();
    const SavableFigure& shownPage() const;

    CurrentCode& m_current;
    FigureSaver* m_saver;
    FigureTiles* m_tiles;
    QTabWidget* m_tabs;
    UsageFigure* m_usage;
    ClassHeatMap* m_classes;
    PositionFigure* m_positions;
    CodePairTable* m_pairTable;
    QLabel* m_message;
};

} // namespace melscope
