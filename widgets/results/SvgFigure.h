// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/figures/SvgCanvas.h"

#include <QWidget>

#include <functional>

class QSvgRenderer;
class QToolButton;

namespace melscope {

/// A figure that is drawn as SVG: in the theme's colours on the screen, dark on white where it is saved. Its button and its context menu
/// save it.
class SvgFigure : public QWidget
{
    Q_OBJECT

public:
    /// Called when it is seen after a change, of size or theme as well: must be quick.
    using Maker = std::function<std::string(double width, double height, const FigureStyle& style)>;

    explicit SvgFigure(const QString& title, QWidget* parent = nullptr);
    ~SvgFigure() override;

    void setMaker(Maker maker); ///< none: the empty text
    void setEmptyText(const QString& text);
    bool isEmpty() const { return !m_maker; }

    /// PNG (twice the screen's resolution), SVG or PDF by the file's suffix. Returns a sentence that says what went wrong, empty where
    /// nothing did.
    QString saveTo(const QString& path) const;

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void outdate();
    void drawWhereOutdated();
    void askAndSave();

    QString m_title;
    QString m_emptyText;
    Maker m_maker;
    QToolButton* m_save;
    std::unique_ptr<QSvgRenderer> m_renderer;
    bool m_isDrawn = false; ///< m_renderer has what m_maker makes of this size and theme
};

} // namespace melscope
