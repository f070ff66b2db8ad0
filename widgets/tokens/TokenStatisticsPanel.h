// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/LoadedTokens.h"

#include <QWidget>

class QLabel;
class QTableView;
class QTabWidget;

namespace melscope {

class ClassHeatMap;
class CodePairModel;
class CurrentCode;
class FigureSaver;
class FigureTiles;
class PositionFigure;
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
    CodePairModel& pairs() const { return *m_pairs; }
    QTableView& pairTable() const { return *m_pairTable; }
    FigureSaver& saver() const { return *m_saver; }
    QString message() const;
    void savePairs(const QString& path); ///< as CSV, on a worker; saver().saved() follows

private:
    QWidget* buildPairs();
    void askAndSave();

    CurrentCode& m_current;
    std::shared_ptr<const LoadedTokens> m_tokens;
    FigureSaver* m_saver;
    FigureTiles* m_tiles;
    QTabWidget* m_tabs;
    UsageFigure* m_usage;
    ClassHeatMap* m_classes;
    PositionFigure* m_positions;
    CodePairModel* m_pairs;
    QTableView* m_pairTable;
    QLabel* m_message;
};

} // namespace melscope
