// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Threads.h"
#include "support/Check.h"

#include <atomic>
#include <semaphore>

using namespace melscope;

namespace {

void poolRunsEverything()
{
    std::atomic<int> done = 0;
    JobPool pool(3);
    for (int i = 0; i < 200; ++i)
        pool.add([&](std::stop_token) { ++done; });
    pool.waitUntilIdle();
    CHECK(done == 200);
}

void poolStopsAndJoins()
{
    std::binary_semaphore begun(0);
    bool finished = false; // the join orders it
    std::atomic<bool> dropped = true;
    {
        JobPool pool(1);
        pool.add([&](std::stop_token stop) {
            begun.release();
            while (!stop.stop_requested())
                std::this_thread::yield();
            finished = true;
        });
        pool.add([&](std::stop_token) { dropped = false; });
        begun.acquire();
    }
    CHECK(finished);
    CHECK(dropped);
}

void newestRequestWins()
{
    std::binary_semaphore begun(0);
    std::binary_semaphore ended(0);
    std::atomic<int> last = 0;
    std::atomic<bool> asked = false;
    LatestJob latest;
    latest.request([&](std::stop_token stop) {
        begun.release();
        while (!stop.stop_requested())
            std::this_thread::yield();
        asked = true;
    });
    begun.acquire();
    for (int i = 1; i <= 50; ++i)
        latest.request([&, i](std::stop_token) {
            last = i;
            if (i == 50)
                ended.release();
        });
    ended.acquire();
    CHECK(asked);
    CHECK(last == 50);
}

void latestStopsAndJoins()
{
    std::binary_semaphore begun(0);
    bool finished = false;
    {
        LatestJob latest;
        latest.request([&](std::stop_token stop) {
            begun.release();
            while (!stop.stop_requested())
                std::this_thread::yield();
            finished = true;
        });
        begun.acquire();
    }
    CHECK(finished);
}

} // namespace

int main()
{
    poolRunsEverything();
    poolStopsAndJoins();
    newestRequestWins();
    latestStopsAndJoins();
    return checkFailures() != 0;
}
