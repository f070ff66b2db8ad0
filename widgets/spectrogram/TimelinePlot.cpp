// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/TimelinePlot.h"

#include "common/Deliver.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QWheelEvent>

#include <cmath>

namespace melscope {
namespace {

constexpr double zoomStep = 1.25;      // of one notch of the wheel
constexpr double panStep = 0.1;        // of the visible time, by one notch
constexpr double arrowStep = 0.02;     // of the visible time, by one key press
constexpr double notchAngle = 120.0;   // eighths of a degree, by Qt's definition

} // namespace

TimelinePlot::TimelinePlot(Timeline& timeline, QWidget* parent) : QWidget(parent), m_timeline(timeline)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(&timeline, &Timeline::windowChanged, this, [this] {
        refreshPicture();
        update();
    });
    connect(&timeline, &Timeline::selectionChanged, this, qOverload<>(&QWidget::update));
    connect(&timeline, &Timeline::playheadChanged, this, [this](double before, double now) {
        updateColumn(before);
        updateColumn(now);
    });
    connect(&timeline, &Timeline::cursorChanged, this, [this](std::optional<double> before) {
        if (before)
            updateColumn(*before);
        if (m_timeline.cursor())
            updateColumn(*m_timeline.cursor());
    });
}

TimelinePlot::~TimelinePlot() = default;

int TimelinePlot::gutterWidth(const QFontMetrics& metrics)
{
    return metrics.horizontalAdvance(QStringLiteral("-88.88k")) + metrics.averageCharWidth();
}

QRect TimelinePlot::plotArea() const
{
    return rect().adjusted(gutterWidth(fontMetrics()), 0, 0, 0);
}

double TimelinePlot::xOfSeconds(double seconds) const
{
    const QRect area = plotArea();
    const TimeSpan visible = m_timeline.window().visible;
    return area.left() + (seconds - visible.start) / visible.length() * area.width();
}

double TimelinePlot::secondsOfX(double x) const
{
    const QRect area = plotArea();
    const TimeSpan visible = m_timeline.window().visible;
    return visible.start + (x - area.left()) / std::max(area.width(), 1) * visible.length();
}

void TimelinePlot::setMessage(const QString& sentence)
{
    if (sentence == m_message)
        return;
    m_message = sentence;
    setAccessibleDescription(sentence);
    update();
}

void TimelinePlot::refreshPicture()
{
    const QSize pixels = plotArea().size() * devicePixelRatioF();
    if (pixels.width() < 1 || pixels.height() < 1)
        return;
    const PictureTask task = pictureTask(pixels);
    if (!task)
        return;
    m_job.request([this, task, number = ++m_number, window = m_timeline.window(), tag = pictureTag(),
                   deliver = Deliver(this)](std::stop_token stop) {
        const QImage image = task(stop);
        if (!image.isNull())
            deliver([this, number, image, window, tag] { showPicture(number, image, window, tag); });
    });
}

void TimelinePlot::dropPicture()
{
    ++m_number;
    m_picture = {};
    m_pictureIsNew = false;
    update();
}

void TimelinePlot::showPicture(quint64 number, const QImage& image, const TimeWindow& window, quint64 tag)
{
    if (number != m_number)
        return;
    m_picture = image;
    m_pictureWindow = window;
    m_pictureTag = tag;
    m_pictureIsNew = true;
    update();
}

void TimelinePlot::updateColumn(double seconds)
{
    update(QRect(static_cast<int>(std::floor(xOfSeconds(seconds))) - 2, 0, 5, height()));
}

void TimelinePlot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRect area = plotArea();
    painter.fillRect(area, palette().base());
    if (!m_message.isEmpty()) {
        painter.setPen(palette().color(QPalette::Text));
        const int margin = fontMetrics().height();
        painter.drawText(area.adjusted(margin, 0, -margin, 0), Qt::AlignCenter | Qt::TextWordWrap, m_message);
        return;
    }
    paintGutter(painter, QRect(0, 0, area.left(), height()));
    painter.setClipRect(area);
    if (hasPicture()) {
        paintPicture(painter, area);
        paintTimeMarks(painter, area);
        paintOver(painter);
    }
    if (hasFocus()) {
        painter.setPen(palette().color(QPalette::Highlight));
        painter.drawRect(area.adjusted(0, 0, -1, -1));
    }
    if (m_pictureIsNew) {
        m_pictureIsNew = false;
        picturePainted(m_pictureTag);
    }
}

void TimelinePlot::paintPicture(QPainter& painter, const QRect& area)
{
    const double left = xOfSeconds(m_pictureWindow.visible.start);
    const double right = xOfSeconds(m_pictureWindow.visible.end);
    painter.drawImage(QRectF(left, area.top(), right - left, area.height()), m_picture, QRectF(m_picture.rect()));
}

void TimelinePlot::paintTimeMarks(QPainter& painter, const QRect& area)
{
    const QColor accent = palette().color(QPalette::Highlight);
    const TimeSpan selection = m_timeline.selection();
    if (!selection.isEmpty()) {
        const QRectF marked(QPointF(xOfSeconds(selection.start), area.top()), QPointF(xOfSeconds(selection.end), area.bottom() + 1));
        QColor veil = accent;
        veil.setAlpha(60);
        painter.fillRect(marked, veil);
        painter.fillRect(QRectF(marked.left(), marked.top(), 1.0, marked.height()), accent);
        painter.fillRect(QRectF(marked.right() - 1.0, marked.top(), 1.0, marked.height()), accent);
    }
    if (m_timeline.cursor())
        painter.fillRect(QRectF(xOfSeconds(*m_timeline.cursor()), area.top(), 1.0, area.height()), QColor(160, 160, 160, 200));
    // White on black, so that it is seen on every colour map.
    const double x = xOfSeconds(m_timeline.playhead());
    painter.fillRect(QRectF(x - 1.0, area.top(), 3.0, area.height()), QColor(0, 0, 0, 150));
    painter.fillRect(QRectF(x, area.top(), 1.0, area.height()), Qt::white);
}

void TimelinePlot::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    refreshPicture();
}

void TimelinePlot::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        refreshPicture();
}

void TimelinePlot::wheelEvent(QWheelEvent* event)
{
    const QPoint angle = event->angleDelta();
    const double notches = (std::abs(angle.y()) >= std::abs(angle.x()) ? angle.y() : angle.x()) / notchAngle;
    if (event->modifiers().testFlag(Qt::ControlModifier))
        m_timeline.zoom(std::pow(zoomStep, notches), secondsOfX(event->position().x()));
    else
        m_timeline.pan(-notches * panStep * m_timeline.window().visible.length());
    event->accept();
}

void TimelinePlot::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return QWidget::mousePressEvent(event);
    m_pressed = true;
    m_dragging = false;
    m_pressX = event->position().x();
}

void TimelinePlot::mouseMoveEvent(QMouseEvent* event)
{
    const double x = event->position().x();
    if (m_pressed && (m_dragging || std::abs(x - m_pressX) >= QApplication::startDragDistance())) {
        m_dragging = true;
        const double a = secondsOfX(m_pressX);
        const double b = secondsOfX(x);
        m_timeline.setSelection({std::min(a, b), std::max(a, b)});
    }
    if (plotArea().contains(event->position().toPoint())) {
        m_timeline.setCursor(secondsOfX(x));
        pointerMoved(event->position());
    } else {
        m_timeline.setCursor(std::nullopt);
        pointerLeft();
    }
}

void TimelinePlot::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_pressed)
        return QWidget::mouseReleaseEvent(event);
    m_pressed = false;
    if (m_dragging || !m_message.isEmpty())
        return;
    const double seconds = std::clamp(secondsOfX(event->position().x()), 0.0, m_timeline.window().duration);
    if (!m_timeline.selection().contains(seconds))
        m_timeline.setSelection({});
    clicked(event->position());
    Q_EMIT seekRequested(seconds);
}

void TimelinePlot::mouseDoubleClickEvent(QMouseEvent*)
{
    m_timeline.selection().isEmpty() ? m_timeline.fit() : m_timeline.show(m_timeline.selection());
}

void TimelinePlot::leaveEvent(QEvent* event)
{
    QWidget::leaveEvent(event);
    m_timeline.setCursor(std::nullopt);
    pointerLeft();
}

void TimelinePlot::keyPressEvent(QKeyEvent* event)
{
    const TimeWindow& window = m_timeline.window();
    const auto seekTo = [this, &window](double seconds) { Q_EMIT seekRequested(std::clamp(seconds, 0.0, window.duration)); };
    const double sign = event->key() == Qt::Key_Left ? -1.0 : 1.0;
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: m_timeline.zoom(zoomStep, m_timeline.playhead()); break;
    case Qt::Key_Minus: m_timeline.zoom(1.0 / zoomStep, m_timeline.playhead()); break;
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (event->modifiers().testFlag(Qt::ShiftModifier))
            m_timeline.pan(sign * panStep * window.visible.length());
        else
            seekTo(m_timeline.playhead() + sign * arrowStep * window.visible.length());
        break;
    case Qt::Key_Home: seekTo(0.0); break;
    case Qt::Key_End: seekTo(window.duration); break;
    case Qt::Key_Escape: m_timeline.setSelection({}); break;
    default: QWidget::keyPressEvent(event);
    }
}

} // namespace melscope
