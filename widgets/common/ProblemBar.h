// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace melscope {

/// A message across the top of a page, in place of a dialog: what is wrong or worth knowing, in a sentence, with at most one
/// thing to do about it. Hidden until showMessage().
class ProblemBar : public QFrame
{
    Q_OBJECT

public:
    enum class Severity { Good, Info, Warning, Error };

    explicit ProblemBar(QWidget* parent = nullptr);

    /// Replaces what was shown. `actionText` empty: no button.
    void showMessage(Severity severity, const QString& sentence, const QString& actionText = {});
    void clear();

    Severity severity() const { return m_severity; }
    QString sentence() const;
    bool offersAction() const;

Q_SIGNALS:
    void actionTriggered();
    void dismissed();

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void showIcon();

    Severity m_severity = Severity::Info;
    QLabel* m_icon;
    QLabel* m_sentence;
    QPushButton* m_action;
    QToolButton* m_close;
};

} // namespace melscope
