// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Threads.h"
#include "common/LatestRequest.h"
#include "tokens/LoadedTokens.h"

#include <QWidget>

class QAction;
class QLabel;

namespace melscope {

class CodeAtlas;
class CurrentCode;
class FigureSaver;
class JobBar;

/// The atlas of a codebook, which it has laid out on a worker as soon as it is seen.
class CodeAtlasPanel : public QWidget
{
    Q_OBJECT

public:
    /// `current` must outlive the panel; `hear`, the switch that has codes play under the pointer, is shown above the atlas.
    CodeAtlasPanel(CurrentCode& current, QAction* hear, QWidget* parent = nullptr);
    ~CodeAtlasPanel() override;

    void setTokens(const std::shared_ptr<const LoadedTokens>& tokens); ///< null: none
    CodeAtlas& atlas() const { return *m_atlas; }
    JobBar& job() const { return *m_bar; }

Q_SIGNALS:
    void laidOut();

protected:
    void showEvent(QShowEvent* event) override;

private:
    QLayout* buildBar(QAction* hear);
    void layOut();
    void cancel();
    void say(const QString& sentence);

    std::shared_ptr<const LoadedTokens> m_tokens;
    CodeAtlas* m_atlas;
    FigureSaver* m_saver;
    JobBar* m_bar;
    QLabel* m_message;
    bool m_wanted = false; // laid out when it is seen
    LatestJob m_job;
    LatestRequest m_request; // last: asks the job to stop, which then ends before the rest goes
};

} // namespace melscope
