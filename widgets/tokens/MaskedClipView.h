// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunMicroscope.h"

#include <QImage>
#include <QWidget>

#include <memory>
#include <optional>

namespace melscope {

/// One clip as a masked-prediction training had it: the input, what was hidden, and of every hidden token whether the model guessed its
/// code. A click holds a token, arrow keys walk.
class MaskedClipView : public QWidget
{
    Q_OBJECT

public:
    explicit MaskedClipView(QWidget* parent = nullptr);

    /// `clip`: index in the batch; a null look: none.
    void setLook(std::shared_ptr<const MicroscopeLook> look, int clip);
    /// What the model did not see is drawn as it got it: blank.
    void setBlank(bool blank);
    int token() const { return m_token; } ///< looked at; -1: none

    QRectF rectOf(int token) const;
    std::optional<int> tokenAt(QPointF point) const;
    QSize sizeHint() const override;

Q_SIGNALS:
    void tokenChanged(int token); ///< -1: none

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    const MaskedPrediction& clip() const { return m_look->batch.clips[static_cast<size_t>(m_clip)]; }
    void look(int token);
    void paintToken(QPainter& painter, int token) const;

    std::shared_ptr<const MicroscopeLook> m_look;
    int m_clip = 0;
    QImage m_input; // a pixel a value
    bool m_blank = false;
    int m_held = -1;
    int m_token = -1;
};

} // namespace melscope
