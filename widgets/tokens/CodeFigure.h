// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/ThemeColours.h"
#include "tokens/LoadedTokens.h"
#include "tokens/SavableFigure.h"

#include <QPixmap>
#include <QWidget>

namespace melscope {

class CurrentCode;

/// A figure about the codes of a vocabulary. What does not depend on the current code is drawn once and kept, so that pointing
/// at codes costs no more than lighting one up. It can be saved as it stands, dark on white, or as the numbers behind it.
class CodeFigure : public QWidget, public SavableFigure
{
    Q_OBJECT

public:
    /// `current` must outlive the figure.
    CodeFigure(const QString& title, CurrentCode& current, QWidget* parent = nullptr);

    void setTokens(std::shared_ptr<const LoadedTokens> tokens); ///< null: none
    QString title() const override { return m_title; }
    bool isEmpty() const override { return !m_tokens; }

    /// The code drawn at a point, CurrentCode::none where there is none.
    virtual int codeAt(QPointF point) const = 0;

    QString savePicture(const QString& path) const override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void codeHovered(int code); ///< CurrentCode::none: the pointer left it
    void saveRequested();

protected:
    virtual void tokensChanged() {} ///< called before anything of the new tokens is drawn
    virtual void draw(QPainter& painter, const QSizeF& size, const ThemeColours& theme) const = 0;
    virtual void drawLit(QPainter& painter, int code) const = 0; ///< over it, on the screen only
    virtual QString describe(QPointF point) const = 0;           ///< for the tool tip; empty: none

    const LoadedTokens& tokens() const { return *m_tokens; }
    std::shared_ptr<const LoadedTokens> sharedTokens() const { return m_tokens; }
    CurrentCode& current() const { return m_current; }
    void redraw(); ///< all of it, at the next paint

    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

    void hover(int code);

private:
    QString m_title;
    CurrentCode& m_current;
    std::shared_ptr<const LoadedTokens> m_tokens;
    QPixmap m_kept; // null: to be drawn anew
    int m_hovered = -1;
};

} // namespace melscope
