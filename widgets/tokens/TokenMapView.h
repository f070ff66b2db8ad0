// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "spectrogram/SpectrogramView.h"
#include "tokens/LoadedTokens.h"
#include "tokens/TokenGeometry.h"

#include <optional>
#include <vector>

namespace melscope {

class CurrentCode;

/// A clip's tokens over its spectrogram: a colour a code, lines where the code changes, numbers where there is room, and the current
/// code lit up wherever it is. A click chooses a code and seeks; the up and down keys walk through the tokens at the playhead, Return
/// chooses.
class TokenMapView : public SpectrogramView
{
    Q_OBJECT

public:
    /// Both must outlive the view.
    TokenMapView(Timeline& timeline, CurrentCode& current, QWidget* parent = nullptr);

    /// Null or a clip below 0: none.
    void setTokens(std::shared_ptr<const LoadedTokens> tokens, int clip);
    int clip() const { return m_clip; } ///< index in the set
    void setColours(std::vector<QRgb> colours); ///< [code]
    void setOpacity(double opacity);            ///< 0 (only lines) to 1 (no spectrogram)
    void setMarked(std::vector<bool> marked);   ///< [token]: with a corner, e.g. what moved; empty: none

    std::optional<int> tokenAt(QPointF point) const; ///< silent ones included
    int codeOf(int token) const;                     ///< or silentToken
    QRectF rectOf(int token) const;                  ///< in the widget's coordinates

Q_SIGNALS:
    void tokenHovered(int token); ///< -1: the pointer left the tokens
    void tokenChosen(int token);  ///< one that is not silent

protected:
    void paintOver(QPainter& painter) override;
    void pointerMoved(QPointF point) override;
    void pointerLeft() override;
    void clicked(QPointF point) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    bool hasTokens() const { return m_tokens && m_clip >= 0; }
    void hover(std::optional<int> token);
    void choose(int token);
    void step(int rows);
    double opacityOf(int code) const; ///< as it is painted
    double brightnessBehind(int token) const; ///< 0 to 255, of the spectrogram
    bool isBright(int token) const;           ///< what is painted there: black stands out from it better than white
    void paintCells(QPainter& painter) const;
    void paintBorders(QPainter& painter) const;
    void paintNumbers(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;
    void paintLit(QPainter& painter) const;

    CurrentCode& m_current;
    std::shared_ptr<const LoadedTokens> m_tokens;
    std::optional<TokenGeometry> m_geometry;
    int m_clip = -1;
    std::vector<QRgb> m_colours;
    std::vector<bool> m_marked;
    double m_opacity = 0.55;
    std::optional<int> m_hovered; // token
    int m_keyRow = 0;             // of the token that the keys are at
};

} // namespace melscope
