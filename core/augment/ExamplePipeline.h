// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationChain.h"
#include "spectral/SpectrogramExtractor.h"

#include <memory>

namespace melscope {

/// Which random draw: equal ones give equal examples on every thread, and make the same choices on every machine (whose CPU may round
/// the arithmetic in its own way).
struct Draw
{
    uint64_t seed = 0; ///< of the run
    uint64_t epoch = 0;
    int clip = 0;      ///< index in the dataset
};

/// A clip as the network gets it, but for the normalisation.
struct Example
{
    std::vector<float> samples; ///< after all that acts on samples; empty unless asked for or needed
    SpectrogramGrid grid;
    int partner = -1;        ///< the clip mixed in, -1 where none was
    std::string mixing;      ///< name of the augmentation that mixed it in, else empty
    double ownShare = 1.0;   ///< of the label that is the clip's own; the partner's is the rest
};

/// The one way from a clip to an example, for training, test-time views and previews alike:
///   samples -> waveform augmentations -> a mixing on samples -> spectrogram -> spectrogram augmentations
///           -> a mixing on spectrograms.
/// At most one mixing acts on an example: the first of the list whose probability says so. The partner, usable and another
/// clip, goes through the same steps up to the mixing under draws of its own. Immutable; make() may be called from several threads at once.
class ExamplePipeline
{
public:
    enum class Keep { GridOnly, Samples };

    ExamplePipeline(std::shared_ptr<const SpectrogramExtractor> extractor, ClipSource source, AugmentationChain chain);

    /// Throws what the source throws, Error(Internal) where the chain needs samples and the source has none.
    Example make(const Draw& draw, Keep keep = Keep::GridOnly) const;

    const AugmentationChain& chain() const { return m_chain; }
    const ClipSource& source() const { return m_source; }
    const FrontEnd& frontEnd() const { return m_extractor->frontEnd(); }
    GridShape gridShape() const; ///< of every example: the source's, or the front end's [mel, frame]

private:
    struct Sound;
    int drawPartner(int clip, bool ofOtherClass, RandomStream& random) const; // -1: there is none
    Sound makeSound(const Draw& draw, bool needed) const;
    SpectrogramGrid makeGrid(const Draw& draw, const Sound& sound) const;

    std::shared_ptr<const SpectrogramExtractor> m_extractor;
    ClipSource m_source;
    AugmentationChain m_chain;
    bool m_needsSamples;
};

} // namespace melscope
