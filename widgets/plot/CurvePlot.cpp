// SPDX-License-Identifier: GPL-3.0-or-later
#include "plot/CurvePlot.h"

#include "plot/CurveCrossHair.h"
#include "plot/QCustomPlot.h"
#include "plot/SeriesColours.h"

#include <QKeyEvent>
#include <QMenu>
#include <QTimer>
#include <QVBoxLayout>

#include <cmath>

namespace melscope {
namespace {

constexpr int redrawInterval = 33;             // ms: 30 a second
constexpr size_t smoothedPerRedraw = 400'000;  // about 5 ms
constexpr int mostLegendEntries = 10;

QColor mixed(const QColor& a, const QColor& b, double shareOfB)
{
    const auto mix = [&](int x, int y) { return qRound(x + shareOfB * (y - x)); };
    return QColor(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()));
}

} // namespace

CurvePlot::CurvePlot(const QString& title, QWidget* parent)
    : QWidget(parent), m_title(title), m_plot(new QCustomPlot(this)), m_timer(new QTimer(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_plot);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(title);
    setToolTip(tr("Wheel: zoom. Drag: pan. F or double-click: fit. Left and right: read values point by point."));
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->setPlottingHint(QCP::phFastPolylines);
    m_plot->setNoAntialiasingOnDrag(true);
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);
    m_plot->setContextMenuPolicy(Qt::CustomContextMenu);
    m_plot->axisRect()->setupFullAxesBox();
    setLegendCorner(Qt::AlignTop | Qt::AlignRight);
    m_plot->legend->setVisible(true);
    connect(m_plot, &QCustomPlot::afterLayout, this, &CurvePlot::hideLargeLegend);
    m_bestMarks = m_plot->addGraph();
    m_bestMarks->setName(tr("best on held-out data (peeked)"));
    m_bestMarks->setLineStyle(QCPGraph::lsNone);
    m_bestMarks->setAdaptiveSampling(false);
    m_bestMarks->removeFromLegend();
    m_hint = new QCPItemText(m_plot);
    m_hint->position->setType(QCPItemPosition::ptAxisRectRatio);
    m_hint->position->setCoords(0.5, 0.5);
    m_hint->setSelectable(false);
    m_crossHair = std::make_unique<CurveCrossHair>(*this);
    m_timer->setSingleShot(true);
    m_timer->setInterval(redrawInterval);
    connect(m_timer, &QTimer::timeout, this, [this] {
        if (isVisible())
            redrawNow();
    });
    connect(m_plot, &QCustomPlot::afterLayout, this, &CurvePlot::fillGraphs);
    connect(m_plot, &QCustomPlot::mouseWheel, this, [this] { m_following = false; });
    connect(m_plot, &QCustomPlot::mouseDoubleClick, this, &CurvePlot::fit);
    connect(m_plot, &QCustomPlot::customContextMenuRequested, this, &CurvePlot::showMenu);
    connect(m_plot, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
        if (event->buttons() & Qt::LeftButton)
            m_following = false;
        m_crossHair->moveTo(m_plot->xAxis->pixelToCoord(event->position().x()));
    });
    m_plot->xAxis->setLabel(axisTitle());
    m_plot->yAxis->setLabel(title);
    applyTheme();
}

CurvePlot::~CurvePlot() = default;

QSize CurvePlot::sizeHint() const
{
    const int unit = fontMetrics().height();
    return {unit * 24, unit * 14};
}

void CurvePlot::setCurve(const CurveId& id, const CurveLook& look)
{
    Curve& curve = m_curves[id];
    if (!curve.raw) {
        for (QCPGraph** graph : {&curve.raw, &curve.smooth}) {
            *graph = m_plot->addGraph();
            (*graph)->setAdaptiveSampling(false); // fillGraphs has chosen the points already
            (*graph)->removeFromLegend();
        }
        curve.series.setSmoothing(m_smoothing);
    }
    curve.look = look;
    applyLook(curve);
    schedule();
}

void CurvePlot::append(const CurveId& id, std::span<const CurveSample> samples)
{
    const auto found = m_curves.find(id);
    if (found == m_curves.end())
        return;
    for (const CurveSample& sample : samples)
        found->second.series.append(sample);
    schedule();
}

void CurvePlot::clearCurve(const CurveId& id)
{
    const auto found = m_curves.find(id);
    if (found == m_curves.end())
        return;
    found->second.series.clear();
    found->second.best = -1;
    schedule();
}

void CurvePlot::removeCurve(const CurveId& id)
{
    const auto found = m_curves.find(id);
    if (found == m_curves.end())
        return;
    m_plot->removeGraph(found->second.raw);
    m_plot->removeGraph(found->second.smooth);
    m_curves.erase(found);
    schedule();
}

std::vector<CurveId> CurvePlot::curves() const
{
    std::vector<CurveId> ids;
    for (const auto& [id, curve] : m_curves)
        ids.push_back(id);
    return ids;
}

const CurveSeries* CurvePlot::series(const CurveId& id) const
{
    const auto found = m_curves.find(id);
    return found == m_curves.end() ? nullptr : &found->second.series;
}

void CurvePlot::setBest(const CurveId& id, int index)
{
    const auto found = m_curves.find(id);
    if (found == m_curves.end())
        return;
    found->second.best = index;
    schedule();
}

void CurvePlot::setAxis(CurveAxis axis)
{
    m_axis = axis;
    m_plot->xAxis->setLabel(axisTitle());
    m_crossHair->hide();
    fit();
}

void CurvePlot::setSmoothing(double smoothing)
{
    m_smoothing = std::clamp(smoothing, 0.0, 0.999);
    for (auto& [id, curve] : m_curves) {
        curve.series.setSmoothing(m_smoothing);
        applyLook(curve);
    }
    schedule();
}

void CurvePlot::setLogarithmic(bool on)
{
    m_logarithmic = on;
    m_plot->yAxis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    m_plot->yAxis->setTicker(on ? QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog) : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
    m_plot->yAxis->setNumberFormat(on ? QStringLiteral("gb") : QStringLiteral("g"));
    m_plot->yAxis->setNumberPrecision(on ? 2 : 5);
    fit();
}

void CurvePlot::setLegendCorner(Qt::Alignment corner)
{
    m_plot->axisRect()->insetLayout()->setInsetAlignment(0, corner);
}

void CurvePlot::setEmptyText(const QString& text)
{
    m_emptyText = text;
    m_hint->setText(text);
    schedule();
}

void CurvePlot::fit()
{
    m_following = true;
    schedule();
}

void CurvePlot::schedule()
{
    m_stale = true;
    // Not restarted: under a steady stream of points a restarted timer would never fire.
    if (isVisible() && !m_timer->isActive())
        m_timer->start();
}

void CurvePlot::redrawNow()
{
    m_stale = false;
    catchUpSmoothing();
    if (m_following)
        rescale();
    updateLegend();
    m_plot->replot(QCustomPlot::rpImmediateRefresh);
}

void CurvePlot::hideLargeLegend()
{
    const QSize legend = m_plot->legend->minimumOuterSizeHint();
    const QSize room = m_plot->axisRect()->size();
    const bool fits = legend.width() < room.width() * 3 / 4 && legend.height() < room.height() / 2;
    m_plot->legend->setVisible(fits && m_plot->legend->itemCount() > 0);
}

void CurvePlot::updateLegend()
{
    int shown = 0;
    bool marked = false;
    for (const auto& [id, curve] : m_curves) {
        shown += curve.look.visible && curve.series.size() > 0 ? 1 : 0;
        marked = marked || (curve.look.visible && curve.best >= 0);
    }
    for (const auto& [id, curve] : m_curves) {
        // With more curves than this the legend would hide them; the list of runs beside the plot has their colours.
        if (shown <= mostLegendEntries && curve.look.inLegend && curve.look.visible && curve.series.size() > 0)
            curve.smooth->addToLegend();
        else
            curve.smooth->removeFromLegend();
    }
    m_bestMarks->removeFromLegend();
    if (marked)
        m_bestMarks->addToLegend();
    m_hint->setVisible(shown == 0 && !m_emptyText.isEmpty());
}

void CurvePlot::catchUpSmoothing()
{
    size_t budget = smoothedPerRedraw;
    for (auto& [id, curve] : m_curves) {
        const size_t before = curve.series.smoothed().size();
        const bool done = curve.series.smoothUpTo(budget);
        budget -= std::min(budget, curve.series.smoothed().size() - before);
        if (!done)
            return schedule();
    }
}

void CurvePlot::fillGraphs()
{
    const int columns = m_plot->axisRect()->width();
    const QCPRange range = m_plot->xAxis->range();
    for (auto& [id, curve] : m_curves) {
        const bool drawn = curve.look.visible && curve.series.size() > 0;
        const bool smoothing = m_smoothing > 0.0;
        curve.raw->setVisible(drawn && smoothing);
        curve.smooth->setVisible(drawn);
        if (!drawn)
            continue;
        fillGraph(curve.smooth, curve.series, smoothing ? curve.series.smoothed() : curve.series.raw(), range, columns);
        if (smoothing)
            fillGraph(curve.raw, curve.series, curve.series.raw(), range, columns);
    }
    fillBestMarks();
}

void CurvePlot::fillGraph(QCPGraph* graph, const CurveSeries& series, const CurveDecimator& points, const QCPRange& range,
                          int columns) const
{
    const std::vector<double>& x = series.x(m_axis);
    const std::vector<size_t> indices = points.visible(std::span(x).first(points.size()), range.lower, range.upper, columns);
    QVector<QCPGraphData> data;
    data.reserve(static_cast<qsizetype>(indices.size()));
    for (const size_t index : indices)
        if (!m_logarithmic || points.values()[index] > 0.0)
            data.append(QCPGraphData(x[index], points.values()[index]));
    const bool fine = data.size() > 2000;
    QPen pen = graph->pen();
    pen.setWidthF(fine ? 1.0 : 1.6);
    graph->setPen(pen);
    graph->setAntialiased(!fine);
    const bool single = data.size() == 1;
    graph->setScatterStyle(single ? QCPScatterStyle(QCPScatterStyle::ssDisc, 5) : QCPScatterStyle(QCPScatterStyle::ssNone));
    graph->data()->set(data, true);
}

void CurvePlot::fillBestMarks()
{
    QVector<QCPGraphData> data;
    for (const auto& [id, curve] : m_curves)
        if (curve.look.visible && curve.best >= 0 && static_cast<size_t>(curve.best) < curve.series.size()) {
            const auto index = static_cast<size_t>(curve.best);
            data.append(QCPGraphData(curve.series.x(m_axis)[index], curve.series.at(index).value));
        }
    m_bestMarks->setVisible(!data.isEmpty());
    m_bestMarks->data()->set(data, false);
}

void CurvePlot::rescale()
{
    QCPRange x, y;
    bool any = false;
    for (const auto& [id, curve] : m_curves) {
        if (!curve.look.visible || curve.series.size() == 0)
            continue;
        const auto extremes = curve.series.raw().extremes(0, curve.series.size());
        const auto& values = curve.series.raw().values();
        const QCPRange curveY(values[extremes.lowest], values[extremes.highest]);
        const QCPRange curveX(curve.series.x(m_axis).front(), curve.series.x(m_axis).back());
        x = any ? x.expanded(curveX) : curveX;
        y = any ? y.expanded(curveY) : curveY;
        any = true;
    }
    if (!any)
        x = QCPRange(0.0, 1.0), y = m_logarithmic ? QCPRange(0.1, 1.0) : QCPRange(0.0, 1.0);
    if (m_logarithmic) {
        const double top = std::max(y.upper, 1e-12);
        const double bottom = y.lower > 0.0 ? y.lower : top * 1e-4;
        const double margin = std::pow(std::max(top / bottom, 1.01), 0.05);
        y = QCPRange(bottom / margin, top * margin);
    } else {
        const double margin = y.size() > 0.0 ? y.size() * 0.05 : std::max(std::abs(y.upper) * 0.05, 1e-9);
        y = QCPRange(y.lower - margin, y.upper + margin);
    }
    if (x.size() <= 0.0)
        x = QCPRange(x.lower - 0.5, x.upper + 0.5);
    m_plot->xAxis->setRange(x);
    m_plot->yAxis->setRange(y);
}

void CurvePlot::applyLook(Curve& curve)
{
    const bool smoothing = m_smoothing > 0.0;
    QPen pen(curve.look.colour, 1.0, curve.look.dashed ? Qt::DashLine : Qt::SolidLine);
    pen.setCosmetic(true);
    curve.smooth->setPen(pen);
    curve.smooth->setName(curve.look.name);
    pen.setColor(mixed(curve.look.colour, palette().color(QPalette::Base), 0.68));
    pen.setStyle(Qt::SolidLine);
    curve.raw->setPen(pen);
    curve.raw->setVisible(smoothing);
    m_stale = true;
}

QString CurvePlot::axisTitle() const
{
    switch (m_axis) {
    case CurveAxis::Step: return tr("Step");
    case CurveAxis::Epoch: return tr("Epoch");
    case CurveAxis::Time: return tr("Training time (s)");
    }
    return {};
}

void CurvePlot::applyTheme()
{
    const QColor text = palette().color(QPalette::Text), base = palette().color(QPalette::Base);
    const QPen line(mixed(text, base, 0.45), 0), grid(mixed(text, base, 0.85), 0);
    m_plot->setBackground(QBrush(base));
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis, m_plot->xAxis2, m_plot->yAxis2}) {
        axis->setBasePen(line);
        axis->setTickPen(line);
        axis->setSubTickPen(line);
        axis->setLabelColor(text);
        axis->setTickLabelColor(text);
        axis->setLabelFont(font());
        axis->setTickLabelFont(font());
        axis->grid()->setPen(grid);
        axis->grid()->setZeroLinePen(grid);
    }
    QColor ground = base;
    ground.setAlphaF(0.8f);
    m_plot->legend->setBrush(ground);
    m_plot->legend->setBorderPen(Qt::NoPen);
    m_plot->legend->setTextColor(text);
    QFont small = font();
    small.setPointSizeF(std::max(6.0, small.pointSizeF() * 0.85));
    m_plot->legend->setFont(small);
    m_plot->legend->setRowSpacing(0);
    QCPScatterStyle star(QCPScatterStyle::ssDiamond, text, base, fontMetrics().height() * 0.6);
    m_bestMarks->setScatterStyle(star);
    m_hint->setColor(mixed(text, base, 0.35));
    m_hint->setFont(font());
    m_crossHair->applyTheme(palette());
    for (auto& [id, curve] : m_curves)
        applyLook(curve);
    schedule();
}

void CurvePlot::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        applyTheme();
    QWidget::changeEvent(event);
}

void CurvePlot::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale)
        schedule();
}

void CurvePlot::keyPressEvent(QKeyEvent* event)
{
    const double zoom = 0.8;
    switch (event->key()) {
    case Qt::Key_F: return fit();
    case Qt::Key_Left: return m_crossHair->step(-1);
    case Qt::Key_Right: return m_crossHair->step(1);
    case Qt::Key_Escape: return m_crossHair->hide();
    case Qt::Key_Plus:
    case Qt::Key_Minus:
        m_following = false;
        m_plot->xAxis->scaleRange(event->key() == Qt::Key_Plus ? zoom : 1.0 / zoom);
        return schedule();
    default: QWidget::keyPressEvent(event);
    }
}

bool CurvePlot::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Leave)
        m_crossHair->hide();
    if (event->type() == QEvent::MouseButtonPress)
        setFocus(Qt::MouseFocusReason);
    return QWidget::eventFilter(watched, event);
}

void CurvePlot::showMenu(const QPoint& position)
{
    QMenu menu(this);
    menu.addAction(tr("Fit"), this, &CurvePlot::fit);
    menu.addAction(tr("Save as PNG, SVG, PDF or CSV…"), this, &CurvePlot::saveRequested);
    menu.exec(m_plot->mapToGlobal(position));
}

} // namespace melscope
