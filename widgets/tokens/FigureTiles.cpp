// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/FigureTiles.h"

#include "common/PictureFile.h"
#include "common/Theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace melscope {

FigureTiles::FigureTiles(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QString FigureTiles::title() const
{
    return tr("Figures of a codebook");
}

QString FigureTiles::savePicture(const QString& path) const
{
    return writePicture(path, title(), size(), [this](QPainter& painter) {
        const ThemeColours theme = ThemeColours::light();
        painter.fillRect(rect(), theme.plotBackground);
        draw(painter, theme);
    });
}

void FigureTiles::setTiles(std::vector<Tile> tiles, std::function<std::string()> csv)
{
    m_tiles = std::move(tiles);
    m_csv = std::move(csv);
    QStringList said;
    for (const Tile& tile : m_tiles)
        said.append(tile.value + QLatin1Char(' ') + tile.caption);
    setAccessibleDescription(said.join(QStringLiteral("; ")));
    updateGeometry();
    update();
}

QFont FigureTiles::valueFont() const
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.35);
    large.setBold(true);
    return large;
}

int FigureTiles::tileHeight() const
{
    return QFontMetrics(valueFont()).height() + fontMetrics().height() * 5 / 4;
}

int FigureTiles::columns(int width) const
{
    int widest = 1;
    for (const Tile& tile : m_tiles)
        widest = std::max({widest, fontMetrics().horizontalAdvance(tile.caption), QFontMetrics(valueFont()).horizontalAdvance(tile.value)});
    const int fit = std::max(1, width / (widest + 2 * fontMetrics().averageCharWidth()));
    const int count = std::max(1, static_cast<int>(m_tiles.size()));
    const int rows = (count + fit - 1) / fit;
    return (count + rows - 1) / rows; // rows of equal length
}

int FigureTiles::heightForWidth(int width) const
{
    const int across = columns(width);
    return (static_cast<int>(m_tiles.size()) + across - 1) / across * tileHeight();
}

QSize FigureTiles::sizeHint() const
{
    const int width = fontMetrics().averageCharWidth() * 80;
    return {width, heightForWidth(width)};
}

QSize FigureTiles::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 20, tileHeight()};
}

QRect FigureTiles::tileRect(size_t tile) const
{
    const int across = columns(width());
    const int column = static_cast<int>(tile) % across, row = static_cast<int>(tile) / across;
    const int left = width() * column / across;
    return QRect(left, row * tileHeight(), width() * (column + 1) / across - left, tileHeight());
}

void FigureTiles::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    draw(painter, Theme::colours());
}

void FigureTiles::draw(QPainter& painter, const ThemeColours& theme) const
{
    const int margin = fontMetrics().averageCharWidth();
    for (size_t i = 0; i < m_tiles.size(); ++i) {
        const QRect area = tileRect(i).adjusted(margin, 2, 0, 0);
        painter.setFont(valueFont());
        painter.setPen(theme.text);
        painter.drawText(area, Qt::AlignLeft | Qt::AlignTop, m_tiles[i].value);
        painter.setFont(font());
        painter.setPen(theme.mutedText);
        painter.drawText(area.adjusted(0, fontMetrics().height() * 5 / 4, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(m_tiles[i].caption, Qt::ElideRight, area.width()));
    }
}

bool FigureTiles::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        for (size_t i = 0; i < m_tiles.size(); ++i)
            if (tileRect(i).contains(help->pos())) {
                QToolTip::showText(help->globalPos(), m_tiles[i].help, this);
                return true;
            }
    }
    return QWidget::event(event);
}

} // namespace melscope
