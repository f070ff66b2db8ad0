// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace melscope {

/// What a page shows while it has nothing to show: an icon, a headline, a sentence that says what to do, and the buttons
/// that do it.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    EmptyState(const QString& iconName, const QString& headline, const QString& sentence, QWidget* parent = nullptr);

    void setHeadline(const QString& headline);
    void setSentence(const QString& sentence);

    /// The first button is the one that Return presses.
    QPushButton* addButton(const QString& text, const QString& iconName);
    /// Anything else below the buttons, e.g. a list of recent files.
    void addWidget(QWidget* widget);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showIcon();

    QString m_iconName;
    QLabel* m_icon;
    QLabel* m_headline;
    QLabel* m_sentence;
    QVBoxLayout* m_buttons;
};

} // namespace melscope
