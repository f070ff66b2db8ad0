// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/DatasetScanner.h"

#include "common/Deliver.h"
#include "dataset/Folds.h"

#include <chrono>
#include <mutex>
#include <thread>

namespace melscope {
namespace {

using Clock = std::chrono::steady_clock;

/// Gathers what the scanning threads find and hands it on in pieces, so that 100,000 clips do not become 100,000 events.
class Batches
{
public:
    template <typename Send>
    void add(int clip, const ClipFigures& figures, const Send& send)
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.emplace_back(clip, figures);
        if (Clock::now() - m_sent >= std::chrono::milliseconds(60))
            flushLocked(send);
    }

    template <typename Send>
    void flush(const Send& send)
    {
        const std::lock_guard lock(m_mutex);
        flushLocked(send);
    }

private:
    template <typename Send>
    void flushLocked(const Send& send)
    {
        m_sent = Clock::now();
        if (!m_waiting.empty())
            send(std::make_shared<const DatasetScanner::Figures>(std::move(m_waiting)));
        m_waiting.clear();
    }

    std::mutex m_mutex; // protects the rest
    DatasetScanner::Figures m_waiting;
    Clock::time_point m_sent = Clock::now();
};

} // namespace

DatasetScanner::DatasetScanner(QObject* parent) : QObject(parent) {}

void DatasetScanner::start(std::shared_ptr<const Dataset> dataset)
{
    const bool few = dataset->clips.size() <= static_cast<size_t>(measuredAtOnce);
    scan(dataset, true, few);
}

void DatasetScanner::measureLevels(std::shared_ptr<const Dataset> dataset)
{
    scan(dataset, false, true);
}

void DatasetScanner::cancel()
{
    ++m_generation;
    m_job.request([this, deliver = Deliver(this)](std::stop_token) { deliver([this] { Q_EMIT finished(); }); });
}

void DatasetScanner::scan(const std::shared_ptr<const Dataset>& dataset, bool withHeaders, bool withLevels)
{
    const int generation = ++m_generation;
    m_job.request([this, generation, dataset, withHeaders, withLevels, deliver = Deliver(this)](std::stop_token stop) {
        lowerThreadPriority();
        const auto tell = [this, generation, deliver](auto call) {
            deliver([this, generation, call] {
                if (generation == m_generation)
                    call();
            });
        };
        const auto tellProblems = [this, tell](std::vector<Problem> found, void (DatasetScanner::*signal)(std::shared_ptr<const std::vector<Problem>>)) {
            auto problems = std::make_shared<const std::vector<Problem>>(std::move(found));
            tell([this, problems, signal] { (this->*signal)(problems); });
        };
        const auto pass = [&](bool deep) {
            tell([this, deep] { Q_EMIT started(deep); });
            Batches batches;
            const auto send = [this, tell](std::shared_ptr<const Figures> figures) {
                tell([this, figures] { Q_EMIT figuresArrived(figures); });
            };
            const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()) - 1);
            ScanResult result = scanDataset(
                *dataset, deep, threads, stop,
                [this, tell](int done, int total) { tell([this, done, total] { Q_EMIT progressed(done, total); }); },
                [&](int clip, const ClipFacts& facts) { batches.add(clip, ClipFigures::from(facts, deep), send); });
            batches.flush(send);
            tellProblems(std::move(result.problems), &DatasetScanner::problemsFound);
        };
        try {
            if (withHeaders) {
                tellProblems(findLeaks(*dataset), &DatasetScanner::leaksChecked);
                pass(false);
            }
            if (withLevels && !stop.stop_requested())
                pass(true);
        } catch (const std::exception&) {
            // Only a stop ends a scan early: trouble with files is among its problems.
        }
        tell([this] { Q_EMIT finished(); });
    });
}

} // namespace melscope
