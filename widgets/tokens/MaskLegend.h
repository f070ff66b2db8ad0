// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace melscope {

/// What the colours of a MaskedClipView say.
class MaskLegend : public QWidget
{
    Q_OBJECT

public:
    explicit MaskLegend(QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int widthOf(const QString& text) const; ///< with its sample
};

} // namespace melscope
