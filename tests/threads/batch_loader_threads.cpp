// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "support/Check.h"
#include "support/TinyFrontEnd.h"
#include "training/BatchLoader.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>
#include <set>

using namespace melscope;

namespace {

constexpr int mels = 4;
constexpr int frames = 9;
constexpr int clips = 23;

/// Grids and samples that say which clip they are of.
class Grids
{
public:
    Grids()
    {
        for (int clip = 0; clip < clips; ++clip) {
            for (int i = 0; i < mels * frames; ++i)
                m_values.push_back(static_cast<float>(100 * clip + i));
            for (SampleIndex i = 0; i < length; ++i)
                m_samples.push_back(static_cast<float>(std::sin(0.001 * (clip + 1) * static_cast<double>(i))));
        }
    }

    ClipSource source() const
    {
        ClipSource source{
            .samples = [this](int clip) {
                return SharedValues{.values = std::span(m_samples).subspan(static_cast<size_t>(clip * length), static_cast<size_t>(length))};
            },
            .grid = [this](int clip) {
                return SharedValues{.values = std::span(m_values).subspan(static_cast<size_t>(clip * mels * frames), mels * frames)};
            }};
        for (int clip = 0; clip < clips; ++clip)
            source.partners.push_back(clip);
        source.label = [](int clip) { return clip % 3; };
        return source;
    }

private:
    const SampleIndex length = tinyFrontEnd(mels, frames).clipLength();
    std::vector<float> m_values;
    std::vector<float> m_samples;
};

const std::string masksAndShifts = R"({"spectrogram": [{"name": "time_roll"}, {"name": "spec_augment"}]})";

const std::string everything = R"({
    "waveform": [{"name": "gain"}, {"name": "pitch_shift"}, {"name": "background"}, {"name": "equalizer"}, {"name": "reverb"}],
    "spectrogram": [{"name": "time_warp"}, {"name": "frequency_shift"}, {"name": "random_resized_crop"}, {"name": "filter_augment"},
                    {"name": "linear_fader"}, {"name": "spectrogram_noise"}, {"name": "cutout"}],
    "mix": [{"name": "between_class", "probability": 0.5}, {"name": "mixup", "probability": 0.5}, {"name": "cutmix_time", "probability": 0.5},
            {"name": "cutmix_frequency", "probability": 0.5}, {"name": "spectrogram_mixup"}]})";

std::shared_ptr<const ExamplePipeline> pipeline(ClipSource source, const std::string& chain = masksAndShifts)
{
    const auto extractor = std::make_shared<const SpectrogramExtractor>(tinyFrontEnd(mels, frames));
    return std::make_shared<const ExamplePipeline>(extractor, std::move(source), AugmentationChain::fromJson(Json::parse(chain)));
}

BatchPlan plan()
{
    BatchPlan plan{.classes = 3, .labelSmoothing = 0.3, .batch = 5, .epochs = 3, .seed = 7,
                   .normalisation = {.mean = 10.0, .deviation = 2.0}};
    for (int clip = 0; clip < clips; ++clip)
        plan.clips.push_back(clip);
    return plan;
}

std::vector<Batch> allBatches(const Grids& grids, int64_t firstStep, int threads, const std::string& chain = masksAndShifts)
{
    BatchLoader loader(pipeline(grids.source(), chain), plan(), firstStep, threads);
    std::vector<Batch> batches;
    for (int64_t step = firstStep; step < plan().steps(); ++step)
        batches.push_back(loader.next());
    return batches;
}

bool same(const Batch& a, const Batch& b)
{
    return a.input == b.input && a.labels == b.labels && a.targets == b.targets && a.clips == b.clips;
}

void threadsChangeNothing()
{
    const Grids grids;
    for (const std::string& chain : {masksAndShifts, everything}) {
        const std::vector<Batch> one = allBatches(grids, 0, 1, chain);
        const std::vector<Batch> four = allBatches(grids, 0, 4, chain);
        CHECK(one.size() == 15);
        CHECK(std::equal(one.begin(), one.end(), four.begin(), four.end(), same));
    }
}

void laterStartGivesTheSameRest()
{
    const Grids grids;
    const std::vector<Batch> all = allBatches(grids, 0, 2);
    const std::vector<Batch> rest = allBatches(grids, 8, 3);
    CHECK(std::equal(all.begin() + 8, all.end(), rest.begin(), rest.end(), same));
}

void everyEpochVisitsEveryClipOnceInAnotherOrder()
{
    const Grids grids;
    const std::vector<Batch> batches = allBatches(grids, 0, 2);
    std::vector<std::vector<int>> epochs(3);
    for (size_t i = 0; i < batches.size(); ++i) {
        CHECK(batches[i].clips.size() == 4 || batches[i].clips.size() == 5);
        epochs[i / 5].insert(epochs[i / 5].end(), batches[i].clips.begin(), batches[i].clips.end());
        for (size_t j = 0; j < batches[i].clips.size(); ++j) {
            CHECK(batches[i].labels[j] == batches[i].clips[j] % 3);
            for (int label = 0; label < 3; ++label) // smoothed by 0.3 over three classes
                CHECK(std::abs(batches[i].targets[j * 3 + static_cast<size_t>(label)] - (label == batches[i].labels[j] ? 0.8 : 0.1)) < 1e-6);
        }
    }
    for (const std::vector<int>& epoch : epochs)
        CHECK(epoch.size() == clips && std::set<int>(epoch.begin(), epoch.end()).size() == clips);
    CHECK(epochs[0] != epochs[1]);
    CHECK(epochs[1] != epochs[2]);
}

void inputsAreNormalised()
{
    const Grids grids;
    BatchLoader loader(pipeline(grids.source(), "{}"), plan(), 0, 2);
    const Batch batch = loader.next();
    for (size_t i = 0; i < batch.input.size(); ++i) {
        const auto size = static_cast<size_t>(mels * frames);
        const double raw = 100.0 * batch.clips[i / size] + static_cast<double>(i % size);
        CHECK(std::abs(batch.input[i] - (raw - 10.0) / 2.0) < 1e-3);
    }
}

void loadersStayWithinTheirWindow()
{
    const Grids grids;
    std::atomic<int> touched = 0;
    ClipSource counting = grids.source();
    counting.grid = [&, inner = counting.grid](int clip) {
        ++touched;
        return inner(clip);
    };
    {
        BatchLoader loader(pipeline(counting), plan(), 0, 2);
        for (int i = 0; i < 4; ++i)
            loader.next();
    }
    CHECK(touched >= 4 * 4);
    CHECK(touched <= (4 + 2 + 2) * 5); // returned, and a window of threads + 2
}

void failureReachesTheTrainer()
{
    const Grids grids;
    ClipSource broken = grids.source();
    broken.grid = [inner = broken.grid](int clip) {
        if (clip == 11)
            throw Error(ErrorKind::Unreadable, "clip 11 cannot be read");
        return inner(clip);
    };
    BatchLoader loader(pipeline(broken), plan(), 0, 3);
    bool caught = false;
    for (int i = 0; i < 5 && !caught; ++i) {
        try {
            const Batch batch = loader.next();
            CHECK(std::find(batch.clips.begin(), batch.clips.end(), 11) == batch.clips.end());
        } catch (const Error& error) {
            caught = error.kind() == ErrorKind::Unreadable;
        }
    }
    CHECK(caught);
}

void beyondTheEndIsAnErrorNotAHang()
{
    const Grids grids;
    BatchLoader loader(pipeline(grids.source()), plan(), plan().steps() - 1, 2);
    loader.next();
    bool caught = false;
    try {
        loader.next();
    } catch (const Error& error) {
        caught = error.kind() == ErrorKind::Internal;
    }
    CHECK(caught);
}

} // namespace

int main()
{
    threadsChangeNothing();
    laterStartGivesTheSameRest();
    everyEpochVisitsEveryClipOnceInAnotherOrder();
    inputsAreNormalised();
    loadersStayWithinTheirWindow();
    failureReachesTheTrainer();
    beyondTheEndIsAnErrorNotAHang();
    return checkFailures() != 0;
}
