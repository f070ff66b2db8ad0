// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Threads.h"
#include "dataset/Dataset.h"

#include <QCache>
#include <QImage>
#include <QObject>

#include <memory>
#include <set>
#include <vector>

namespace melscope {

/// A clip's spectrogram as a picture of ClipThumbnails::size pixels (magma, low frequencies at the bottom): read from
/// cacheFolder()/thumbnails, where it is keyed by path, size and modification time, or computed and put there. A null
/// image where the file cannot be read. Thread: any.
QImage clipThumbnail(const std::filesystem::path& file);

/// Makes thumbnails in the background, only for the clips last asked for.
class ClipThumbnails : public QObject
{
    Q_OBJECT

public:
    static constexpr QSize size{192, 64};

    explicit ClipThumbnails(QObject* parent = nullptr);

    void setDataset(std::shared_ptr<const Dataset> dataset);

    /// nullptr: not there (yet).
    const QImage* find(int clip) const { return m_images.object(clip); }

    /// These, in this order; whatever was waiting before is forgotten.
    void request(const std::vector<int>& clips);

Q_SIGNALS:
    void arrived(int clip);

private:
    std::shared_ptr<const Dataset> m_dataset;
    QCache<int, QImage> m_images;
    std::set<int> m_failed; ///< not tried again
    JobPool m_pool;         // last: stops before the rest goes
};

} // namespace melscope
