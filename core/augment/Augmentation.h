// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/ClipSource.h"
#include "base/Parameter.h"
#include "base/RandomStream.h"
#include "spectral/FrontEnd.h"
#include "spectral/SpectrogramGrid.h"

#include <functional>
#include <string>
#include <vector>

namespace melscope {

/// A range to draw from, described by the parameters "min_NAME" and "max_NAME" of a schema.
struct ParameterRange
{
    double low = 0.0;
    double high = 0.0;

    /// Throws Error(InvalidValue) with a sentence that names both where "min_NAME" is above "max_NAME".
    static ParameterRange of(const std::string& name, const Json& values);

    double draw(RandomStream& random) const { return random.uniform(low, high); }
    /// Even in ratios, for frequencies and speeds; both ends must be positive.
    double drawRatio(RandomStream& random) const;
    /// Whole numbers, both ends included.
    int64_t drawWhole(RandomStream& random) const;
};

/// One random change to an example, made from its parameters. Immutable and thread-safe; every draw comes from the stream
/// that apply() or mix() is given. How often it acts, its probability, is the chain's business.
/// Each class has a static `AugmentationInfo info()` (see AugmentationCatalogue.h) and a constructor from complete,
/// checked values (`Json`, flat) of its schema.
class Augmentation
{
public:
    virtual ~Augmentation() = default;
};

/// Acts on samples, before the spectrogram.
class WaveformAugmentation : public Augmentation
{
public:
    struct Context
    {
        int sampleRate = 0; ///< Hz
        /// Samples of another clip of the dataset, drawn from the stream, as long as this one's and not augmented; empty
        /// values where there is no other clip.
        std::function<SharedValues(RandomStream& random)> drawClip;
    };

    /// Mono samples, full scale +-1 (values beyond are kept: nothing clips unless it says so). The length stays.
    virtual void apply(std::vector<float>& samples, const Context& context, RandomStream& random) const = 0;
};

/// Acts on the spectrogram, before the normalisation. Its shape stays.
class SpectrogramAugmentation : public Augmentation
{
public:
    /// `frontEnd` tells what a row and a value mean; for values in dB see unitsPerDecibel().
    virtual void apply(SpectrogramGrid& grid, const FrontEnd& frontEnd, RandomStream& random) const = 0;
};

/// Mixes a second clip of the training set into the first.
class Mixing : public Augmentation
{
public:
    /// Whether the second clip must be of another class than the first.
    virtual bool wantsOtherClass() const { return false; }
};

/// A mixing on samples.
class WaveformMixing : public Mixing
{
public:
    /// Both of equal length. Returns the share of the label that stays with the first clip, [0, 1].
    virtual double mix(std::vector<float>& samples, const std::vector<float>& partner, int sampleRate, RandomStream& random) const = 0;
};

/// The same on spectrograms.
class SpectrogramMixing : public Mixing
{
public:
    virtual double mix(SpectrogramGrid& grid, const SpectrogramGrid& partner, RandomStream& random) const = 0;
};

/// What one dB is in a grid of this front end: 1 for dB, ln(10)/10 for Kaldi's logarithms, less for BEATs' scaled ones.
double unitsPerDecibel(const FrontEnd& frontEnd);

} // namespace melscope
