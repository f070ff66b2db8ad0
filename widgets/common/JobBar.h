// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace melscope {

/// "under a second", "about 40 s", "about 3 min", "about 2 h 10 min".
QString remainingText(double seconds);

/// One job's progress in a line: what it does, how far it is, how long it will take, and a button that cancels it.
/// Hidden while nothing runs.
class JobBar : public QWidget
{
    Q_OBJECT

public:
    explicit JobBar(QWidget* parent = nullptr);

    void start(const QString& what); ///< the bar moves without a figure until the first progress
    void setProgress(int done, int total);
    void finish();
    bool isRunning() const { return m_running; }
    QString what() const;

Q_SIGNALS:
    void cancelRequested(); ///< the bar stays until finish()

private:
    bool m_running = false;
    QElapsedTimer m_clock;
    QLabel* m_what;
    QProgressBar* m_bar;
    QLabel* m_remaining;
    QToolButton* m_cancel;
};

} // namespace melscope
