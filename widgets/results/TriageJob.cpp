// SPDX-License-Identifier: GPL-3.0-or-later
#include "results/TriageJob.h"

#include "audio/AudioFile.h"
#include "common/Deliver.h"
#include "dataset/TwinFinder.h"
#include "spectrogram/SpectrogramComputer.h"

#include <algorithm>
#include <map>

namespace melscope {
namespace {

Loudness loudnessOf(const Waveform& waveform)
{
    const Waveform mono = toMono(waveform);
    return measureLoudness(mono.samples, mono.sampleRate);
}

} // namespace

struct TriageJob::Worker
{
    Worker(const TriageSource& given, const TriageQueue& queue)
        : source(given), classes(queue.classes), predictions(queue.predictions), twins(source.dataset, source.frontEnd)
    {
        if (predictions)
            for (const ClipPrediction& clip : *predictions)
                recognised[clip.name] = clip.correct();
    }

    int find(const ClipPrediction& clip) const
    {
        const auto& clips = source.dataset->clips;
        const auto found = std::find_if(clips.begin(), clips.end(), [&](const Clip& each) { return each.name == clip.name; });
        if (found == clips.end())
            throw Error(ErrorKind::Missing, clip.name + " is no longer in the dataset " + source.dataset->root.string() + ".");
        if (source.dataset->classes != classes || found->label != clip.label || found->fold != clip.fold)
            throw Error(ErrorKind::InvalidValue, "The dataset " + source.dataset->root.string() + " has changed since the run: classes, or the class or fold of "
                        + clip.name + ", are not what they were. Restore it to listen.");
        return static_cast<int>(found - clips.begin());
    }

    TriageSound load(int index, std::stop_token stop)
    {
        const Clip& clip = source.dataset->clips[static_cast<size_t>(index)];
        bool partial = false; // what is there of a cut file can be heard
        TriageSound sound{.name = QString::fromStdString(clip.name), .waveform = std::make_shared<const Waveform>(readAudioFile(clip.path, &partial))};
        sound.spectrogram = computer.compute(sound.waveform, {.number = ++spectrograms, .frontEnd = source.frontEnd}, stop);
        sound.loudness = loudnessOf(*sound.waveform);
        return sound;
    }

    std::optional<TriageTwin> loadTwin(int index, const ClipPrediction& clip, std::stop_token stop)
    {
        const auto trainedOn = [&](int other) {
            const Clip& each = source.dataset->clips[static_cast<size_t>(other)];
            const auto known = recognised.find(each.name);
            return each.fold != clip.fold && (known == recognised.end() || known->second);
        };
        const auto found = twins.find(index, clip.predicted, trainedOn, stop);
        if (!found)
            return std::nullopt;
        return TriageTwin{.sound = load(found->clip, stop), .candidates = found->candidates,
                          .recognised = recognised.contains(source.dataset->clips[static_cast<size_t>(found->clip)].name)};
    }

    const TriageSource source;
    const std::vector<std::string> classes;
    const std::shared_ptr<const Predictions> predictions;
    std::map<std::string, bool> recognised; // clips that the run has held out
    TwinFinder twins;
    SpectrogramComputer computer;
    quint64 spectrograms = 0;
};

TriageJob::TriageJob(QObject* parent) : QObject(parent) {}

TriageJob::~TriageJob() = default;

void TriageJob::setSource(const TriageSource& source, const TriageQueue& queue)
{
    m_worker = std::make_shared<Worker>(source, queue);
}

void TriageJob::forget()
{
    ++m_number;
}

void TriageJob::request(const ClipPrediction& clip)
{
    m_job.request([this, clip, worker = m_worker, number = ++m_number, deliver = Deliver(this)](std::stop_token stop) {
        const auto tell = [&](auto call) {
            deliver([this, number, call] {
                if (number == m_number)
                    call();
            });
        };
        int index = 0;
        try {
            index = worker->find(clip);
            const TriageSound sound = worker->load(index, stop);
            if (stop.stop_requested())
                return;
            tell([this, sound] { Q_EMIT clipLoaded(sound); });
        } catch (const std::exception& error) {
            tell([this, sentence = QString::fromUtf8(error.what())] { Q_EMIT clipFailed(sentence); });
            return;
        }
        try {
            const auto twin = worker->loadTwin(index, clip, stop);
            if (stop.stop_requested())
                return;
            if (twin)
                tell([this, twin = *twin] { Q_EMIT twinLoaded(twin); });
            else
                tell([this] { Q_EMIT twinFailed(tr("No training clip of this class is known to be recognised.")); });
        } catch (const std::exception& error) {
            tell([this, sentence = QString::fromUtf8(error.what())] { Q_EMIT twinFailed(sentence); });
        }
    });
}

} // namespace melscope
