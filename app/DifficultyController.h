// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/NamedChain.h"
#include "augment/DifficultyPanel.h"
#include "base/Threads.h"
#include "common/LatestRequest.h"
#include "spectral/FrontEnd.h"

#include <QObject>

#include <memory>

namespace melscope {

/// Measures for a DifficultyPanel on a worker, and tells it when its figures are no longer those of the chain, front end and
/// dataset of the moment. Lives on the GUI thread and never waits there.
class DifficultyController : public QObject
{
    Q_OBJECT

public:
    /// `panel` must outlive this object.
    explicit DifficultyController(DifficultyPanel& panel, QObject* parent = nullptr);

    void setDataset(const std::shared_ptr<const Dataset>& dataset); ///< null: none; gives up what is being measured
    void setFrontEnd(const FrontEnd& frontEnd);
    void setChain(const NamedChain& chain);

private:
    struct Subject
    {
        std::shared_ptr<const Dataset> dataset;
        FrontEnd frontEnd;
        NamedChain chain;
    };
    void measure(const DifficultyPanel::Wish& wish);
    void cancel();
    void compare();

    DifficultyPanel& m_panel;
    Subject m_now;
    Json m_measured; ///< chain and front end of the figures shown
    LatestJob m_job;
    LatestRequest m_request; // last: given up before the rest goes
};

} // namespace melscope
