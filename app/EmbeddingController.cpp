// SPDX-License-Identifier: GPL-3.0-or-later
#include "EmbeddingController.h"

#include "RunsController.h"
#include "audio/AudioFile.h"
#include "common/Deliver.h"
#include "playback/Player.h"
#include "results/EmbeddingPage.h"
#include "results/MapClipPanel.h"

#include <deque>

namespace melscope {
namespace {

constexpr size_t mapsKept = 4; // of 2,000 clips one takes 4 MB

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

} // namespace

struct EmbeddingController::Maps
{
    std::deque<ModelMap> newestLast;

    const ModelMap* find(const std::string& run, int fold) const
    {
        for (const ModelMap& map : newestLast)
            if (map.run == run && map.fold == fold)
                return &map;
        return nullptr;
    }
    void keep(const ModelMap& map)
    {
        newestLast.push_back(map);
        if (newestLast.size() > mapsKept)
            newestLast.pop_front();
    }
};

EmbeddingController::EmbeddingController(EmbeddingPage& page, RunsController& runs, std::unique_ptr<Player> player, QObject* parent)
    : QObject(parent), m_page(page), m_runs(runs), m_player(std::move(player)), m_maps(std::make_shared<Maps>())
{
    connect(&runs, &RunsController::runsChanged, &page, &EmbeddingPage::setRuns);
    connect(&page, &EmbeddingPage::mapRequested, this, &EmbeddingController::makeMap);
    connect(&page, &EmbeddingPage::cancelRequested, this, [this] { m_mapRequest.giveUp(); });
    connect(&page, &EmbeddingPage::anatomyRequested, this, &EmbeddingController::lookAt);
    connect(&page, &EmbeddingPage::hearRequested, this, &EmbeddingController::hear);
}

EmbeddingController::~EmbeddingController() = default;

void EmbeddingController::makeMap(const std::string& run, int fold)
{
    m_page.begin(m_runs.isTraining() ? tr("Waiting for the training") : tr("Computing the features"));
    m_runs.betweenRuns([this, run, fold, maps = m_maps, request = m_mapRequest.renew(this)](
                           RunStore& store, const TrainingQueue::EngineSource& engine, const std::stop_token& closing) {
        request.attempt([&] {
            if (!maps->find(run, fold)) {
                request.send([this] { m_page.begin(tr("Computing the features")); });
                const auto goOn = [&](int done, int total) {
                    if (total > 0)
                        request.send([this, done, total] { m_page.setProgress(done, total); });
                    return request.isWanted() && !closing.stop_requested();
                };
                maps->keep(measureModelMap(store, store.find(run), fold, *engine(), goOn));
            }
            const auto map = std::make_shared<ModelMap>(*maps->find(run, fold));
            readVerdicts(*map, store); // somebody may have listened since
            request.send([this, map] {
                m_page.finish();
                m_page.setMap(map);
            });
        }, [this](const QString& sentence) {
            m_page.finish();
            m_page.showMessage(sentence);
        });
    });
}

void EmbeddingController::lookAt(const std::string& run, int fold, const std::string& clip)
{
    if (m_runs.isTraining())
        m_page.lists()->showAnatomyMessage(tr("Waiting for the training…"));
    m_runs.betweenRuns([this, run, fold, clip, request = m_lookRequest.renew(this)](RunStore& store, const TrainingQueue::EngineSource& engine,
                                                                                    const std::stop_token&) {
        request.attempt([&] {
            request.send([this, anatomy = lookAtClip(store, store.find(run), fold, clip, *engine())] { m_page.lists()->setAnatomy(anatomy); });
        }, [this](const QString& sentence) { m_page.lists()->showAnatomyMessage(sentence); });
    });
}

void EmbeddingController::hear(const std::filesystem::path& clip)
{
    if (clip == m_heard && m_player->canPlay())
        return m_player->toggle();
    m_player->pause();
    m_heard = clip;
    m_decoder.request([this, clip, deliver = Deliver(this)](const std::stop_token&) {
        try {
            bool partial = false;
            const auto waveform = std::make_shared<const Waveform>(readAudioFile(clip, &partial));
            deliver([this, clip, waveform] {
                if (clip != m_heard)
                    return;
                m_player->setWaveform(waveform);
                m_player->play();
            });
        } catch (const std::exception& error) {
            deliver([this, sentence = text(error.what())] { m_page.showMessage(sentence); });
        }
    });
}

} // namespace melscope
