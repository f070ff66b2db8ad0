// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Threads.h"
#include "common/LatestRequest.h"
#include "runs/ModelMap.h"

#include <QObject>

#include <filesystem>
#include <memory>
#include <string>

namespace melscope {

class EmbeddingPage;
class Player;
class RunsController;

/// Computes for an EmbeddingPage on the training thread, between runs, and plays its clips. Lives on the GUI thread and never
/// waits there.
class EmbeddingController : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive this object.
    EmbeddingController(EmbeddingPage& page, RunsController& runs, std::unique_ptr<Player> player, QObject* parent = nullptr);
    ~EmbeddingController() override;

    Player& player() const { return *m_player; }

private:
    struct Maps;

    void makeMap(const std::string& run, int fold);
    void lookAt(const std::string& run, int fold, const std::string& clip);
    void hear(const std::filesystem::path& clip);

    EmbeddingPage& m_page;
    RunsController& m_runs;
    std::unique_ptr<Player> m_player;
    std::filesystem::path m_heard;   ///< what the player holds
    std::shared_ptr<Maps> m_maps;    ///< those made before; only the training thread looks into it
    LatestJob m_decoder;
    LatestRequest m_mapRequest, m_lookRequest; // last: given up before the rest goes
};

} // namespace melscope
