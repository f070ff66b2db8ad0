// SPDX-License-Identifier: GPL-3.0-or-later
#include "spectral/FrontEnd.h"

#include "base/Error.h"
#include "spectral/MelScales.h"

#include <algorithm>
#include <cmath>

namespace melscope {

SampleIndex FrontEnd::clipLength() const
{
    return std::llround(clipSeconds * sampleRate);
}

int FrontEnd::frames() const
{
    return framesOf(clipLength());
}

int FrontEnd::framesOf(SampleIndex length) const
{
    const int frameLength = kind == Kind::Mel ? nFft : winLength;
    const SampleIndex padded = pad == Pad::None ? length : length + 2 * (nFft / 2);
    return 1 + static_cast<int>(std::max<SampleIndex>(0, padded - frameLength) / hop);
}

double FrontEnd::secondsOfFrame(double frame) const
{
    double centre = 0.0;
    if (pad == Pad::None)
        centre = (kind == Kind::Mel ? nFft : winLength) / 2.0;
    return (frame * hop + centre) / sampleRate;
}

double FrontEnd::hzOfMel(double mel) const
{
    const double low = melOfFrequency(fMin, melScale);
    const double high = melOfFrequency(fMax, melScale);
    return frequencyOfMel(low + (high - low) * (mel + 1.0) / (mels + 1), melScale);
}

double FrontEnd::melOfHz(double hz) const
{
    const double low = melOfFrequency(fMin, melScale);
    const double high = melOfFrequency(fMax, melScale);
    return (melOfFrequency(hz, melScale) - low) / (high - low) * (mels + 1) - 1.0;
}

const std::vector<std::string>& FrontEnd::presetNames()
{
    static const std::vector<std::string> names{"esc", "librosa", "torchaudio", "kaldi", "beats"};
    return names;
}

FrontEnd FrontEnd::preset(std::string_view name)
{
    if (name == "esc")
        return {};
    if (name == "librosa")
        return {.sampleRate = 22050, .fMax = 11025.0, .melScale = MelScale::Slaney, .norm = Norm::Slaney, .pad = Pad::Zero};
    if (name == "torchaudio")
        return {.sampleRate = 16000, .nFft = 400, .winLength = 400, .hop = 200, .fMax = 8000.0};
    if (name == "kaldi" || name == "beats")
        return {.kind = name == "beats" ? Kind::Beats : Kind::Kaldi, .sampleRate = 16000, .nFft = 512, .winLength = 400,
                .hop = 160, .fMin = 20.0, .fMax = 8000.0, .window = Window::Povey, .pad = Pad::None, .topDb = 0.0};
    std::string known;
    for (const std::string& each : presetNames())
        known += (known.empty() ? "" : ", ") + each;
    throw Error(ErrorKind::InvalidValue, "There is no front end \"" + std::string(name) + "\"; choose one of " + known + ".");
}

} // namespace melscope
