// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ContactSheet.h"

#include "augment/SilentView.h"
#include "augment/SteadyScale.h"
#include "common/Deliver.h"
#include "common/Theme.h"
#include "spectrogram/SpectrogramThumbnail.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace melscope {
namespace {

constexpr int restMilliseconds = 90; // a slider that moves keeps the worker free for the preview
constexpr double aspect = 1.9;       // of a cell that shows a spectrogram well

bool sameDraws(const PreviewRequest& a, const PreviewRequest& b)
{
    return a.clips == b.clips && a.draw.seed == b.draw.seed && a.draw.clip == b.draw.clip && a.chain == b.chain;
}

} // namespace

ContactSheet::ContactSheet(QWidget* parent) : QWidget(parent), m_rest(this), m_pool(1, true)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Contact sheet: sixteen draws of the chain"));
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMilliseconds);
    connect(&m_rest, &QTimer::timeout, this, &ContactSheet::draw);
}

ContactSheet::~ContactSheet() = default;

void ContactSheet::setRequest(const PreviewRequest& request)
{
    const quint64 first = request.draw.epoch / count * count;
    const bool same = m_request.clips && request.clips && first == m_first && sameDraws(m_request, request);
    m_request = request;
    m_first = first;
    update();
    if (same)
        return;
    ++m_number;
    m_pool.dropWaiting();
    m_waits = true;
    m_rest.start();
}

void ContactSheet::clear()
{
    ++m_number;
    m_pool.dropWaiting();
    m_request = {};
    m_cells = {};
    m_waits = false;
    m_problem.clear();
    update();
}

void ContactSheet::draw()
{
    if (!m_waits || !m_request.clips || !isVisible())
        return;
    m_waits = false;
    for (int cell = 0; cell < count; ++cell) {
        PreviewRequest request = m_request;
        request.draw.epoch = m_first + static_cast<quint64>(cell);
        m_pool.add([this, cell, request, number = m_number, deliver = Deliver(this)](std::stop_token) {
            try {
                Cell drawn = drawCell(request);
                drawn.number = number;
                deliver([this, cell, drawn] { take(cell, drawn); });
            } catch (const std::exception& error) {
                deliver([this, number, sentence = QString::fromUtf8(error.what())] {
                    if (number != m_number)
                        return;
                    clear();
                    m_problem = sentence;
                });
            }
        });
    }
}

ContactSheet::Cell ContactSheet::drawCell(const PreviewRequest& request)
{
    const FrontEnd& frontEnd = request.clips->frontEnd();
    const Spectrogram before = describe(request.clips->pipeline({}).make(request.draw).grid, frontEnd, 0);
    const Example example = request.clips->pipeline(request.chain).make(request.draw);
    Cell cell{.image = drawThumbnail(example.grid, frontEnd, steadyScale(before.autoScale.high, frontEnd)),
              .silent = isSilent(example.grid, before.grid, frontEnd)};
    if (example.partner >= 0) {
        const Dataset& dataset = request.clips->dataset();
        const Clip& partner = dataset.clips[static_cast<size_t>(example.partner)];
        cell.note = tr("%1 % with %2 (%3)").arg(std::lround(example.ownShare * 100.0))
                        .arg(QString::fromStdString(partner.name), QString::fromStdString(dataset.classes[static_cast<size_t>(partner.label)]));
    }
    return cell;
}

void ContactSheet::take(int cell, const Cell& drawn)
{
    if (drawn.number != m_number)
        return;
    m_problem.clear();
    m_cells[static_cast<size_t>(cell)] = drawn;
    update(cellRect(cell));
    if (std::all_of(m_cells.begin(), m_cells.end(), [this](const Cell& each) { return each.number == m_number; }))
        Q_EMIT completed();
}

int ContactSheet::columns() const
{
    // As many as make the pictures largest at their best aspect.
    int best = 1;
    double largest = 0.0;
    for (int columns = 1; columns <= count; columns *= 2) {
        const double cellWidth = static_cast<double>(width()) / columns;
        const double cellHeight = static_cast<double>(height()) * columns / count - fontMetrics().height();
        const double used = std::min(cellWidth, cellHeight * aspect);
        if (used > largest) {
            largest = used;
            best = columns;
        }
    }
    return best;
}

QRect ContactSheet::cellRect(int cell) const
{
    const int across = columns();
    const int down = count / across;
    const int column = cell % across;
    const int row = cell / across;
    const QPoint topLeft(width() * column / across, height() * row / down);
    const QPoint bottomRight(width() * (column + 1) / across - 1, height() * (row + 1) / down - 1);
    return QRect(topLeft, bottomRight).adjusted(3, 3, -3, -3);
}

QString ContactSheet::caption(int cell) const
{
    const Cell& drawn = m_cells[static_cast<size_t>(cell)];
    const quint64 epoch = m_first + static_cast<quint64>(cell);
    if (drawn.silent)
        return tr("epoch %1 · silent").arg(epoch);
    return drawn.note.isEmpty() ? tr("epoch %1").arg(epoch) : tr("epoch %1 · mixed").arg(epoch);
}

QSize ContactSheet::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 40, fontMetrics().height() * 30};
}

void ContactSheet::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (!m_request.clips) {
        painter.setPen(Theme::colours().mutedText);
        painter.drawText(rect().adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap,
                         m_problem.isEmpty() ? tr("Sixteen draws of the chain appear here once a clip is open.") : m_problem);
        return;
    }
    const int line = fontMetrics().height();
    for (int cell = 0; cell < count; ++cell) {
        const Cell& drawn = m_cells[static_cast<size_t>(cell)];
        const QRect area = cellRect(cell);
        const QRect picture = area.adjusted(0, 0, 0, -line);
        const quint64 epoch = m_first + static_cast<quint64>(cell);
        const bool isPinned = epoch == m_request.draw.epoch;
        if (drawn.image.isNull())
            painter.fillRect(picture, palette().base());
        else
            painter.drawImage(picture, drawn.image);
        if (isPinned) {
            painter.setPen(QPen(Theme::colours().accent, 2.0));
            painter.drawRect(picture.adjusted(-1, -1, 0, 0));
        }
        painter.setPen(isPinned ? Theme::colours().accent : Theme::colours().mutedText);
        painter.drawText(QRect(area.left(), picture.bottom() + 1, area.width(), line), Qt::AlignHCenter | Qt::AlignBottom,
                         fontMetrics().elidedText(caption(cell), Qt::ElideRight, area.width()));
    }
    if (hasFocus()) {
        painter.setPen(palette().color(QPalette::Highlight));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

int ContactSheet::cellAt(QPoint point) const
{
    for (int cell = 0; cell < count; ++cell)
        if (cellRect(cell).contains(point))
            return cell;
    return -1;
}

void ContactSheet::pin(int cell)
{
    if (m_request.clips && cell >= 0 && cell < count)
        Q_EMIT epochPinned(m_first + static_cast<quint64>(cell));
}

void ContactSheet::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        pin(cellAt(event->position().toPoint()));
}

void ContactSheet::keyPressEvent(QKeyEvent* event)
{
    const int current = static_cast<int>(m_request.draw.epoch - m_first);
    switch (event->key()) {
    case Qt::Key_Left: pin(current - 1); break;
    case Qt::Key_Right: pin(current + 1); break;
    case Qt::Key_Up: pin(current - columns()); break;
    case Qt::Key_Down: pin(current + columns()); break;
    case Qt::Key_Home: pin(0); break;
    case Qt::Key_End: pin(count - 1); break;
    default: QWidget::keyPressEvent(event);
    }
}

void ContactSheet::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_waits)
        m_rest.start();
}

bool ContactSheet::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int cell = cellAt(help->pos());
        if (cell >= 0 && m_request.clips) {
            QStringList lines{tr("Epoch %1 of seed %2. Click to pin it: look at it and keep this seed.").arg(m_first + static_cast<quint64>(cell)).arg(m_request.draw.seed)};
            if (const QString& note = m_cells[static_cast<size_t>(cell)].note; !note.isEmpty())
                lines.append(note);
            if (m_cells[static_cast<size_t>(cell)].silent)
                lines.append(tr("Nothing of the sound is left: no value comes within 60 dB of the clip's largest."));
            QToolTip::showText(help->globalPos(), lines.join(QLatin1Char('\n')), this, cellRect(cell));
            return true;
        }
    }
    return QWidget::event(event);
}

} // namespace melscope
