// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ClipEmbedding.h"

#include "audio/AudioFile.h"
#include "base/Error.h"
#include "base/Files.h"
#include "engine/ClipEncoder.h"
#include "engine/Cpu.h"
#include "nn/WeightConversion.h"
#include "spectral/SpectrogramExtractor.h"
#include "weights/WeightIdentity.h"

#include <algorithm>
#include <chrono>

namespace melscope {
namespace {

Beats readBeats(const std::filesystem::path& path, Embeddings& result)
{
    const WeightFile file = readWeightFile(path);
    const WeightIdentity identity = identifyWeights(file, path, sha256OfFile(path));
    if (!identity.architecture.starts_with("beats"))
        throw Error(ErrorKind::Unsupported, path.string() + " is " + identity.title + "; the features of clips come from BEATs models.", path);
    result.weights = identity.release.empty() ? path.filename().string() : identity.release;
    result.weightsSha256 = identity.sha256;
    result.trainedOn = toString(identity.origin);
    result.warnings = identity.warnings;
    return beatsFrom(file.metadata.value("cfg", Json()), toTensors(modelTensors(file, identity)));
}

} // namespace

Embeddings embedClips(const EmbeddingJob& job, const std::function<bool(int, int)>& goOn)
{
    Embeddings result{.precision = resolvePrecision(job.precision), .clips = static_cast<int64_t>(job.clips.size())};
    ClipEncoder encoder(readBeats(job.weights, result), result.precision == "bf16");
    const SpectrogramExtractor extractor(job.frontEnd);
    const GridShape shape{.rows = job.frontEnd.mels, .columns = job.frontEnd.frames()};
    for (size_t begin = 0; begin < job.clips.size(); begin += static_cast<size_t>(job.batch)) {
        if (!goOn(static_cast<int>(begin), static_cast<int>(job.clips.size())))
            throw Error(ErrorKind::Cancelled, "Computing features was cancelled.");
        const size_t end = std::min(begin + static_cast<size_t>(job.batch), job.clips.size());
        std::vector<std::vector<float>> grids;
        for (size_t i = begin; i < end; ++i) {
            bool cut = false;
            const Waveform waveform = readAudioFile(job.clips[i], &cut);
            if (cut)
                result.warnings.push_back(job.clips[i].string() + " holds less than its header promises; what is there is used.");
            grids.push_back(extractor.compute(extractor.prepare(waveform, true)).values);
        }
        const auto before = std::chrono::steady_clock::now();
        const torch::Tensor tokens = encoder.tokens({grids.begin(), grids.end()}, shape).contiguous();
        result.encoderSeconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
        result.tokens = tokens.size(1);
        result.dim = tokens.size(2);
        result.values.insert(result.values.end(), tokens.data_ptr<float>(), tokens.data_ptr<float>() + tokens.numel());
    }
    return result;
}

} // namespace melscope
