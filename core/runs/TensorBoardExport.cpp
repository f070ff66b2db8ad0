// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/TensorBoardExport.h"

#include "audio/AudioFile.h"
#include "base/Files.h"
#include "runs/EventFile.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace melscope {
namespace {

namespace fs = std::filesystem;

/// 16-bit WAV in memory, channels interleaved.
std::string wavBytes(const Waveform& waveform)
{
    std::string out;
    const auto append = [&](auto value) { out.append(reinterpret_cast<const char*>(&value), sizeof value); };
    const auto channels = static_cast<uint16_t>(waveform.channels);
    const auto rate = static_cast<uint32_t>(waveform.sampleRate);
    const auto size = static_cast<uint32_t>(waveform.samples.size() * sizeof(int16_t));
    out += "RIFF";
    append(static_cast<uint32_t>(36 + size));
    out += "WAVEfmt ";
    append(uint32_t{16});
    append(uint16_t{1});
    append(channels);
    append(rate);
    append(static_cast<uint32_t>(rate * channels * sizeof(int16_t)));
    append(static_cast<uint16_t>(channels * sizeof(int16_t)));
    append(uint16_t{16});
    out += "data";
    append(size);
    for (SampleIndex sample = 0; sample < waveform.length(); ++sample)
        for (int channel = 0; channel < waveform.channels; ++channel)
            append(static_cast<int16_t>(std::lround(std::clamp(waveform.channel(channel)[static_cast<size_t>(sample)], -1.0F, 1.0F) * 32767.0F)));
    return out;
}

void addEpochs(EventFile& events, const std::vector<EpochMetrics>& epochs, int fold, double startedAt)
{
    double time = startedAt;
    for (const EpochMetrics& epoch : epochs) {
        if (epoch.fold != fold)
            continue;
        time += epoch.seconds;
        const std::pair<const char*, double> scalars[]{{"loss/train", epoch.trainLoss}, {"loss/validation", epoch.valLoss},
            {"accuracy/train", epoch.trainAccuracy}, {"accuracy/validation", epoch.valAccuracy}, {"learning_rate", epoch.learningRate},
            {"clips_per_second", epoch.clipsPerSecond}, {"data_wait_share", epoch.dataWaitShare}};
        const std::string prefix = epoch.stage == supervisedStage ? "" : epoch.stage + "/";
        const auto add = [&](const std::string& tag, double value) {
            if (std::isfinite(value)) // an epoch that was not validated has none
                events.addScalar(prefix + tag, epoch.epoch, time, static_cast<float>(value));
        };
        for (const auto& [tag, value] : scalars)
            add(tag, value);
        for (const Figure& figure : epoch.figures)
            add(figure.name, figure.value);
    }
}

std::string sampleTag(const ClipPrediction& clip, const std::vector<std::string>& classes)
{
    const auto name = [&](int label) { return classes.at(static_cast<size_t>(label)); };
    return "highest loss/" + clip.name + (clip.correct() ? " is " + name(clip.label) : " is " + name(clip.label) + ", taken for " + name(clip.predicted));
}

void addSamples(EventFile& events, Predictions predictions, const RunRecord& run, int fold, const Dataset& dataset, int samples, const PictureOf& pictureOf,
                std::vector<std::string>& warnings)
{
    std::erase_if(predictions, [&](const ClipPrediction& clip) { return clip.fold != fold; });
    std::stable_sort(predictions.begin(), predictions.end(), [](const ClipPrediction& a, const ClipPrediction& b) { return a.loss > b.loss; });
    for (size_t i = 0; i < std::min(predictions.size(), static_cast<size_t>(std::max(samples, 0))); ++i) {
        const auto found = std::find_if(dataset.clips.begin(), dataset.clips.end(), [&](const Clip& clip) { return clip.name == predictions[i].name; });
        if (found == dataset.clips.end())
            continue;
        try {
            bool partial = false;
            const Waveform waveform = readAudioFile(found->path, &partial);
            const std::string tag = sampleTag(predictions[i], run.classes);
            events.addAudio(tag, run.epochs, run.createdAt, waveform.sampleRate, waveform.channels, waveform.length(), wavBytes(waveform));
            if (!pictureOf)
                continue;
            const EncodedPicture picture = pictureOf(found->path);
            events.addImage(tag, run.epochs, run.createdAt, picture.width, picture.height, picture.png);
        } catch (const Error& error) {
            warnings.emplace_back(error.what());
        }
    }
}

} // namespace

std::vector<fs::path> exportTensorBoard(const RunStore& store, const RunRecord& run, const fs::path& folder, int samples, const PictureOf& pictureOf,
                                        std::vector<std::string>& warnings)
{
    const std::vector<EpochMetrics> epochs = store.metrics(run.id);
    const Predictions predictions = store.predictions(run.id);
    std::shared_ptr<const Dataset> dataset;
    if (samples > 0)
        try {
            dataset = store.openRecordedDataset(run.id);
        } catch (const Error& error) {
            warnings.emplace_back(error.what()); // the curves are worth having without the clips
        }
    std::vector<fs::path> written;
    for (const int fold : run.folds) {
        if (std::none_of(epochs.begin(), epochs.end(), [&](const EpochMetrics& epoch) { return epoch.fold == fold; }))
            continue;
        EventFile events(run.createdAt);
        addEpochs(events, epochs, fold, run.createdAt);
        if (dataset)
            addSamples(events, predictions, run, fold, *dataset, samples, pictureOf, warnings);
        // TensorBoard takes any file whose name has "tfevents" in it for one of events.
        written.push_back(folder / run.name / ("fold" + std::to_string(fold)) / ("events.out.tfevents." + std::to_string(static_cast<int64_t>(run.createdAt)) + "." + run.id));
        writeFileAtomically(written.back(), events.bytes());
    }
    if (written.empty())
        throw Error(ErrorKind::Empty, "Run " + run.name + " has no epoch yet, so there is nothing to export.");
    return written;
}

} // namespace melscope
