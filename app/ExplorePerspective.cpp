// SPDX-License-Identifier: GPL-3.0-or-later
#include "ExplorePerspective.h"

#include "dataset/DatasetPage.h"
#include "spectrogram/ClipPage.h"

#include <QAction>
#include <QDockWidget>

namespace melscope {

ExplorePerspective::ExplorePerspective(QWidget* parent)
    : DockPage(parent), m_datasetPage(new DatasetPage), m_clipPage(new ClipPage)
{
    setCentralWidget(m_clipPage);
    QDockWidget* clips = addDock(tr("Clips"), QStringLiteral("clipsDock"), m_datasetPage, Qt::LeftDockWidgetArea);
    QDockWidget* overview = addDock(tr("Balance and problems"), QStringLiteral("overviewDock"), m_datasetPage->overview(), Qt::LeftDockWidgetArea);
    QDockWidget* settings = addDock(tr("Front end and display"), QStringLiteral("settingsDock"), m_clipPage->settings(), Qt::RightDockWidgetArea);
    m_clipsDock = clips;
    m_overviewDock = overview;
    m_settingsDock = settings;
    connect(m_datasetPage, &DatasetPage::currentClipChanged, this, &ExplorePerspective::showClip);
    connect(m_datasetPage, &DatasetPage::clipActivated, this, [this] { m_clipPage->actions().play->trigger(); });
}

void ExplorePerspective::arrangeDocks()
{
    // What the picture in the middle can spare: at 1280 pixels it keeps about half of them.
    const int letter = fontMetrics().averageCharWidth();
    resizeDocks({m_clipsDock, m_settingsDock}, {letter * 48, letter * 44}, Qt::Horizontal);
    resizeDocks({m_clipsDock, m_overviewDock}, {height() * 2 / 3, height() / 3}, Qt::Vertical);
}

void ExplorePerspective::setDataset(const std::shared_ptr<const Dataset>& dataset)
{
    m_dataset = dataset;
    m_clipPage->clear();
    m_datasetPage->setDataset(dataset);
    if (dataset && !dataset->clips.empty())
        m_datasetPage->setCurrentClip(0);
}

void ExplorePerspective::showClip(int index)
{
    if (!m_dataset || index < 0 || index >= static_cast<int>(m_dataset->clips.size())) {
        m_clipPage->clear();
        return;
    }
    const Clip& clip = m_dataset->clips[static_cast<size_t>(index)];
    if (m_clipPage->clipPath() != clip.path)
        m_clipPage->setClip(clip.path, QString::fromStdString(clip.name));
}

} // namespace melscope
