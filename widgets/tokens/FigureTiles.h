// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

namespace melscope {

/// Figures to be read at a glance: each a large value with a line below that says of what. As many side by side as there is room for.
class FigureTiles : public QWidget
{
    Q_OBJECT

public:
    struct Tile
    {
        QString value, caption, help;
    };

    explicit FigureTiles(QWidget* parent = nullptr);

    void setTiles(std::vector<Tile> tiles);
    const std::vector<Tile>& tiles() const { return m_tiles; }

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

    std::vector<Tile> m_tiles;
};

} // namespace melscope
