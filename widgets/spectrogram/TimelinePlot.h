// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Threads.h"
#include "spectrogram/Timeline.h"

#include <QImage>
#include <QWidget>

#include <functional>

namespace melscope {

/// A widget over the shared time axis: a gutter for labels at the left, a plot at the right whose picture is drawn on a job,
/// over it selection, cross-hair and playhead. While a new picture is made the old one stays, stretched to where it now
/// belongs. Wheel pans, Ctrl+wheel zooms at the pointer, a click seeks, a drag selects, arrows move the playhead.
class TimelinePlot : public QWidget
{
    Q_OBJECT

public:
    /// Makes a picture of plot size in device pixels; on a worker, from values only.
    using PictureTask = std::function<QImage(std::stop_token)>;

    explicit TimelinePlot(Timeline& timeline, QWidget* parent = nullptr);
    ~TimelinePlot() override;

    QRect plotArea() const;
    static int gutterWidth(const QFontMetrics& metrics); ///< equal for all plots, so that their time axes align
    double xOfSeconds(double seconds) const;
    double secondsOfX(double x) const;

    /// A sentence in place of the picture (empty state, error); empty shows the picture again.
    void setMessage(const QString& sentence);
    const QString& message() const { return m_message; }
    bool hasPicture() const { return !m_picture.isNull(); }

    Timeline& timeline() const { return m_timeline; }

Q_SIGNALS:
    void seekRequested(double seconds);

protected:
    virtual PictureTask pictureTask(QSize devicePixels) = 0; ///< empty where there is nothing to draw
    virtual quint64 pictureTag() const { return 0; }         ///< what the next picture shows; handed to picturePainted
    virtual void picturePainted(quint64) {}
    virtual void paintGutter(QPainter&, const QRect&) {}
    virtual void paintOver(QPainter&) {}
    virtual void pointerMoved(QPointF) {}
    virtual void pointerLeft() {}
    virtual void clicked(QPointF) {} ///< before seekRequested

    /// Asks for a new picture; the newest request wins.
    void refreshPicture();
    void dropPicture();

    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void showPicture(quint64 number, const QImage& image, const TimeWindow& window, quint64 tag);
    void paintPicture(QPainter& painter, const QRect& area);
    void paintTimeMarks(QPainter& painter, const QRect& area);
    void updateColumn(double seconds);

    Timeline& m_timeline;
    QImage m_picture;
    TimeWindow m_pictureWindow;
    quint64 m_pictureTag = 0;
    bool m_pictureIsNew = false;
    quint64 m_number = 0; // of the newest picture asked for
    QString m_message;
    double m_pressX = 0.0;
    bool m_pressed = false;
    bool m_dragging = false;
    LatestJob m_job; // last: joined before the rest goes
};

} // namespace melscope
