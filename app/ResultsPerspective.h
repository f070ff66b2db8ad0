// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/RunFiles.h"

#include <QTabWidget>

namespace melscope {

class EmbeddingController;
class EmbeddingPage;
class ResultsPage;
class RunsController;

/// The accuracy table with what is behind it, and what models make of clips.
class ResultsPerspective : public QTabWidget
{
    Q_OBJECT

public:
    explicit ResultsPerspective(RunsController& runs, QWidget* parent = nullptr); ///< `runs` must outlive it

    ResultsPage& page() { return *m_page; }
    EmbeddingPage& embedding() { return *m_embedding; }

Q_SIGNALS:
    void exploreRequested(const std::string& clip); ///< asks to play and show it on the Explore page
    void playbackStarted(); ///< here: what plays elsewhere should fall silent

protected:
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildExport();
    void askAndWrite(RunFormat format, const QString& suffix);

    RunsController& m_runs;
    ResultsPage* m_page;
    EmbeddingPage* m_embedding;
    EmbeddingController* m_controller;
};

} // namespace melscope
