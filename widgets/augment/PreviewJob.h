// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/PreviewComputer.h"
#include "base/Threads.h"

#include <QObject>
#include <QString>

#include <memory>

namespace melscope {

/// Computes previews in the background; the newest request overtakes the others, whose results are dropped. Thread: the GUI's;
/// nothing here waits.
class PreviewJob : public QObject
{
    Q_OBJECT

public:
    explicit PreviewJob(QObject* parent = nullptr);
    ~PreviewJob() override;

    /// Numbers the request and returns it.
    const PreviewRequest& request(PreviewRequest request);
    void forget(); ///< results still on their way are dropped

Q_SIGNALS:
    void computed(const std::shared_ptr<const melscope::AugmentationPreview>& preview);
    void failed(const QString& sentence);

private:
    std::shared_ptr<PreviewComputer> m_computer; // worker-only
    PreviewRequest m_newest;
    quint64 m_number = 0;
    LatestJob m_job; // last: joined before the rest goes
};

} // namespace melscope
