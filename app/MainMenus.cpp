// SPDX-License-Identifier: GPL-3.0-or-later
#include "MainMenus.h"

#include "AugmentPerspective.h"
#include "CheatSheet.h"
#include "DatasetController.h"
#include "ExplorePerspective.h"
#include "TokensPerspective.h"
#include "augment/AugmentPage.h"
#include "augment/DrawBar.h"
#include "common/Theme.h"
#include "dataset/ClipBrowser.h"
#include "dataset/DatasetPage.h"
#include "spectrogram/ClipPage.h"
#include "tokens/TokenPage.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>

#include <utility>

namespace melscope {
namespace {

QAction* addTo(QMenu* menu, const QString& text, const QKeySequence& key, auto* context, auto call)
{
    QAction* action = menu->addAction(text);
    action->setShortcut(key);
    QObject::connect(action, &QAction::triggered, context, call);
    return action;
}

} // namespace

MainMenus::MainMenus(MainWindow& window, const QList<QAction*>& perspectives) : QObject(&window), m_window(window)
{
    buildFile();
    buildView(perspectives);
    buildClip();
    buildAugment();
    buildTokens();
    buildHelp();
    connect(&window.datasets(), &DatasetController::recentChanged, this, &MainMenus::showRecent);
    showRecent(window.datasets().recent());
}

void MainMenus::follow(MainWindow::Perspective perspective)
{
    m_clip->menuAction()->setEnabled(perspective == MainWindow::Perspective::Explore);
    m_draw->menuAction()->setEnabled(perspective == MainWindow::Perspective::Augment);
    m_token->menuAction()->setEnabled(perspective == MainWindow::Perspective::Tokens);
}

void MainMenus::buildFile()
{
    QMenu* file = m_window.menuBar()->addMenu(tr("&File"));
    addTo(file, tr("&Open folder…"), QKeySequence::Open, this, [this] { m_window.explore().datasetPage().askForFolder(); });
    addTo(file, tr("Open &CSV…"), QKeySequence(tr("Ctrl+Shift+O")), this, [this] { m_window.explore().datasetPage().askForTable(); });
    m_recent = file->addMenu(tr("Open &recent"));
    addTo(file, tr("Open the &demo dataset"), {}, this, [this] { m_window.datasets().openDemo(); });
    file->addSeparator();
    file->addAction(m_window.explore().clipPage().actions().save);
    file->addSeparator();
    addTo(file, tr("&Quit"), QKeySequence::Quit, this, [this] { m_window.close(); });
}

void MainMenus::showRecent(const QStringList& paths)
{
    m_recent->clear();
    m_recent->setEnabled(!paths.isEmpty());
    for (const QString& path : paths)
        addTo(m_recent, path, {}, this, [this, path] { m_window.datasets().open(path); });
}

void MainMenus::buildView(const QList<QAction*>& perspectives)
{
    QMenu* view = m_window.menuBar()->addMenu(tr("&View"));
    view->addActions(perspectives);
    view->addSeparator();
    view->addActions(m_window.explore().dockActions());
    view->addSeparator();
    view->addActions(m_window.augment().dockActions());
    view->addSeparator();
    view->addActions(m_window.tokens().dockActions());
    view->addSeparator();
    QMenu* themes = view->addMenu(tr("&Theme"));
    auto* choices = new QActionGroup(this);
    const std::pair<QString, Theme::Mode> modes[] = {
        {tr("As the system"), Theme::Mode::System}, {tr("Light"), Theme::Mode::Light}, {tr("Dark"), Theme::Mode::Dark}};
    for (const auto& [name, mode] : modes) {
        QAction* action = themes->addAction(name);
        action->setCheckable(true);
        action->setChecked(Theme::instance().mode() == mode);
        choices->addAction(action);
        connect(action, &QAction::triggered, this, [mode = mode] {
            Theme::instance().apply(mode);
            QSettings().setValue(QStringLiteral("theme"), static_cast<int>(mode));
        });
    }
}

void MainMenus::buildClip()
{
    m_clip = m_window.menuBar()->addMenu(tr("&Clip"));
    const ClipPage::Actions& actions = m_window.explore().clipPage().actions();
    m_clip->addActions({actions.play, actions.loop});
    m_clip->addSeparator();
    m_clip->addActions({actions.fit, actions.zoomIn, actions.zoomOut, actions.modelsEye});
    m_clip->addSeparator();
    m_clip->addActions(m_window.explore().datasetPage().browser()->actions());
}

void MainMenus::buildAugment()
{
    m_draw = m_window.menuBar()->addMenu(tr("&Augment"));
    const AugmentActions& preview = m_window.augment().page().actions();
    const DrawBar& draws = m_window.augment().page().draws();
    m_draw->addActions({preview.play, preview.loop, preview.flip, preview.match});
    m_draw->addSeparator();
    m_draw->addActions({draws.rerollAction(), draws.pinAction(), draws.previousAction(), draws.nextAction()});
    m_draw->addSeparator();
    m_draw->addActions({preview.fit, preview.zoomIn, preview.zoomOut});
    m_draw->addSeparator();
    m_draw->addActions({preview.nextClip, preview.previousClip});
}

void MainMenus::buildTokens()
{
    m_token = m_window.menuBar()->addMenu(tr("T&okens"));
    const TokenActions& map = m_window.tokens().page().actions();
    m_token->addActions({map.play, map.loop});
    m_token->addSeparator();
    m_token->addActions({map.fit, map.zoomIn, map.zoomOut});
    m_token->addSeparator();
    m_token->addActions({map.nextClip, map.previousClip});
}

void MainMenus::buildHelp()
{
    QMenu* help = m_window.menuBar()->addMenu(tr("&Help"));
    addTo(help, tr("&Keyboard"), QKeySequence(QStringLiteral("?")), this, [this] {
        auto* sheet = new CheatSheet(&m_window);
        sheet->setAttribute(Qt::WA_DeleteOnClose);
        sheet->open();
    });
    addTo(help, tr("&About Melscope"), {}, this, [this] {
        auto* box = new QMessageBox(QMessageBox::NoIcon, tr("About Melscope"),
            tr("<h3>Melscope %1</h3><p>A workbench for audio machine-learning experiments: look, listen, train, and believe "
               "the table.</p><p>GPL-3.0-or-later</p>").arg(QCoreApplication::applicationVersion()), QMessageBox::Close, &m_window);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
}

} // namespace melscope
