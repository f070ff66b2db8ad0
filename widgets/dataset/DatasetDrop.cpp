// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/DatasetDrop.h"

#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

namespace melscope {

QString datasetPathOf(const QMimeData& data)
{
    const QList<QUrl> urls = data.urls();
    if (urls.size() != 1 || !urls.first().isLocalFile())
        return {};
    const QFileInfo file(urls.first().toLocalFile());
    const QString ending = file.suffix().toLower();
    const bool isTable = ending == QLatin1String("csv") || ending == QLatin1String("tsv");
    return file.isDir() || isTable ? file.absoluteFilePath() : QString();
}

} // namespace melscope
