// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/CodePairTable.h"

#include "common/PictureFile.h"
#include "common/ThemeColours.h"
#include "tokens/CodePairModel.h"
#include "tokens/CurrentCode.h"
#include "tokens/TokenStatisticsText.h"

#include <QEvent>
#include <QHeaderView>
#include <QPainter>

#include <algorithm>

namespace melscope {
namespace {

constexpr int columnCount = CodePairModel::ColumnCount;

} // namespace

CodePairTable::CodePairTable(CurrentCode& current, QWidget* parent) : QTableView(parent), m_current(current), m_pairs(new CodePairModel(this))
{
    setModel(m_pairs);
    setAccessibleName(title());
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 8 / 5);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    connect(this, &QTableView::entered, this, [this](const QModelIndex& index) { m_current.hover(codeOf(index)); });
    connect(this, &QTableView::viewportEntered, this, [this] { m_current.hover(CurrentCode::none); });
    connect(this, &QTableView::activated, this, [this](const QModelIndex& index) { m_current.choose(codeOf(index)); });
}

void CodePairTable::setTokens(const std::shared_ptr<const LoadedTokens>& tokens)
{
    m_tokens = tokens;
    m_pairs->setTokens(tokens);
}

QString CodePairTable::title() const
{
    return tr("Pairs of codes that follow each other");
}

int CodePairTable::codeOf(const QModelIndex& index) const
{
    const CodePair& pair = m_pairs->pairAt(index.row());
    return index.column() == CodePairModel::Next ? pair.next : pair.code;
}

bool CodePairTable::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave)
        m_current.hover(CurrentCode::none);
    return QTableView::viewportEvent(event);
}

std::function<std::string()> CodePairTable::csv() const
{
    return [tokens = m_tokens] { return bigramCsv(*tokens->statistics); };
}

QString CodePairTable::savePicture(const QString& path) const
{
    const int shown = std::min(m_pairs->rowCount(), picturedPairs);
    const double line = fontMetrics().height() * 1.6;
    const QSizeF size(fontMetrics().averageCharWidth() * 14.0 * columnCount, line * (shown + 2));
    return writePicture(path, title(), size, [&](QPainter& painter) {
        const ThemeColours theme = ThemeColours::light();
        const auto row = [&](int number) { return QRectF(0.0, line * number, size.width(), line); };
        painter.fillRect(QRectF(QPointF(), size), theme.plotBackground);
        painter.setFont(font());
        painter.setPen(theme.mutedText);
        painter.drawText(row(0).adjusted(line / 2.0, 0.0, 0.0, 0.0), Qt::AlignVCenter, tr("%L1 of %L2 pairs, the commonest first").arg(shown).arg(m_pairs->rowCount()));
        drawRow(painter, row(1), [this](int column) { return m_pairs->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(); });
        painter.drawLine(row(1).bottomLeft(), row(1).bottomRight());
        painter.setPen(theme.text);
        for (int pair = 0; pair < shown; ++pair)
            drawRow(painter, row(pair + 2), [this, pair](int column) { return m_pairs->index(pair, column).data().toString(); });
    });
}

void CodePairTable::drawRow(QPainter& painter, const QRectF& row, const std::function<QString(int)>& text) const
{
    const double width = row.width() / columnCount;
    for (int column = 0; column < columnCount; ++column)
        painter.drawText(QRectF(row.left() + column * width, row.top(), width - row.height() / 2.0, row.height()), Qt::AlignRight | Qt::AlignVCenter, text(column));
}

} // namespace melscope
