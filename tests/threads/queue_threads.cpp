// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/RandomStream.h"
#include "runs/TrainingQueue.h"
#include "support/Check.h"
#include "support/FakeEngine.h"
#include "support/ReportRecorder.h"
#include "support/TinyDataset.h"
#include "support/TinyRun.h"

#include <atomic>
#include <cstdlib>
#include <thread>

using namespace melscope;
using namespace melscope::test;
namespace fs = std::filesystem;

namespace {

/// One of everything a window may ask, by dice.
void askSomething(TrainingQueue& queue, RandomStream& dice, const std::vector<std::string>& ids)
{
    const std::string& id = ids[static_cast<size_t>(dice.below(static_cast<int64_t>(ids.size())))];
    switch (dice.below(6)) {
    case 0: queue.pause(); break;
    case 1:
    case 2: queue.continueRun(); break;
    case 3: queue.move(id, static_cast<int>(dice.below(4))); break;
    case 4: queue.resume(id); break;
    default: queue.waiting(); break;
    }
}

constexpr int hammered = 80; // of the 4 runs' 480 batches

/// Runs trained while three threads ask for everything at once all come to their numbers in the end.
void hammer(const fs::path& folder)
{
    const auto dataset = tinyDataset(folder / "data");
    const auto store = std::make_shared<RunStore>(folder / "store");
    ReportRecorder recorder;
    std::atomic<int> batches = 0;
    const auto engine = std::make_shared<FakeEngine>(FakeScript{.batch = [&](int, int64_t) { ++batches; }});
    std::vector<std::string> ids;
    {
        TrainingQueue queue(store, recorder.sink(), [&] { return engine; });
        for (int i = 0; i < 4; ++i)
            ids.push_back(queue.add(tinyRun(dataset, 20, {}, static_cast<uint64_t>(i))).id);
        {
            std::vector<std::jthread> askers;
            for (uint64_t asker = 0; asker < 3; ++asker)
                askers.emplace_back([&, asker] {
                    RandomStream dice({.seed = 1, .index = asker});
                    // Interrupts come only so often, or every sitting would end before its first batch.
                    for (int interruptAt = 20; batches < hammered;) {
                        askSomething(queue, dice, ids);
                        if (asker == 0 && batches >= interruptAt) {
                            queue.interrupt();
                            interruptAt = batches + 20;
                        }
                        store->list(); // as a window does after every change
                    }
                });
        }
        queue.stop(ids[3]);
    } // the destructor interrupts whatever is under way
    TrainingQueue queue(store, recorder.sink(), [&] { return engine; });
    for (const RunRecord& run : store->list())
        queue.resume(run.id);
    queue.waitUntilIdle();
    for (int i = 0; i < 3; ++i) {
        const RunRecord run = store->find(ids[static_cast<size_t>(i)]);
        CHECK(run.state == RunState::Finished);
        CHECK(run.results.size() == 2);
        CHECK(store->metrics(run.id).size() == 40);
        CHECK(store->predictions(run.id).size() == dataset->clips.size());
    }
    for (const TrainingReport& report : recorder.all())
        CHECK(report.state != RunState::Failed);
}

/// Two stores on one folder, as two windows have, write at once; each finds all that both wrote.
void twoStores(const fs::path& folder)
{
    const auto dataset = tinyDataset(folder / "data");
    constexpr int each = 40;
    {
        std::vector<std::jthread> writers;
        for (int writer = 0; writer < 2; ++writer)
            writers.emplace_back([&] {
                RunStore store(folder / "store");
                const std::string id = store.create(tinyRun(dataset, each)).id;
                for (int epoch = 1; epoch <= each; ++epoch)
                    store.addMetrics(id, {{.fold = 1, .epoch = epoch}, {.fold = 2, .epoch = epoch}});
            });
    }
    const RunStore store(folder / "store");
    CHECK(store.list().size() == 2);
    for (const RunRecord& run : store.list())
        CHECK(store.metrics(run.id).size() == 2 * each);
}

} // namespace

int main()
{
    std::string name = (fs::temp_directory_path() / "melscope-queue-XXXXXX").string();
    if (!mkdtemp(name.data()))
        return 2;
    hammer(fs::path(name) / "hammer");
    twoStores(fs::path(name) / "two");
    fs::remove_all(name);
    return checkFailures() != 0;
}
