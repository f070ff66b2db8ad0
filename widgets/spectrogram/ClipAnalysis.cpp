// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectrogram/ClipAnalysis.h"

#include "audio/AudioFile.h"
#include "common/Deliver.h"

namespace melscope {
namespace {

LoadedClip decode(const std::filesystem::path& path)
{
    bool partial = false;
    LoadedClip clip;
    const auto waveform = std::make_shared<const Waveform>(readAudioFile(path, &partial));
    clip.waveform = waveform;
    clip.pyramid = std::make_shared<const WaveformPyramid>(*waveform);
    if (partial)
        clip.warning = ClipAnalysis::tr("The file ends early: %1 s of sound are there, fewer than its header promises.")
                           .arg(waveform->seconds(), 0, 'f', 2);
    return clip;
}

} // namespace

ClipAnalysis::ClipAnalysis(QObject* parent) : QObject(parent), m_computer(std::make_shared<SpectrogramComputer>()) {}

ClipAnalysis::~ClipAnalysis() = default;

void ClipAnalysis::load(const std::filesystem::path& path)
{
    ++m_computeNumber;
    m_decoding.request([this, path, number = ++m_loadNumber, deliver = Deliver(this)](std::stop_token stop) {
        try {
            const LoadedClip clip = decode(path);
            if (!stop.stop_requested())
                deliver([this, number, clip] {
                    if (number == m_loadNumber)
                        Q_EMIT loaded(clip);
                });
        } catch (const std::exception& error) {
            deliver([this, number, sentence = QString::fromUtf8(error.what())] {
                if (number == m_loadNumber)
                    Q_EMIT loadFailed(sentence);
            });
        }
    });
}

void ClipAnalysis::forget()
{
    ++m_loadNumber;
    ++m_computeNumber;
}

void ClipAnalysis::compute(const std::shared_ptr<const Waveform>& waveform, const SpectrogramRequest& request)
{
    m_computing.request([this, waveform, request, computer = m_computer, number = ++m_computeNumber,
                         deliver = Deliver(this)](std::stop_token stop) {
        try {
            const std::shared_ptr<const Spectrogram> spectrogram = computer->compute(waveform, request, stop);
            if (spectrogram)
                deliver([this, number, spectrogram] {
                    if (number == m_computeNumber)
                        Q_EMIT computed(spectrogram);
                });
        } catch (const std::exception& error) {
            deliver([this, number, sentence = QString::fromUtf8(error.what())] {
                if (number == m_computeNumber)
                    Q_EMIT computeFailed(sentence);
            });
        }
    });
}

} // namespace melscope
