// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/SavableFigure.h"

#include <QWidget>

#include <vector>

class QPainter;

namespace melscope {

struct ThemeColours;

/// Figures to be read at a glance: each a large value with a line below that says of what. As many side by side as there is room for.
class FigureTiles : public QWidget, public SavableFigure
{
    Q_OBJECT

public:
    struct Tile
    {
        QString value, caption, help;
    };

    explicit FigureTiles(QWidget* parent = nullptr);

    /// `csv`: the numbers behind them, as SavableFigure has it.
    void setTiles(std::vector<Tile> tiles, std::function<std::string()> csv);
    const std::vector<Tile>& tiles() const { return m_tiles; }

    QString title() const override;
    bool isEmpty() const override { return m_tiles.empty(); }
    QString savePicture(const QString& path) const override;
    std::function<std::string()> csv() const override { return m_csv; }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    int columns(int width) const;
    int tileHeight() const;
    QRect tileRect(size_t tile) const;
    QFont valueFont() const;
    void draw(QPainter& painter, const ThemeColours& theme) const;

    std::vector<Tile> m_tiles;
    std::function<std::string()> m_csv;
};

} // namespace melscope
