// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plot/CurveSeries.h"

#include <QColor>
#include <QString>
#include <QWidget>

#include <compare>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

class QCPGraph;
class QCPItemText;
class QCPRange;
class QCustomPlot;
class QTimer;

namespace melscope {

class CurveCrossHair;

struct CurveId
{
    std::string run;
    int fold = 0;
    std::string quantity; ///< e.g. "val_loss"
    auto operator<=>(const CurveId&) const = default;
};

struct CurveLook
{
    QString name; ///< in legend and read-out
    QColor colour;
    bool dashed = false;
    bool visible = true;
    bool inLegend = true;
};

/// Curves of one quantity over steps, epochs or time. Appending is cheap; drawing happens at most 30 times a second, not at
/// all while hidden, and only what a pixel column can show (see CurveDecimator). The view follows the data until somebody
/// zooms or pans; fit() follows again.
class CurvePlot : public QWidget
{
    Q_OBJECT

public:
    explicit CurvePlot(const QString& title, QWidget* parent = nullptr);
    ~CurvePlot() override;

    void setCurve(const CurveId& id, const CurveLook& look); ///< makes it, or changes its look
    void append(const CurveId& id, std::span<const CurveSample> samples); ///< the curve must have been made
    void clearCurve(const CurveId& id);
    void removeCurve(const CurveId& id);
    std::vector<CurveId> curves() const;
    const CurveSeries* series(const CurveId& id) const; ///< nullptr when there is none
    /// A mark "best on held-out data (peeked)"; `index` of the curve's points, negative for none.
    void setBest(const CurveId& id, int index);

    void setAxis(CurveAxis axis);
    void setSmoothing(double smoothing); ///< 0 ... 0.999
    void setLogarithmic(bool on);        ///< of the vertical axis
    void setValueFormat(char format, int digits) { m_format = format; m_digits = digits; }
    void setLegendCorner(Qt::Alignment corner); ///< where the fewest points are; top right unless told
    void setEmptyText(const QString& text); ///< what to do when there is nothing to draw

    /// The picture as PNG, SVG or PDF, by the file's suffix. Returns a sentence that says what went wrong, empty where nothing did.
    QString saveTo(const QString& path);
    /// Writes all points of the visible curves, as they are now, as CSV when it is called, on any thread: long runs have many.
    /// It returns as saveTo() does.
    std::function<QString()> csvWriter(const QString& path) const;

    QCustomPlot* plot() const { return m_plot; }
    void redrawNow(); ///< brings data and picture up to date without waiting for the timer
    QSize sizeHint() const override;

public Q_SLOTS:
    void fit();

Q_SIGNALS:
    void saveRequested(); ///< from the context menu: the owner asks for a file

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    friend class CurveCrossHair;
    struct Curve
    {
        CurveLook look;
        CurveSeries series;
        QCPGraph* raw = nullptr;
        QCPGraph* smooth = nullptr; ///< the line that counts; `raw` is its faint background while smoothing
        int best = -1;
    };

    void schedule();
    void applyTheme();
    void applyLook(Curve& curve);
    void catchUpSmoothing();
    void fillGraphs(); ///< the visible points of every curve into its graphs
    void fillGraph(QCPGraph* graph, const CurveSeries& series, const CurveDecimator& points, const QCPRange& range, int columns) const;
    void fillBestMarks();
    void rescale();
    void updateLegend();
    void hideLargeLegend(); ///< where it would cover the curves; the list of runs has their colours
    void showMenu(const QPoint& position);
    QString axisTitle() const;

    QString m_title;
    QString m_emptyText;
    std::map<CurveId, Curve> m_curves;
    CurveAxis m_axis = CurveAxis::Step;
    double m_smoothing = 0.0;
    bool m_logarithmic = false;
    bool m_following = true;
    bool m_stale = true;
    char m_format = 'g';
    int m_digits = 4;
    QCustomPlot* m_plot;
    QCPGraph* m_bestMarks = nullptr;
    QCPItemText* m_hint = nullptr;
    std::unique_ptr<CurveCrossHair> m_crossHair;
    QTimer* m_timer;
};

} // namespace melscope
