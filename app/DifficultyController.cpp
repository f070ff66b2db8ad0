// SPDX-License-Identifier: GPL-3.0-or-later
#include "DifficultyController.h"

#include "augment/ChainParts.h"
#include "augment/ChainText.h"
#include "base/Error.h"
#include "dataset/DatasetClipSource.h"

#include <thread>

namespace melscope {
namespace {

Json keyOf(const AugmentationChain& chain, const FrontEnd& frontEnd)
{
    return {{"chain", chain.toJson()}, {"front_end", frontEnd.toJson()}};
}

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

/// Half the machine: the preview beside the panel, or a training, wants the rest.
int workers()
{
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()) / 2);
}

} // namespace

DifficultyController::DifficultyController(DifficultyPanel& panel, QObject* parent) : QObject(parent), m_panel(panel)
{
    connect(&panel, &DifficultyPanel::measureRequested, this, &DifficultyController::measure);
    connect(&panel, &DifficultyPanel::cancelRequested, this, &DifficultyController::cancel);
}

void DifficultyController::setDataset(const std::shared_ptr<const Dataset>& dataset)
{
    cancel();
    m_now.dataset = dataset;
    m_measured = {};
    m_panel.setDataset(dataset);
}

void DifficultyController::setFrontEnd(const FrontEnd& frontEnd)
{
    m_now.frontEnd = frontEnd;
    compare();
}

void DifficultyController::setChain(const NamedChain& chain)
{
    m_now.chain = chain;
    compare();
}

void DifficultyController::compare()
{
    if (!m_measured.is_null())
        m_panel.setStale(m_measured != keyOf(m_now.chain.chain, m_now.frontEnd));
}

void DifficultyController::cancel()
{
    m_request.giveUp();
    m_panel.finish();
}

void DifficultyController::measure(const DifficultyPanel::Wish& wish)
{
    if (!m_now.dataset)
        return;
    m_panel.begin();
    m_job.request([this, wish, subject = m_now, request = m_request.renew(this)](const std::stop_token&) {
        request.attempt([&] {
            lowerThreadPriority();
            const auto extractor = std::make_shared<const SpectrogramExtractor>(subject.frontEnd);
            const ClipSource source = DatasetClipSource::create(subject.dataset, extractor, wish.heldOut);
            DifficultySettings settings = wish.settings;
            settings.threads = workers();
            const DifficultyMeter meter(extractor, source, source.partners, settings);
            const std::vector<ChainPart> parts = wish.withoutEach ? withoutEach(subject.chain.chain) : std::vector<ChainPart>();
            int before = 0;
            const auto progress = [&](int done, int total) {
                request.send([this, done = before + done, total = total * (1 + static_cast<int>(parts.size()))] { m_panel.setProgress(done, total); });
                before += done == total ? total : 0;
            };
            const PretextDifficulty whole = meter.measure(subject.chain.chain, request.token(), progress);
            request.send([this, whole, subject, heldOut = wish.heldOut] {
                m_measured = keyOf(subject.chain.chain, subject.frontEnd);
                m_panel.showDifficulty(whole, {.chain = text(subject.chain.title), .steps = stepsText(subject.chain.chain),
                                               .clips = tr("%L1 clips outside fold %2").arg(whole.clips).arg(heldOut)});
                compare();
            });
            for (const ChainPart& part : parts) {
                const PretextDifficulty difficulty = meter.measure(part.chain, request.token(), progress);
                request.send([this, title = text(part.title), difficulty] { m_panel.addWithout(title, difficulty); });
            }
            request.send([this] { m_panel.finish(); });
        }, [this](const QString& sentence) {
            m_panel.finish();
            m_panel.showFailure(sentence);
        });
    });
}

} // namespace melscope
