// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "audio/Waveform.h"
#include "base/Parameter.h"

#include <string>
#include <string_view>
#include <vector>

namespace melscope {

/// Every number that decides how a clip becomes a spectrogram. Comparable, so that caches can key on it.
struct FrontEnd
{
    /// MelSpectrogram (dB), Kaldi fbank (natural log, 16-bit scale), or Kaldi fbank as BEATs takes it:
    /// (value - 15.41663) / (2 * 6.55582).
    enum class Kind { Mel, Kaldi, Beats };
    enum class Window { Hann, Hamming, Povey }; ///< Hann and Hamming periodic, Povey = symmetric hann^0.85
    enum class MelScale { Htk, Slaney };
    enum class Norm { None, Slaney };          ///< Slaney: every triangle has unit area
    enum class Pad { Reflect, Zero, None };    ///< at both ends by n_fft/2; None: snip edges (frames fully inside)

    Kind kind = Kind::Mel;
    int sampleRate = 44100; ///< Hz
    double clipSeconds = 5.0;
    int nFft = 2048;
    int winLength = 2048; ///< samples, at most nFft, centred in the frame (Mel) or at its start (Kaldi)
    int hop = 512;        ///< samples
    int mels = 128;
    double fMin = 0.0;     ///< Hz
    double fMax = 22050.0; ///< Hz, at most sampleRate / 2
    Window window = Window::Hann;
    MelScale melScale = MelScale::Htk;
    Norm norm = Norm::None;
    Pad pad = Pad::Reflect;
    double topDb = 80.0; ///< dB below the clip's maximum at which values are cut; 0 turns it off

    bool operator==(const FrontEnd&) const = default;

    SampleIndex clipLength() const; ///< samples a clip is padded or cropped to
    int frames() const;             ///< of a clip of clipLength()
    int framesOf(SampleIndex length) const;
    double secondsOfFrame(double frame) const; ///< centre of a frame
    /// Centre frequency of mel row `mel` (fractional rows allowed), Hz; and its inverse.
    double hzOfMel(double mel) const;
    double melOfHz(double hz) const;

    /// Keys: sample_rate clip_seconds n_fft win_length hop mels f_min f_max window mel_scale norm pad top_db.
    static const ParameterSchema& schema();
    /// Presets "esc" (default), "librosa", "torchaudio", "kaldi", "beats". Throws Error(InvalidValue) for another name.
    static FrontEnd preset(std::string_view name);
    static const std::vector<std::string>& presetNames();

    Json toJson() const; ///< {"kind": ..., "sample_rate": ...}
    /// Checks every value and that they agree (win_length <= n_fft, f_min < f_max <= sample_rate / 2, ...). Absent keys are
    /// those of the preset of its kind ("esc" for mel), as with() would leave them. Throws Error(InvalidValue).
    static FrontEnd fromJson(const Json& json);
    /// A copy with values changed by key ({key: value}), together, then checked. What was tied stays tied unless it is
    /// changed itself: win_length that equals n_fft follows it, f_max at half the sample rate follows the rate (as in
    /// torchaudio and librosa); hop stays. Throws Error(InvalidValue).
    FrontEnd with(const Json& changes) const;
    FrontEnd with(std::string_view key, const Json& value) const;
};

} // namespace melscope
