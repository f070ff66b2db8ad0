// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/TokenMapView.h"

#include "tokens/CurrentCode.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace melscope {
namespace {

constexpr double narrowest = 5.0; // pixels: below that, lines between tokens would be all there is to see

constexpr double evenLuminance = 0.179; // black and white stand out from it alike (WCAG 2.1)
constexpr double dimmed = 0.45; // of the strength: what is not lit steps back while something is

} // namespace

TokenMapView::TokenMapView(Timeline& timeline, CurrentCode& current, QWidget* parent) : SpectrogramView(timeline, parent), m_current(current)
{
    setAccessibleName(tr("Token map"));
    setColourMap(QStringLiteral("grey")); // colours are the codes'
    connect(&current, &CurrentCode::litChanged, this, qOverload<>(&QWidget::update));
}

void TokenMapView::setTokens(std::shared_ptr<const LoadedTokens> tokens, int clip)
{
    m_tokens = std::move(tokens);
    m_clip = m_tokens ? clip : -1;
    m_geometry.reset();
    if (m_tokens)
        m_geometry.emplace(*m_tokens->set);
    m_marked.clear();
    m_hovered.reset();
    update();
}

void TokenMapView::setColours(std::vector<QRgb> colours)
{
    m_colours = std::move(colours);
    update();
}

void TokenMapView::setOpacity(double opacity)
{
    m_opacity = std::clamp(opacity, 0.0, 1.0);
    update();
}

void TokenMapView::setMarked(std::vector<bool> marked)
{
    m_marked = std::move(marked);
    update();
}

std::optional<int> TokenMapView::tokenAt(QPointF point) const
{
    if (!hasTokens() || !message().isEmpty() || !plotArea().contains(point.toPoint()))
        return std::nullopt;
    return m_geometry->tokenAt(secondsOfX(point.x()), geometryInPixels().rowOfY(point.y() - plotArea().top()));
}

int TokenMapView::codeOf(int token) const
{
    return m_tokens->set->tokensOf(m_clip)[static_cast<size_t>(token)];
}

QRectF TokenMapView::rectOf(int token) const
{
    const TimeSpan span = m_geometry->seconds(token);
    const TokenLayout& layout = m_geometry->layout();
    const QRect area = plotArea();
    const double rowHeight = static_cast<double>(area.height()) / m_tokens->set->tokenizer.frontEnd.mels; // mel rows are equally high
    const double bottom = area.top() + area.height() - layout.rowOf(token) * layout.patch.mels * rowHeight;
    return QRectF(QPointF(xOfSeconds(span.start), bottom - layout.patch.mels * rowHeight), QPointF(xOfSeconds(span.end), bottom));
}

void TokenMapView::paintOver(QPainter& painter)
{
    if (hasTokens()) {
        const QRectF cell = rectOf(0);
        paintCells(painter);
        if (std::min(cell.width(), cell.height()) >= narrowest)
            paintBorders(painter);
        const QSizeF needed(fontMetrics().horizontalAdvance(QString::number(m_tokens->set->codes() - 1)) + 4, fontMetrics().height());
        if (cell.width() >= needed.width() && cell.height() >= needed.height())
            paintNumbers(painter);
        paintMarks(painter);
        paintLit(painter);
    }
    SpectrogramView::paintOver(painter);
}

double TokenMapView::opacityOf(int code) const
{
    return m_current.lit() == CurrentCode::none || code == m_current.lit() ? m_opacity : m_opacity * dimmed;
}

void TokenMapView::paintCells(QPainter& painter) const
{
    const QRectF view = plotArea();
    for (int token = 0; token < m_geometry->layout().size(); ++token) {
        const int code = codeOf(token);
        const QRectF rect = rectOf(token);
        if (code == silentToken || static_cast<size_t>(code) >= m_colours.size() || !rect.intersects(view))
            continue;
        QColor colour = QColor::fromRgb(m_colours[static_cast<size_t>(code)]);
        colour.setAlphaF(static_cast<float>(opacityOf(code)));
        painter.fillRect(rect, colour);
    }
}

void TokenMapView::paintBorders(QPainter& painter) const
{
    const TokenLayout& layout = m_geometry->layout();
    QList<QLineF> lines;
    for (int token = 0; token < layout.size(); ++token) {
        const QRectF rect = rectOf(token);
        const int code = codeOf(token);
        if (layout.columnOf(token) + 1 < layout.columns && codeOf(token + layout.rows) != code)
            lines.append(QLineF(rect.topRight(), rect.bottomRight()));
        if (layout.rowOf(token) + 1 < layout.rows && codeOf(token + 1) != code)
            lines.append(QLineF(rect.topLeft(), rect.topRight()));
    }
    painter.setPen(QPen(QColor(0, 0, 0, 130), 1.0));
    painter.drawLines(lines);
}

double TokenMapView::brightnessBehind(int token) const
{
    // The spectrogram is of the codebook's front end: a token is a block of its values.
    const TokenLayout& layout = m_geometry->layout();
    if (!spectrogram() || spectrogram()->grid.mels < layout.rows * layout.patch.mels)
        return 0.0;
    const SpectrogramGrid& grid = spectrogram()->grid;
    const int64_t frames = std::min<int64_t>(grid.frames, (layout.columnOf(token) + 1) * layout.patch.frames);
    int64_t sum = 0, values = 0;
    for (int mel = layout.rowOf(token) * layout.patch.mels; mel < (layout.rowOf(token) + 1) * layout.patch.mels; ++mel)
        for (int64_t frame = layout.columnOf(token) * layout.patch.frames; frame < frames; ++frame, ++values)
            sum += scale().index(grid.at(mel, frame)); // in a grey map the index is the brightness
    return values > 0 ? static_cast<double>(sum) / static_cast<double>(values) : 0.0;
}

bool TokenMapView::isBright(int token) const
{
    const int code = codeOf(token);
    const QRgb colour = m_colours[static_cast<size_t>(code)];
    const double opacity = opacityOf(code), behind = brightnessBehind(token);
    const auto light = [&](int channel) { return std::pow((channel * opacity + behind * (1.0 - opacity)) / 255.0, 2.2); };
    return 0.2126 * light(qRed(colour)) + 0.7152 * light(qGreen(colour)) + 0.0722 * light(qBlue(colour)) > evenLuminance;
}

void TokenMapView::paintNumbers(QPainter& painter) const
{
    const QRectF view = plotArea();
    for (int token = 0; token < m_geometry->layout().size(); ++token) {
        const int code = codeOf(token);
        const QRectF rect = rectOf(token);
        if (code == silentToken || static_cast<size_t>(code) >= m_colours.size() || !rect.intersects(view))
            continue;
        painter.setPen(isBright(token) ? Qt::black : Qt::white);
        painter.drawText(rect, Qt::AlignCenter, QString::number(code));
    }
}

void TokenMapView::paintLit(QPainter& painter) const
{
    const int lit = m_current.lit();
    const auto frame = [&painter](const QRectF& rect, const QColor& colour) {
        painter.setPen(QPen(QColor(0, 0, 0, 220), 4.0));
        painter.drawRect(rect.adjusted(1, 1, -1, -1));
        painter.setPen(QPen(colour, 2.0));
        painter.drawRect(rect.adjusted(1, 1, -1, -1));
    };
    painter.setBrush(Qt::NoBrush);
    if (lit == CurrentCode::none)
        return;
    for (int token = 0; token < m_geometry->layout().size(); ++token)
        if (codeOf(token) == lit)
            frame(rectOf(token), Qt::white);
}

void TokenMapView::paintMarks(QPainter& painter) const
{
    painter.setPen(QPen(Qt::black, 1.0));
    painter.setBrush(QColor(255, 176, 0));
    for (int token = 0; token < static_cast<int>(m_marked.size()); ++token) {
        if (!m_marked[static_cast<size_t>(token)])
            continue;
        const QRectF rect = rectOf(token);
        const double side = std::min({rect.width() / 2.0, rect.height() / 2.0, static_cast<double>(fontMetrics().height())});
        painter.drawPolygon(QPolygonF({rect.topRight(), rect.topRight() + QPointF(0.0, side), rect.topRight() - QPointF(side, 0.0)}));
    }
}

void TokenMapView::hover(std::optional<int> token)
{
    if (token == m_hovered)
        return;
    m_hovered = token;
    const int code = token ? codeOf(*token) : silentToken;
    m_current.hover(code == silentToken ? CurrentCode::none : code);
    Q_EMIT tokenHovered(token.value_or(-1));
}

void TokenMapView::choose(int token)
{
    const int code = codeOf(token);
    if (code == silentToken)
        return;
    m_current.choose(code);
    Q_EMIT tokenChosen(token);
}

void TokenMapView::step(int rows)
{
    const TokenLayout& layout = m_geometry->layout();
    m_keyRow = std::clamp(m_keyRow + rows, 0, layout.rows - 1);
    // The middle of the row: its own edge could fall to a neighbour.
    hover(m_geometry->tokenAt(timeline().playhead(), (m_keyRow + 0.5) * layout.patch.mels));
}

void TokenMapView::pointerMoved(QPointF point)
{
    SpectrogramView::pointerMoved(point);
    hover(tokenAt(point));
}

void TokenMapView::pointerLeft()
{
    SpectrogramView::pointerLeft();
    hover(std::nullopt);
}

void TokenMapView::focusOutEvent(QFocusEvent* event)
{
    SpectrogramView::focusOutEvent(event);
    if (!underMouse()) // what the keys had lit up
        hover(std::nullopt);
}

void TokenMapView::clicked(QPointF point)
{
    if (const auto token = tokenAt(point))
        choose(*token);
}

void TokenMapView::keyPressEvent(QKeyEvent* event)
{
    if (!hasTokens())
        return SpectrogramView::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Up: return step(1);
    case Qt::Key_Down: return step(-1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_hovered)
            choose(*m_hovered);
        return;
    default: SpectrogramView::keyPressEvent(event);
    }
}

} // namespace melscope
