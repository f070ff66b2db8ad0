// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/AudioFile.h"
#include "augment/ChainParts.h"
#include "augment/ExamplePipeline.h"
#include "base/Error.h"
#include "cli/ChainOptions.h"
#include "cli/Commands.h"
#include "cli/DatasetOptions.h"
#include "cli/FoldOption.h"
#include "cli/FrontEndOptions.h"
#include "dataset/DatasetClipSource.h"
#include "spectral/SpectrogramFiles.h"

#include <algorithm>

namespace melscope::cli {
namespace {

namespace fs = std::filesystem;

/// The clip among others, as training knows it, or alone.
struct Subject
{
    std::shared_ptr<const Dataset> dataset;
    int clip = 0;
    ClipSource source;
};

Subject alone(const fs::path& clip, const std::shared_ptr<const SpectrogramExtractor>& extractor)
{
    const auto dataset = std::make_shared<const Dataset>(
        Dataset{.name = clip.filename().string(), .clips = {{.name = clip.filename().string(), .path = clip}}});
    return {.dataset = dataset, .source = DatasetClipSource::create(dataset, extractor)};
}

/// One clip alone has no others to take in.
void checkNeedsNoOthers(const NamedChain& chain)
{
    std::string titles;
    for (const std::string& title : takingOtherClips(chain.chain))
        titles += (titles.empty() ? "" : ", ") + title;
    if (!titles.empty())
        throw UsageError("The chain " + chain.name + " takes in other clips (" + titles
                         + "), and one clip alone has none: --dataset DATASET says where to draw them from.");
}

Subject amongOthers(const std::string& clip, const Arguments& arguments, const std::shared_ptr<const SpectrogramExtractor>& extractor)
{
    const auto dataset = std::make_shared<const Dataset>(openDataset(*arguments.text("dataset"), openOptionsFrom(arguments)));
    std::error_code failure;
    const fs::path path = fs::weakly_canonical(clip, failure);
    const auto found = std::ranges::find_if(dataset->clips, [&](const Clip& each) {
        return each.name == clip || (!failure && fs::weakly_canonical(each.path, failure) == path);
    });
    if (found == dataset->clips.end())
        throw UsageError("There is no clip " + clip + " in " + dataset->name + "; name it as the dataset does, or by its file.");
    return {.dataset = dataset, .clip = static_cast<int>(found - dataset->clips.begin()),
            .source = DatasetClipSource::create(dataset, extractor, foldFrom(arguments, *dataset))};
}

Json lineOf(const Subject& subject, const Draw& draw, const Example& example, const fs::path& stem)
{
    Json line = {{"clip", subject.dataset->clips[static_cast<size_t>(draw.clip)].name}, {"seed", draw.seed}, {"epoch", draw.epoch},
                 {"wav", stem.string() + ".wav"}, {"npy", stem.string() + ".npy"}, {"partner", nullptr}, {"own_share", example.ownShare},
                 {"mixing", nullptr}};
    if (example.partner >= 0) {
        line["partner"] = subject.dataset->clips[static_cast<size_t>(example.partner)].name;
        line["mixing"] = example.mixing;
    }
    return line;
}

std::string textOf(const Json& line)
{
    std::string text = line["npy"].get<std::string>() + " and .wav: seed " + line["seed"].dump() + ", epoch " + line["epoch"].dump();
    if (!line["partner"].is_null())
        text += ", " + line["mixing"].get<std::string>() + " with " + line["partner"].get<std::string>() + ", own share "
                + percent(line["own_share"]);
    return text + ".";
}

int runAugment(const Arguments& arguments, Output& output)
{
    const std::string clip = arguments.operands().front();
    if (!arguments.text("out"))
        throw UsageError("--out DIR says where to write the draws.");
    const NamedChain chain = chainFrom(arguments);
    const auto seed = static_cast<uint64_t>(arguments.integer("seed", 0, INT64_MAX).value_or(0));
    const auto first = static_cast<uint64_t>(arguments.integer("epoch", 0, 1'000'000'000).value_or(0));
    const auto count = static_cast<uint64_t>(arguments.integer("count", 1, 1'000'000).value_or(1));
    if (!arguments.has("dataset"))
        checkNeedsNoOthers(chain);
    const auto extractor = std::make_shared<const SpectrogramExtractor>(frontEndFrom(arguments));
    const Subject subject = arguments.has("dataset") ? amongOthers(clip, arguments, extractor) : alone(clip, extractor);
    const ExamplePipeline pipeline(extractor, subject.source, chain.chain);
    const fs::path name = fs::path(subject.dataset->clips[static_cast<size_t>(subject.clip)].name).filename().stem();
    for (uint64_t epoch = first; epoch < first + count; ++epoch) {
        const Draw draw{.seed = seed, .epoch = epoch, .clip = subject.clip};
        const Example example = pipeline.make(draw, ExamplePipeline::Keep::Samples);
        const fs::path stem = fs::path(*arguments.text("out"))
                              / (name.string() + "-seed" + std::to_string(seed) + "-epoch" + std::to_string(epoch));
        writeAudioFile(stem.string() + ".wav", {.sampleRate = extractor->frontEnd().sampleRate, .channels = 1, .samples = example.samples},
                       SampleFormat::Float32);
        writeNpy(stem.string() + ".npy", example.grid);
        const Json line = lineOf(subject, draw, example, stem);
        output.json(line);
        output.text(textOf(line));
    }
    return Done;
}

} // namespace

Command augmentCommand()
{
    Command command{.name = "augment", .operands = "CLIP", .minimumOperands = 1, .maximumOperands = 1,
                    .summary = "write what an augmentation chain makes of a clip, as sound and as numbers",
                    .details = "Writes NAME-seedN-epochE.wav (32-bit float at the front end's rate: after all that acts on samples) and "
                               "NAME-seedN-epochE.npy ([mel, frame] as float32: what the network gets, but for the normalisation) for each "
                               "draw.\nWith --dataset the draw of an epoch is bit for bit the one that a training on it with that seed, fold and "
                               "front end feeds. A clip alone has no partners: chains that mix clips or add backgrounds from other clips need "
                               "--dataset.",
                    .options = {chainOption,
                                {"seed", "N", "seed of the draws (default 0)"},
                                {"epoch", "N", "epoch of the first draw, from 0 (default 0)"},
                                {"count", "K", "how many draws: of K epochs one after the other (default 1)"},
                                {"dataset", "DATASET", "the dataset that CLIP belongs to, by name or file"},
                                foldOption,
                                {"front-end", "NAME", "esc (default), librosa, torchaudio, kaldi or beats"},
                                {"set", "KEY=VALUE", "change one of the front end's numbers; may be repeated"},
                                {"out", "DIR", "folder for the draws; made if missing"}},
                    .examples = {"melscope augment dog.wav --chain light --seed 3 --count 16 --out draws",
                                 "melscope augment 1-100032-A-0.wav --dataset ESC-50-master --fold 5 --chain strong --out draws --json"},
                    .run = runAugment};
    command.options.insert(command.options.end(), datasetOptions().begin(), datasetOptions().end());
    return command;
}

} // namespace melscope::cli
