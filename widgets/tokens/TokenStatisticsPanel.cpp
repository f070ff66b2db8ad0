// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/TokenStatisticsPanel.h"

#include "common/Figures.h"
#include "common/ThemedIcon.h"
#include "tokens/ClassHeatMap.h"
#include "tokens/CodePairModel.h"
#include "tokens/CodePairTable.h"
#include "tokens/CurrentCode.h"
#include "tokens/FigureSaver.h"
#include "tokens/FigureTiles.h"
#include "tokens/PositionFigure.h"
#include "tokens/TokenStatisticsText.h"
#include "tokens/UsageFigure.h"

#include <QCheckBox>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace melscope {
namespace {

std::vector<FigureTiles::Tile> tilesOf(const LoadedTokens& tokens)
{
    const auto text = [](const char* sentence) { return TokenStatisticsPanel::tr(sentence); };
    const QLocale locale;
    const TokenStatistics& statistics = *tokens.statistics;
    const auto bits = [&](double value) { return locale.toString(value, 'f', 2); };
    const int codes = tokens.set->codes();
    const int dead = codes - statistics.usedCodes;
    return {
        {locale.toString(statistics.usedCodes), dead > 0 ? text("of %L1 codes used, %L2 dead").arg(codes).arg(dead) : text("of %L1 codes used").arg(codes),
         text("Over all %L1 clips that the codebook was fitted on, not over a batch. A dead code is one that none of them has.").arg(statistics.clips)},
        {locale.toString(statistics.perplexity, 'f', 1), text("perplexity"),
         text("How many codes, used evenly, would be as unpredictable: %1 bits a token. Where it is a few only, the vocabulary has collapsed.").arg(bits(statistics.entropy))},
        {percentText(statistics.silentShare()), text("silence, left out"),
         text("Tokens of digital silence get no code and count nowhere else: %L1 of %L2.").arg(statistics.silent).arg(statistics.silent + statistics.tokens)},
        {text("%1 bits").arg(bits(statistics.mutualInformation)), text("of the class, %1 by chance").arg(bits(statistics.chanceInformation)),
         text("What one token's code tells of its clip's class, of %1 bits that there are to know (mutual information). With the classes dealt anew among the "
              "clips as much as %2 bits would seem to be told.").arg(bits(statistics.classEntropy), bits(statistics.chanceInformation))},
        {text("%1 bits").arg(bits(statistics.rowInformation)), text("of the band, %1 of the time").arg(bits(statistics.columnInformation)),
         text("What a token's code tells of the band it is in, and of its time in the clip: a vocabulary that knows mostly where it is says little of what is heard.")},
        {percentText(statistics.bigramAccuracy), text("guessed by the code before"),
         text("What guessing each code's commonest follower would get right; always guessing the commonest code is right for %1. A masked model has to be better.")
             .arg(percentText(statistics.majorityAccuracy))},
    };
}

} // namespace

TokenStatisticsPanel::TokenStatisticsPanel(CurrentCode& current, QWidget* parent)
    : QWidget(parent), m_current(current), m_saver(new FigureSaver(this)), m_tiles(new FigureTiles), m_tabs(new QTabWidget), m_usage(new UsageFigure(current)),
      m_classes(new ClassHeatMap(current)), m_positions(new PositionFigure(current)), m_pairTable(new CodePairTable(current)), m_message(new QLabel)
{
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_usage, tr("&Usage"));
    m_tabs->addTab(m_classes, tr("C&lasses"));
    m_tabs->addTab(m_positions, tr("&Where"));
    m_tabs->addTab(buildPairs(), tr("&Pairs"));
    for (CodeFigure* figure : std::initializer_list<CodeFigure*>{m_usage, m_classes, m_positions})
        connect(figure, &CodeFigure::saveRequested, this, [this, figure] { m_saver->ask(*figure, this); });
    auto* save = new QToolButton;
    save->setIcon(themedIcon(QStringLiteral("save")));
    save->setAutoRaise(true);
    save->setToolTip(tr("Saves what is shown: the picture (PNG, SVG, PDF) or the numbers (CSV)."));
    save->setAccessibleName(tr("Save what is shown"));
    save->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(save);
    menu->addAction(tr("&This page…"), this, [this] { m_saver->ask(shownPage(), this); });
    menu->addAction(tr("The &figures above…"), this, [this] { m_saver->ask(*m_tiles, this); });
    save->setMenu(menu);
    m_tabs->setCornerWidget(save);
    connect(m_saver, &FigureSaver::saved, this, [this](const QString& path, const QString& failure) {
        m_message->setText(failure.isEmpty() ? tr("Written: %1").arg(path) : failure);
        m_message->show();
    });
    m_message->setWordWrap(true);
    m_message->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_tiles);
    layout->addWidget(m_tabs, 1);
    layout->addWidget(m_message);
}

QWidget* TokenStatisticsPanel::buildPairs()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins({});
    auto* choices = new QHBoxLayout;
    auto* only = new QCheckBox(tr("&Only with the chosen code"));
    only->setObjectName(QStringLiteral("onlyChosen"));
    auto* repeats = new QCheckBox(tr("&Repeats"));
    repeats->setObjectName(QStringLiteral("repeats"));
    repeats->setToolTip(tr("A code that follows itself: most sounds last longer than a patch."));
    repeats->setChecked(true);
    choices->addWidget(only);
    choices->addWidget(repeats);
    choices->addStretch();
    column->addLayout(choices);
    column->addWidget(m_pairTable, 1);
    const auto follow = [this, only] { m_pairTable->pairs().setOnly(only->isChecked() ? m_current.chosen() : CurrentCode::none); };
    connect(only, &QCheckBox::toggled, this, follow);
    connect(&m_current, &CurrentCode::chosenChanged, this, follow);
    connect(repeats, &QCheckBox::toggled, &m_pairTable->pairs(), &CodePairModel::setRepeats);
    return page;
}

void TokenStatisticsPanel::setTokens(const std::shared_ptr<const LoadedTokens>& tokens)
{
    if (tokens)
        m_tiles->setTiles(tilesOf(*tokens), [tokens] { return summaryCsv(*tokens->statistics, *tokens->set); });
    else
        m_tiles->setTiles({}, {});
    for (CodeFigure* figure : std::initializer_list<CodeFigure*>{m_usage, m_classes, m_positions})
        figure->setTokens(tokens);
    m_pairTable->setTokens(tokens);
    m_message->hide();
}

QString TokenStatisticsPanel::message() const
{
    return m_message->isHidden() ? QString() : m_message->text();
}

const SavableFigure& TokenStatisticsPanel::shownPage() const
{
    const auto* figure = qobject_cast<const CodeFigure*>(m_tabs->currentWidget());
    return figure ? static_cast<const SavableFigure&>(*figure) : *m_pairTable;
}

} // namespace melscope
