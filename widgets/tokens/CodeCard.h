// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/LoadedTokens.h"

#include <QImage>
#include <QWidget>

namespace melscope {

/// What a code is, at a glance: the mean of its patches, how often it is used, which classes use it most. Paints itself within a frame, so
/// that it can follow the pointer.
class CodeCard : public QWidget
{
    Q_OBJECT

public:
    static constexpr int topClasses = 3;

    explicit CodeCard(QWidget* parent = nullptr);

    void setTokens(std::shared_ptr<const LoadedTokens> tokens); ///< null: none
    void setCode(int code);                                     ///< CurrentCode::none: none
    int code() const { return m_code; }
    void setRaised(bool raised); ///< over a picture: with a ground and a frame of its own

    QStringList lines() const; ///< what it says, the first line the title
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct ClassShare
    {
        QString name;
        double share = 0.0;
    };
    void paintClasses(QPainter& painter, QRect row) const;
    int patchSide() const;

    std::shared_ptr<const LoadedTokens> m_tokens;
    int m_code = -1;
    bool m_raised = false;
    QImage m_patch;
    std::vector<ClassShare> m_classes; // of the current code, the largest first
};

} // namespace melscope
