// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>
#include <QWidget>

namespace melscope {

/// The two clips of a mix with their classes and spectrograms, and between them the soft label as a bar.
class MixingBar : public QWidget
{
    Q_OBJECT

public:
    struct Clip
    {
        QString name;
        QString className;
        QImage thumbnail;
        double share = 0.0; ///< of the label, [0, 1]
    };

    explicit MixingBar(QWidget* parent = nullptr);

    void setMix(const Clip& own, const Clip& partner, const QString& mixing);
    void setNothingMixed(const QString& why); ///< the chain mixes, this draw does not: a sentence in place of the pictures

    /// "dog 63 % · rain 37 %"; one class where both are of it.
    QString label() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintClip(QPainter& painter, const QRectF& area, const Clip& clip, const QColor& colour, bool atRight) const;

    bool m_isMixed = false;
    QString m_why; // nothing is mixed
    QString m_mixing;
    Clip m_own;
    Clip m_partner;
};

} // namespace melscope
