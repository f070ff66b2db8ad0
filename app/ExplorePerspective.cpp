// SPDX-License-Identifier: GPL-3.0-or-later
#include "ExplorePerspective.h"

#include "dataset/DatasetPage.h"
#include "spectrogram/ClipPage.h"

#include <QAction>
#include <QDockWidget>

namespace melscope {

ExplorePerspective::ExplorePerspective(QWidget* parent)
    : QMainWindow(parent), m_datasetPage(new DatasetPage), m_clipPage(new ClipPage), m_clipsDock(new QDockWidget(tr("Clips")))
{
    setWindowFlags(Qt::Widget);
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    setCentralWidget(m_clipPage);
    m_clipsDock->setObjectName(QStringLiteral("clipsDock"));
    m_clipsDock->setWidget(m_datasetPage);
    addDockWidget(Qt::LeftDockWidgetArea, m_clipsDock);
    connect(m_datasetPage, &DatasetPage::currentClipChanged, this, &ExplorePerspective::showClip);
    connect(m_datasetPage, &DatasetPage::clipActivated, this, [this] { m_clipPage->actions().play->trigger(); });
}

QList<QAction*> ExplorePerspective::dockActions() const
{
    return {m_clipsDock->toggleViewAction()};
}

void ExplorePerspective::setDataset(const std::shared_ptr<const Dataset>& dataset)
{
    m_dataset = dataset;
    m_clipPage->clear();
    m_datasetPage->setDataset(dataset);
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
