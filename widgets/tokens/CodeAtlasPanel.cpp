// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/CodeAtlasPanel.h"

#include "common/JobBar.h"
#include "common/ThemedIcon.h"
#include "tokens/CodeAtlas.h"
#include "tokens/FigureSaver.h"

#include <QAction>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <thread>

namespace melscope {

CodeAtlasPanel::CodeAtlasPanel(CurrentCode& current, QAction* hear, QWidget* parent)
    : QWidget(parent), m_atlas(new CodeAtlas(current)), m_saver(new FigureSaver(this)), m_bar(new JobBar), m_message(new QLabel)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(buildBar(hear));
    layout->addWidget(m_bar);
    layout->addWidget(m_message);
    layout->addWidget(m_atlas, 1);
    m_message->setWordWrap(true);
    m_message->hide();
    connect(m_atlas, &CodeFigure::saveRequested, this, [this] { m_saver->ask(*m_atlas, this); });
    connect(m_saver, &FigureSaver::saved, this,
            [this](const QString& path, const QString& failure) { say(failure.isEmpty() ? tr("Written: %1").arg(path) : failure); });
    connect(m_bar, &JobBar::cancelRequested, this, [this] {
        cancel();
        say(tr("The atlas was given up; choose the codebook again to have it laid out."));
    });
}

CodeAtlasPanel::~CodeAtlasPanel() = default;

QLayout* CodeAtlasPanel::buildBar(QAction* hear)
{
    auto* row = new QHBoxLayout;
    const int space = fontMetrics().averageCharWidth();
    row->setContentsMargins(space, space / 2, space, space / 2);
    row->setSpacing(space);
    row->addStretch();
    auto* save = new QAction(themedIcon(QStringLiteral("save")), tr("Save…"), this);
    save->setToolTip(tr("Saves the atlas: the picture (PNG, SVG, PDF) or the numbers (CSV)."));
    connect(save, &QAction::triggered, this, [this] { m_saver->ask(*m_atlas, this); });
    for (QAction* action : {hear, save}) {
        auto* button = new QToolButton;
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        row->addWidget(button);
    }
    return row;
}

void CodeAtlasPanel::say(const QString& sentence)
{
    m_message->setText(sentence);
    m_message->show();
}

void CodeAtlasPanel::setTokens(const std::shared_ptr<const LoadedTokens>& tokens)
{
    cancel();
    m_message->hide();
    m_tokens = tokens;
    m_atlas->setTokens(tokens);
    m_wanted = tokens != nullptr;
    if (isVisible())
        layOut();
}

void CodeAtlasPanel::cancel()
{
    m_request.giveUp();
    m_bar->finish();
}

void CodeAtlasPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    layOut();
}

void CodeAtlasPanel::layOut()
{
    if (!std::exchange(m_wanted, false))
        return;
    m_bar->start(tr("Laying out the codes"));
    m_job.request([this, tokens = m_tokens, request = m_request.renew(this)](const std::stop_token&) {
        request.attempt([&] {
            lowerThreadPriority();
            const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()) / 2);
            const auto progress = [&](int done, int total) { request.send([this, done, total] { m_bar->setProgress(done, total); }); };
            auto map = std::make_shared<const CodeMap>(codeMap(tokens->set->tokenizer.codebook, tokens->statistics->usage, threads, request.token(), progress));
            request.send([this, map] {
                m_bar->finish();
                m_atlas->setMap(map);
                Q_EMIT laidOut();
            });
        }, [this](const QString& sentence) {
            m_bar->finish();
            say(sentence);
        });
    });
}

} // namespace melscope
