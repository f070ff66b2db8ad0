// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/LoadedTokens.h"

#include <QWidget>

class QLabel;
class QTableView;

namespace melscope {

class CodeCard;
class CurrentCode;
class PlacesModel;

/// The current code's card, and of the chosen one the list of its places: each can be heard as a short excerpt, or be shown in its clip.
class PlacesPanel : public QWidget
{
    Q_OBJECT

public:
    /// `current` must outlive the panel.
    explicit PlacesPanel(CurrentCode& current, QWidget* parent = nullptr);

    void setTokens(const std::shared_ptr<const LoadedTokens>& tokens); ///< null: none
    void showMessage(const QString& sentence); ///< below the list, until the next code
    PlacesModel& model() const { return *m_model; }
    QTableView& table() const { return *m_table; }

Q_SIGNALS:
    void playRequested(melscope::TokenPlace place);
    void clipRequested(melscope::TokenPlace place);

private:
    void showCode(int code);
    void play(int row);
    void showInClip(int row);

    CurrentCode& m_current;
    std::shared_ptr<const LoadedTokens> m_tokens;
    CodeCard* m_card;
    QLabel* m_title;
    PlacesModel* m_model;
    QTableView* m_table;
    QLabel* m_message;
};

} // namespace melscope
