// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/BatchLoader.h"

#include "base/Error.h"
#include "base/Threads.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace melscope {
namespace {

// Augmentations draw from streams 1, 2, ... of a clip; the order of an epoch has a stream no clip has.
constexpr uint64_t orderStream = 0x6F72646572ull;

} // namespace

void normalise(const SpectrogramGrid& grid, const Normalisation& normalisation, std::span<float> out)
{
    const auto mean = static_cast<float>(normalisation.mean);
    const auto scale = static_cast<float>(1.0 / normalisation.deviation);
    std::transform(grid.values.begin(), grid.values.end(), out.begin(), [=](float value) { return (value - mean) * scale; });
}

int64_t BatchPlan::batchesPerEpoch() const
{
    const auto count = static_cast<int64_t>(clips.size());
    return (count + batch - 1) / batch;
}

std::vector<int64_t> BatchPlan::positions(int64_t step) const
{
    const int64_t perEpoch = batchesPerEpoch();
    const int64_t epoch = step / perEpoch;
    const int64_t index = step % perEpoch;
    const auto count = static_cast<int64_t>(clips.size());
    RandomStream random({.seed = seed, .epoch = static_cast<uint64_t>(epoch), .clip = 0, .index = orderStream});
    const std::vector<int64_t> order = random.permutation(count);
    return {order.begin() + index * count / perEpoch, order.begin() + (index + 1) * count / perEpoch};
}

BatchLoader::BatchLoader(std::shared_ptr<const ExamplePipeline> pipeline, BatchPlan plan, int64_t firstStep, int threads)
    : m_pipeline(std::move(pipeline)), m_plan(std::move(plan)), m_window(std::max(threads, 1) + 2), m_nextToPrepare(firstStep),
      m_nextToReturn(firstStep)
{
    for (int i = 0; i < std::max(threads, 1); ++i)
        m_threads.emplace_back([this](std::stop_token stop) { work(stop); });
}

BatchLoader::~BatchLoader()
{
    for (std::jthread& thread : m_threads)
        thread.request_stop();
}

Batch BatchLoader::next()
{
    const auto begin = std::chrono::steady_clock::now();
    std::unique_lock lock(m_mutex);
    if (m_nextToReturn >= m_plan.steps())
        throw Error(ErrorKind::Internal, "The trainer asked for a batch beyond the last one.");
    m_changed.wait(lock, [this] { return m_ready.contains(m_nextToReturn); });
    Slot slot = std::move(m_ready.extract(m_nextToReturn).mapped());
    ++m_nextToReturn;
    lock.unlock();
    m_changed.notify_all();
    m_secondsWaited += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (slot.failure)
        std::rethrow_exception(slot.failure);
    return std::move(slot.batch);
}

void BatchLoader::work(std::stop_token stop)
{
    lowerThreadPriority();
    std::unique_lock lock(m_mutex);
    const auto mayPrepare = [this] { return m_nextToPrepare < m_plan.steps() && m_nextToPrepare < m_nextToReturn + m_window; };
    while (m_changed.wait(lock, stop, mayPrepare) && !stop.stop_requested()) {
        const int64_t step = m_nextToPrepare++;
        lock.unlock();
        Slot slot = prepare(step);
        lock.lock();
        m_ready.emplace(step, std::move(slot));
        m_changed.notify_all();
    }
}

BatchLoader::Slot BatchLoader::prepare(int64_t step) const
{
    Slot slot;
    try {
        const auto epoch = static_cast<uint64_t>(step / m_plan.batchesPerEpoch());
        const std::vector<int64_t> positions = m_plan.positions(step);
        const size_t size = m_pipeline->gridShape().size();
        const auto views = static_cast<uint64_t>(m_plan.views);
        slot.batch.input.resize(views * positions.size() * size);
        for (size_t i = 0; i < views * positions.size(); ++i) {
            const int clip = m_plan.clips[static_cast<size_t>(positions[i % positions.size()])];
            const uint64_t view = i / positions.size();
            const Example example = m_pipeline->make({.seed = m_plan.seed, .epoch = epoch * views + view, .clip = clip});
            normalise(example.grid, m_plan.normalisation, std::span(slot.batch.input).subspan(i * size, size));
            addTarget(example, clip, slot.batch);
        }
    } catch (...) {
        slot.failure = std::current_exception();
    }
    return slot;
}

void BatchLoader::addTarget(const Example& example, int clip, Batch& batch) const
{
    const int label = m_pipeline->source().label(clip);
    const bool mixed = example.partner >= 0;
    const int partnerLabel = mixed ? m_pipeline->source().label(example.partner) : label;
    const double smoothing = mixed ? 0.0 : m_plan.labelSmoothing; // a mixed label is soft enough
    const size_t row = batch.targets.size();
    batch.targets.resize(row + static_cast<size_t>(m_plan.classes), static_cast<float>(smoothing / m_plan.classes));
    batch.targets[row + static_cast<size_t>(label)] += static_cast<float>((1.0 - smoothing) * example.ownShare);
    batch.targets[row + static_cast<size_t>(partnerLabel)] += static_cast<float>((1.0 - smoothing) * (1.0 - example.ownShare));
    batch.labels.push_back(example.ownShare >= 0.5 ? label : partnerLabel);
    batch.clips.push_back(clip);
}

} // namespace melscope
