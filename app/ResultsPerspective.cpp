// SPDX-License-Identifier: GPL-3.0-or-later
#include "ResultsPerspective.h"

#include "EmbeddingController.h"
#include "RunsController.h"
#include "common/ThemedIcon.h"
#include "playback/Player.h"
#include "results/EmbeddingPage.h"
#include "results/PredictionsPanel.h"
#include "results/ResultsPage.h"
#include "results/TriagePage.h"

#include <QFileDialog>
#include <QMenu>
#include <QToolButton>

namespace melscope {

ResultsPerspective::ResultsPerspective(RunsController& runs, QWidget* parent)
    : QTabWidget(parent), m_runs(runs), m_page(new ResultsPage), m_embedding(new EmbeddingPage),
      m_controller(new EmbeddingController(*m_embedding, runs, std::make_unique<Player>(), this))
{
    setDocumentMode(true);
    addTab(m_page, tr("Accuracy"));
    addTab(m_embedding, tr("Embedding map"));
    setCornerWidget(buildExport());
    connect(m_embedding, &EmbeddingPage::exploreRequested, this, &ResultsPerspective::exploreRequested);
    for (Player* player : {&m_controller->player(), &m_page->triage()->player()})
        connect(player, &Player::playingChanged, this, [this](bool playing) {
            if (playing)
                Q_EMIT playbackStarted();
        });
}

QWidget* ResultsPerspective::buildExport()
{
    auto* button = new QToolButton;
    button->setText(tr("Export run"));
    button->setIcon(themedIcon(QStringLiteral("export")));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setAutoRaise(true);
    button->setToolTip(tr("Writes the run whose predictions are shown for others, or for other programs."));
    auto* menu = new QMenu(button);
    struct Entry
    {
        QString text, suffix; ///< of a file; empty: a folder
        RunFormat format;
    };
    const Entry entries[] = {
        {tr("Recipe card…"), QStringLiteral(".card.json"), RunFormat::Card},
        {tr("Curves and predictions (CSV)…"), QStringLiteral(".csv"), RunFormat::Csv},
        {tr("Everything (JSON)…"), QStringLiteral(".json"), RunFormat::Json},
        {tr("TensorBoard events…"), {}, RunFormat::TensorBoard},
        {tr("Audacity labels…"), {}, RunFormat::Labels},
        {tr("Verdicts (CSV)…"), QStringLiteral("-verdicts.csv"), RunFormat::Verdicts}};
    for (const Entry& entry : entries)
        connect(menu->addAction(entry.text), &QAction::triggered, this, [this, entry] { askAndWrite(entry.format, entry.suffix); });
    button->setMenu(menu);
    return button;
}

void ResultsPerspective::askAndWrite(RunFormat format, const QString& suffix)
{
    const std::string run = currentWidget() == m_embedding ? m_embedding->run() : m_page->predictions()->run();
    if (run.empty()) {
        Q_EMIT m_page->exported({}, tr("There is no finished run to export yet."));
        return;
    }
    const QString title = tr("Export the run");
    const QString path = suffix.isEmpty() ? QFileDialog::getExistingDirectory(this, title)
                                          : QFileDialog::getSaveFileName(this, title, QString::fromStdString(run) + suffix);
    if (!path.isEmpty())
        m_runs.writeRun(run, format, path);
}

void ResultsPerspective::hideEvent(QHideEvent* event)
{
    m_controller->player().pause();
    QTabWidget::hideEvent(event);
}

} // namespace melscope
