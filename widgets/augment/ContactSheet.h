// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationPreview.h"
#include "base/Threads.h"

#include <QImage>
#include <QTimer>
#include <QWidget>

#include <array>
#include <memory>

namespace melscope {

/// Sixteen draws of a chain on one clip, an epoch each, as small pictures that are made in the background; the old ones stay
/// until the new are there. A click or an arrow key pins a draw: the preview shows it, and its seed is kept from then on. Draws
/// that left nothing of the sound are marked silent.
class ContactSheet : public QWidget
{
    Q_OBJECT

public:
    static constexpr int count = 16;

    explicit ContactSheet(QWidget* parent = nullptr);
    ~ContactSheet() override;

    /// The sixteen epochs among which the request's is, of its seed, clip and chain. Drawn when it is seen, once requests come
    /// to rest.
    void setRequest(const PreviewRequest& request);
    void clear();

    quint64 firstEpoch() const { return m_first; }
    const QImage& picture(int cell) const { return m_cells[static_cast<size_t>(cell)].image; }
    QString caption(int cell) const; ///< below the picture
    QRect cellRect(int cell) const;
    QSize sizeHint() const override;

Q_SIGNALS:
    void epochPinned(quint64 epoch);
    void completed(); ///< all pictures are those of the newest request

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Cell
    {
        QImage image;
        QString note; // who was mixed in; empty: nobody
        bool silent = false;
        quint64 number = 0;
    };

    void draw();
    static Cell drawCell(const PreviewRequest& request);
    void take(int cell, const Cell& drawn);
    int columns() const;
    int cellAt(QPoint point) const;
    void pin(int cell);

    std::array<Cell, count> m_cells;
    PreviewRequest m_request;
    quint64 m_first = 0;
    quint64 m_number = 0; // of the newest pictures asked for
    bool m_waits = false; // the request is not drawn yet
    QString m_problem;
    QTimer m_rest;
    JobPool m_pool; // last: joined before the rest goes
};

} // namespace melscope
