// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunMicroscope.h"

#include <QWidget>

#include <memory>

namespace melscope {

/// Of one token under the microscope: the code that was asked for, the model's five likeliest guesses with their probabilities, and what
/// all of them sound like.
class GuessList : public QWidget
{
    Q_OBJECT

public:
    explicit GuessList(QWidget* parent = nullptr);

    /// `clip`: index in the batch; `token` -1: none.
    void setToken(std::shared_ptr<const MicroscopeLook> look, int clip, int token);
    QStringList lines() const; ///< what it says: the target, then a line a guess

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Line
    {
        int code = -1;
        double probability = 0.0;
        QString text;
    };
    std::vector<Line> linesOf(const MaskedPrediction& clip) const;
    void paintLine(QPainter& painter, const QRect& row, const Line& line, bool isTarget) const;

    std::shared_ptr<const MicroscopeLook> m_look;
    int m_clip = 0;
    int m_token = -1;
};

} // namespace melscope
